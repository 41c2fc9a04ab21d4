import { createHash } from 'node:crypto';
import { conflict } from '../protocol/errors';

interface Remembered {
  /** The input may be as long as a message. */
  readonly inputDigest: string;
  readonly output: object;
}

/** Nobody says how long the service remembers a token. */
const KEPT = 10_000;

/**
 * Client request tokens: the same token with the same input gets the same answer, and nothing is created twice.
 */
export class RequestTokens {
  private readonly remembered = new Map<string, Remembered>();

  /** The answer that this token got already, if it did. `scope` is what a token is unique in. */
  replay(scope: string, token: string, input: object, repeated: 'idempotent' | 'conflict'): object | undefined {
    const known = this.remembered.get(`${scope} ${token}`);
    if (known && known.inputDigest !== digest(input)) {
      throw conflict(`ClientRequestToken ${token} was used before, with other input: send a new token`);
    }
    if (known && repeated === 'conflict') throw conflict(`ClientRequestToken ${token} was used before`);
    return known?.output;
  }

  remember(scope: string, token: string, input: object, output: object): void {
    this.remembered.set(`${scope} ${token}`, { inputDigest: digest(input), output });
    if (this.remembered.size > KEPT) this.remembered.delete(this.remembered.keys().next().value!);
  }

  /** Forgets the answers that name this ARN or something in it. */
  forgetTree(arn: string): void {
    for (const [key, { output }] of this.remembered) {
      if (Object.values(output).some(value => value === arn || String(value).startsWith(`${arn}/`))) {
        this.remembered.delete(key);
      }
    }
  }
}

/** The same for inputs that are deeply equal, in whatever order their members come. */
function digest(input: object): string {
  const sorted = (_: string, value: unknown) => value instanceof Object && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1))
    : value;
  return createHash('sha256').update(JSON.stringify(input, sorted)).digest('base64');
}
