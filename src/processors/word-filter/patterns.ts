import { RE2JS } from 're2js';
import type { Range } from '../masking';

/**
 * Patterns run in an engine whose time grows with the length of the text and never with its wickedness (RE2's): what they are
 * held against is chosen by the sender.
 */
export class Pattern {
  private readonly expression: RE2JS;

  /** Throws when the source is no pattern. */
  public constructor(source: string) {
    this.expression = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  }

  public* find(text: string): Generator<Range> {
    const matcher = this.expression.matcher(text);
    while (matcher.find()) {
      if (matcher.end() > matcher.start()) yield { start: matcher.start(), end: matcher.end() };
    }
  }

  public matches(text: string): boolean {
    return this.expression.test(text);
  }
}

/** What is wrong with the source of a pattern, and what to do. */
export function patternProblem(source: string): string | undefined {
  if (source !== source.normalize('NFKC')) {
    return `holds characters that no text has after normalization (NFKC): write ${JSON.stringify(source.normalize('NFKC'))}`;
  }
  try {
    return new Pattern(source).matches('') ? 'matches the empty text, which every message holds: let it ask for a character' : undefined;
  } catch (error) {
    // The engine shows its own flag where it shows the whole pattern.
    const reason = (error as Error).message.replace('error parsing regexp: ', '').replace('`(?i)', '`');
    return `is not valid (${reason}): write it in RE2's syntax, which has no lookaround and no backreferences`;
  }
}
