/**
 * The library against what one would use instead, in one run: `npm run bench`, or `npm run bench -- synthesis provider`
 * for these parts alone. What is measured and how: bench/README.md.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, relative } from 'node:path';
import { lambdaNode, runNode } from './child';
import { versions } from './contestants';
import { measureDeployment } from './deployment/deployment';
import { measureDrain } from './drain/against-a-loop';
import type { Figure } from './figures';
import { measureInstall } from './package/install';
import { measureProvider } from './provider/provider';
import { asJson, asTables } from './report';
import { measureSynthesis } from './synthesis/synthesis';
import { installOurs } from './workbench';
import { LOCAL_DIRECTORY, PROJECT_ROOT } from '../local/deployment/project-root';
import { makeRunDirectory } from '../local/deployment/run-directory';

type Measure = (runDirectory: string, tarball: string) => Promise<Figure[]>;

const PARTS: Record<string, Measure> = {
  synthesis: measureSynthesis,
  provider: measureProvider,
  deployment: measureDeployment,
  package: measureInstall,
  drain: measureDrain,
};

/** These compare nothing, but hold limits of their own, and take long: they run when they are named. */
const LIMITS: Record<string, string> = {
  'drain-at-a-rate': 'bench/drain/at-a-rate.ts',
  'processor-runtime': 'bench/processor-runtime/run.ts',
  'storm': 'bench/storm/storm.ts',
  'word-filter': 'bench/word-filter/run.ts',
};

async function main(): Promise<void> {
  const chosen = process.argv.slice(2);
  const known = [...Object.keys(PARTS), ...Object.keys(LIMITS)];
  const unknown = chosen.filter(part => !known.includes(part));
  if (unknown.length > 0) throw new Error(`a part must be one of ${known.join(', ')}, got ${unknown.join(', ')}`);
  const scripts = chosen.filter(part => part in LIMITS).map(part => LIMITS[part]);
  for (const script of scripts) {
    const { status } = spawnSync(
      process.execPath, ['--import', 'tsx', script], { cwd: PROJECT_ROOT, stdio: 'inherit' },
    );
    if (status !== 0) process.exitCode = 1;
  }
  if (scripts.length > 0 && scripts.length === chosen.length) return;

  const runDirectory = makeRunDirectory('bench');
  const tarball = installOurs(runDirectory);
  const about = {
    ...versions(),
    'node': process.versions.node,
    'node of the providers': (await runNode(
      ['-p', 'process.versions.node'], { runDirectory, node: lambdaNode() },
    )).trim(),
    'machine': `${cpus().length} × ${cpus()[0].model}`,
  };
  const figures: Figure[] = [];
  for (const [part, measure] of Object.entries(PARTS)) {
    if (chosen.length === 0 || chosen.includes(part)) figures.push(...await measure(join(runDirectory, part), tarball));
  }
  process.stdout.write(`${asTables(figures, about)}\n`);

  // The results of some parts would replace those of all.
  const folder = chosen.length === 0 ? join(PROJECT_ROOT, 'bench') : join(LOCAL_DIRECTORY, 'bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'results.json');
  writeFileSync(file, asJson(figures, about));
  process.stdout.write(`as JSON: ${relative(PROJECT_ROOT, file)}\n`);
}

main().catch(error => {
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
});
