import { RE2JS } from 're2js';
import { normalized } from './normalized-text';
import { Program } from './program';
import { Words } from './words';
import type { Range } from '../masking';

/** What a pattern may need: instructions of its program. A repetition repeats them. */
const MAX_PROGRAM = 2_000;
const MAX_PROGRAMS = 5_000;

/** Patterns run in RE2, in linear time for any text: what they are held against is chosen by the sender. */
export class Pattern {
  private readonly expression: RE2JS;
  private readonly program: Program;

  /** Throws when the source is not a pattern. */
  public constructor(source: string) {
    this.expression = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
    this.program = new Program(this.expression);
  }

  public get programSize(): number {
    return this.expression.programSize();
  }

  /** Whether it matches without a character, as in the empty text or at the border of a word. */
  public get matchesNothing(): boolean {
    return this.program.matchesNothing;
  }

  public find(text: string): Range[] {
    return this.matches(text) ? this.program.find(text) : [];
  }

  public matches(text: string): boolean {
    return this.expression.test(text);
  }
}

/** What is wrong with the source of a pattern, and what to do. */
export function patternProblem(source: string): string | undefined {
  const { text } = normalized(source);
  if (source !== text) return `holds characters that no text has after normalization: write ${JSON.stringify(text)}`;
  try {
    const pattern = new Pattern(source);
    if (pattern.programSize > MAX_PROGRAM) {
      return `takes ${pattern.programSize} instructions, more than ${MAX_PROGRAM}: repeat less, or put words into `
        + 'words';
    }
    return pattern.matchesNothing
      ? 'matches without a character, as every message does somewhere: let it ask for one'
      : undefined;
  } catch (error) {
    // The engine shows its own flag where it shows the whole pattern.
    const reason = (error as Error).message.replace('error parsing regexp: ', '').replace('`(?i)', '`');
    return `is not valid (${reason}): write it in RE2's syntax, which has no lookaround and no backreferences`;
  }
}

/** What is wrong with valid patterns together. */
export function patternsProblem(sources: readonly string[]): string | undefined {
  const size = sources.reduce((sum, source) => sum + new Pattern(source).programSize, 0);
  return size > MAX_PROGRAMS
    ? `take ${size} instructions together, more than ${MAX_PROGRAMS}: leave some out, or put words into words`
    : undefined;
}

/** What finds the mask, which would then be masked again and again. */
export function findsMask(mask: string, words: readonly string[], patterns: readonly string[]): string | undefined {
  const word = words.findIndex(listed => new Words([listed]).holds(mask));
  if (word >= 0) return `word ${word + 1}`;
  const pattern = patterns.findIndex(
    source => patternProblem(source) === undefined && new Pattern(source).matches(mask),
  );
  return pattern >= 0 ? `pattern ${pattern + 1}` : undefined;
}
