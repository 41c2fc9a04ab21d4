import { cpSync, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { requireMessage } from './bad-input';
import { run } from './command';
import { onlyFile, pack } from './packing';
import { BAD_INPUT, WORK } from './paths';
import { projectOf } from './project';
import type { Steps } from './steps';
import { synthesize, trySynthesis, type Synthesized } from './synthesis';

/** The wheel, in a fresh virtual environment. */
export async function python(steps: Steps): Promise<Synthesized> {
  const language = 'python';
  const dist = await steps.step(language, 'pack the library', () => pack('python'));
  const wheel = onlyFile(dist, '.whl');
  const project = projectOf(language);
  const environment = join(project, '.venv');
  const commands = join(environment, 'bin');

  await steps.step(language, 'install the wheel in a fresh virtual environment', async () => {
    await run('python3', ['-m', 'venv', environment], { cwd: project });
    // Of the CDK's hundreds of modules few are imported: those are compiled then.
    const options = ['--quiet', '--no-compile', '--disable-pip-version-check'];
    await run(join(commands, 'pip'), ['install', ...options, wheel, '-r', 'requirements.txt'], { cwd: project });
  });
  await steps.check(language, 'the wheel brings no command', () => requireNoCommand(wheel, commands));
  await steps.check(language, 'the README shows Python', () => requireTranslation(commands));

  const env = { PATH: `${commands}${delimiter}${process.env.PATH}`, PYTHONDONTWRITEBYTECODE: '' };
  const synthesized = await steps.step(language, 'synthesize', () => synthesize(project, env));
  await steps.check(language, 'bad input shows the library\'s message', async () => {
    cpSync(join(BAD_INPUT, 'bad_input.py'), join(project, 'bad_input.py'));
    requireMessage(await trySynthesis(project, 'python3 bad_input.py', env));
  });
  return synthesized;
}

/** jsii makes a wrapper of each `bin`; that of an npm package's server would hang without a word. */
async function requireNoCommand(wheel: string, commands: string): Promise<void> {
  const files = (await run('python3', ['-m', 'zipfile', '--list', wheel], { cwd: WORK })).split('\n').map(
    line => line.split(/\s/)[0],
  );
  const found = files.filter(path => /\.data\/scripts\/|\/entry_points\.txt$|\/_jsii\/bin\//.test(path));
  if (existsSync(join(commands, 'cdk-chime-messaging'))) found.push('bin/cdk-chime-messaging');
  if (found.length > 0) {
    throw new Error(`the wheel must bring no command, got ${found.join(', ')}: remove bin from .jsii before `
      + 'jsii-pacmak runs, see projenrc/package-contents.ts');
  }
}

/** pacmak takes the translations that jsii-rosetta left beside the assembly, and shows TypeScript where it has none. */
async function requireTranslation(commands: string): Promise<void> {
  const readme = await run(join(commands, 'python'), [
    '-c', 'from importlib.metadata import metadata; print(metadata("cdk-chime-messaging").get_payload())',
  ], { cwd: WORK });
  const left = readme.split(/^```(?:ts|typescript)$/m).length - 1;
  if (left > 0) {
    throw new Error(`the examples in Python's README must be Python, got ${left} in TypeScript: run  npx projen `
      + 'check:api  before, which translates them');
  }
}
