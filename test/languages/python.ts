import { cpSync, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { requireMessage } from './bad-input';
import { run } from './command';
import { onlyFile, pack } from './packing';
import { BAD_INPUT } from './paths';
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
    await run(join(commands, 'pip'), ['install', '--quiet', '--disable-pip-version-check', wheel, '-r', 'requirements.txt'], { cwd: project });
  });
  await steps.check(language, 'the wheel brings no command', () => requireNoCommand(wheel, commands));

  const env = { PATH: `${commands}${delimiter}${process.env.PATH}` };
  const synthesized = await steps.step(language, 'synthesize', () => synthesize(project, env));
  await steps.check(language, 'bad input shows the library\'s message', async () => {
    cpSync(join(BAD_INPUT, 'bad_input.py'), join(project, 'bad_input.py'));
    requireMessage(await trySynthesis(project, 'python3 bad_input.py', env));
  });
  return synthesized;
}

/** jsii makes a wrapper of each `bin`; that of an npm package's server would hang without a word. */
async function requireNoCommand(wheel: string, commands: string): Promise<void> {
  const files = (await run('python3', ['-m', 'zipfile', '--list', wheel], { cwd: '.' })).split('\n').map(line => line.split(/\s/)[0]);
  const found = files.filter(path => /\.data\/scripts\/|\/entry_points\.txt$|\/_jsii\/bin\//.test(path));
  if (existsSync(join(commands, 'cdk-chime-messaging'))) found.push('bin/cdk-chime-messaging');
  if (found.length > 0) {
    throw new Error(`the wheel must bring no command, got ${found.join(', ')}: remove bin from .jsii before jsii-pacmak runs, see projenrc/package-contents.ts`);
  }
}
