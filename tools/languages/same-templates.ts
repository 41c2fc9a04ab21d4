import { isDeepStrictEqual } from 'node:util';
import type { Synthesized } from './synthesis';

/** What one language synthesizes must be what TypeScript does, to the byte. */
export function requireSame(language: string, got: Synthesized, expected: Synthesized): void {
  const different = (['template', 'manifest', 'assets'] as const).filter(
    part => !isDeepStrictEqual(got[part], expected[part]),
  );
  if (different.length > 0) {
    throw new Error(`${different.join(', ')} of ${language} must be TypeScript's, got\n`
      + different.map(part => `  ${show(got[part])}, not\n  ${show(expected[part])}`).join('\n')
      + `\ncompare  diff -r .local/languages/typescript/cdk.out .local/languages/${language}/cdk.out`);
  }
}

function show(part: Synthesized[keyof Synthesized]): string {
  return typeof part === 'string' ? part : JSON.stringify(part);
}
