import { Words } from './words';
import { log } from '../../lambda-environment/log';
import { callbackError } from '../../processor-runtime/callback-error';
import { ProcessorError } from '../../processor-runtime/processor-error';

/** Reads the value of a parameter. */
export type ReadParameter = (name: string, signal: AbortSignal) => Promise<string>;

/** There are no words to filter by. */
export class WordsUnavailable extends ProcessorError {
  public readonly name = 'WordsUnavailable';
}

/** How long a list is good, and how soon one that could not be read is tried again. */
const FRESH_MS = 300_000;
const RETRY_MS = 30_000;

/**
 * The words in a parameter, read again every few minutes. While that fails, the list that was read before stays. A list
 * without words is taken for what it says, with one warning in the life of the container.
 */
export class WordsParameter {
  private words?: Words;
  private value?: string;
  private nextRead = -Infinity;
  private hasWarned = false;

  public constructor(
    private readonly name: string, private readonly read: ReadParameter, private readonly now = () => performance.now(),
  ) {}

  public async current(signal: AbortSignal): Promise<Words> {
    if (this.words === undefined || this.now() >= this.nextRead) await this.refresh(signal);
    return this.words!;
  }

  private async refresh(signal: AbortSignal): Promise<void> {
    try {
      this.take(await this.read(this.name, signal));
      this.nextRead = this.now() + FRESH_MS;
    } catch (error) {
      const reason = this.reason(error);
      if (this.words === undefined) throw new WordsUnavailable(reason);
      this.nextRead = this.now() + RETRY_MS;
      log({ level: 'WARN', warning: 'WordsNotRefreshed', reason: `${reason}; the list that was read before stays` });
    }
  }

  private take(value: string): void {
    if (this.words !== undefined && value === this.value) return;
    this.words = new Words(wordsIn(value));
    this.value = value;
    if (this.words.isEmpty && !this.hasWarned) {
      this.hasWarned = true;
      log({
        level: 'WARN',
        warning: 'NoWords',
        reason: `the SSM parameter ${this.name} holds no word that can be seen, and nothing is found by it: add words, `
          + 'or leave wordsParameter out',
      });
    }
  }

  private reason(error: unknown): string {
    if (error instanceof ProcessorError) {
      return `the words in the SSM parameter ${this.name} could not be read: ${error.message}`;
    }
    const { name, status } = callbackError(error);
    return `the words in the SSM parameter ${this.name} could not be read: `
      + `${name}${status === undefined ? '' : ` (${status})`} — `
      + 'see that it exists and that the function\'s role may read it, and its key if it is encrypted';
  }
}

/** One word or phrase a line, or separated by commas. */
export function wordsIn(value: string): string[] {
  return value.split(/[\n,]/).map(word => word.trim()).filter(word => word !== '');
}
