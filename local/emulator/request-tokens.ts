import { isDeepStrictEqual } from 'node:util';
import { conflict } from './errors';

interface Remembered {
  readonly input: object;
  readonly output: object;
}

/**
 * Client request tokens: the same token with the same input gets the same answer, and nothing is created twice.
 */
export class RequestTokens {
  private readonly remembered = new Map<string, Remembered>();

  /** The answer that this token got already, if it did. `scope` is what a token is unique in. */
  replay(scope: string, token: string, input: object, repeated: 'idempotent' | 'conflict'): object | undefined {
    const known = this.remembered.get(`${scope} ${token}`);
    if (known && !isDeepStrictEqual(known.input, input)) {
      throw conflict(`ClientRequestToken ${token} was used before, with other input: send a new token`);
    }
    if (known && repeated === 'conflict') {
      throw conflict(`ClientRequestToken ${token} was used before`);
    }
    return known?.output;
  }

  remember(scope: string, token: string, input: object, output: object): void {
    this.remembered.set(`${scope} ${token}`, { input, output });
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
