import { run } from './command';
import { onlyFile, pack } from './packing';
import { projectOf } from './project';
import type { Steps } from './steps';
import { synthesize, type Synthesized } from './synthesis';

/** The npm package, in a project that has nothing but what npm installs. */
export async function typescript(steps: Steps): Promise<Synthesized> {
  const language = 'typescript';
  const dist = await steps.step(language, 'pack the library', () => pack('js'));
  const project = projectOf(language);
  await steps.step(language, 'install the packed library, no scripts', () => run('npm', [
    'install', onlyFile(dist, '.tgz'), '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline',
  ], { cwd: project }));
  await steps.step(language, 'compile the example', () => run('npx', ['--no', 'tsc'], { cwd: project }));
  return steps.step(language, 'synthesize', () => synthesize(project));
}
