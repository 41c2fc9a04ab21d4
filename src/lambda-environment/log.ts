/** One JSON line. Never pass what may hold content: property values, tag values, metadata, messages. */
export function log(line: Record<string, unknown>, redact: (text: string) => string = text => text): void {
  console.log(redact(JSON.stringify(line)));
}
