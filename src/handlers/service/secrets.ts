/** Members of inputs that hold what users wrote, or what they keep in tags. */
const CONTENT = ['Value', 'Metadata', 'Content'];
const CREDENTIALS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** The text without the content that was sent in a call, and without credentials: a refused signature is answered with all headers. */
export function withoutSecrets(text: string, input: unknown): string {
  const secrets = [...CREDENTIALS.map(name => process.env[name] ?? ''), ...contentIn(input)];
  return secrets
    // Of two letters nothing can be told, and they stand in many words.
    .filter(secret => secret.length > 2)
    .flatMap(secret => [secret, JSON.stringify(secret).slice(1, -1)])
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text);
}

/** Without recursion: an input may be nested as deep as an event. */
function contentIn(input: unknown): string[] {
  const found: string[] = [];
  const parts = [input];
  for (const part of parts) {
    if (typeof part !== 'object' || part === null) continue;
    for (const [name, value] of Object.entries(part)) {
      if (typeof value !== 'string') parts.push(value);
      else if (CONTENT.includes(name)) found.push(value);
    }
  }
  return found;
}
