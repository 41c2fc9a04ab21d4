/** PROPERTIES_TRACE=1 shows what is played: for a scenario that is replayed. */
export function trace(line: () => string): void {
  if (process.env.PROPERTIES_TRACE === '1') process.stderr.write(`${line()}\n`);
}
