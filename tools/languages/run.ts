/**
 * Packs the library for every language, installs it as a user does, synthesizes the same stack and compares the
 * templates.
 *
 * `npm run test:languages`; names of languages as arguments limit it to them and TypeScript, which the others are
 * compared with.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { csharp } from './csharp';
import { go } from './go';
import { java } from './java';
import { takeLibrary } from './library';
import { WORK } from './paths';
import { python } from './python';
import { requireSame } from './same-templates';
import { seconds, Steps } from './steps';
import type { Synthesized } from './synthesis';
import { twoAtATime } from './two-at-a-time';
import { typescript } from './typescript';

/**
 * The longest first, so that both lanes end at about the same time. C# has nothing to compare where there is no .NET
 * SDK.
 */
const LANGUAGES: Record<string, (steps: Steps) => Promise<Synthesized | void>> = {
  python, go, java, typescript, csharp,
};

async function main(wanted: readonly string[]): Promise<void> {
  const languages = chosen(wanted);
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });

  const began = Date.now();
  const steps = new Steps();
  const synthesized = new Map<string, Synthesized>();
  await steps.step('library', 'take what npm packs', takeLibrary);
  await twoAtATime(languages.map(language => async () => {
    const result = await LANGUAGES[language](steps);
    if (result) synthesized.set(language, result);
  }), error => steps.fail(error));
  await compare(steps, synthesized);

  for (const { message } of steps.errors) console.error(`\n${message}`);
  console.log(
    `\n${[...synthesized].map(([language, { template }]) => `${language.padEnd(10)}  ${template}`).join('\n')}`,
  );
  console.log(`all of it in ${seconds(began)}`);
  console.log(`${steps.passed} passed, ${steps.errors.length} failed`);
  if (steps.errors.length > 0) process.exitCode = 1;
}

function chosen(wanted: readonly string[]): string[] {
  const unknown = wanted.filter(language => !(language in LANGUAGES));
  if (unknown.length > 0) {
    throw new Error(`languages must be among ${Object.keys(LANGUAGES).join(', ')}, got ${unknown.join(', ')}: leave it `
      + 'out or correct it');
  }
  return Object.keys(LANGUAGES).filter(
    language => wanted.length === 0 || language === 'typescript' || wanted.includes(language),
  );
}

async function compare(steps: Steps, synthesized: ReadonlyMap<string, Synthesized>): Promise<void> {
  const expected = synthesized.get('typescript');
  for (const [language, got] of synthesized) {
    if (!expected || language === 'typescript') continue;
    await steps.check(
      language, 'template and assets are those of TypeScript', () => requireSame(language, got, expected),
    );
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
