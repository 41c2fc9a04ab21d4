/**
 * The library against what one would use instead, in one run: `npm run bench`, or `npm run bench -- synthesis provider` for these
 * parts alone. What is measured and how: bench/README.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { lambdaNode, runNode } from './child';
import { drawCharts } from './chart';
import { versions } from './contestants';
import { measureDeployment } from './deployment/deployment';
import { measureDrain } from './drain/against-a-loop';
import type { Figure } from './figures';
import { measureInstall } from './package/install';
import { measureProvider } from './provider/provider';
import { asJson, asTables } from './report';
import { measureSynthesis } from './synthesis/synthesis';
import { installOurs } from './workbench';
import { LOCAL_DIRECTORY } from '../local/deployment/project-root';
import { makeRunDirectory } from '../local/deployment/run-directory';

type Measure = (runDirectory: string, tarball: string) => Promise<Figure[]>;

const PARTS: Record<string, Measure> = {
  synthesis: measureSynthesis,
  provider: measureProvider,
  deployment: measureDeployment,
  package: measureInstall,
  drain: measureDrain,
};

async function main(): Promise<void> {
  const chosen = process.argv.slice(2);
  const unknown = chosen.filter(part => !(part in PARTS));
  if (unknown.length > 0) throw new Error(`a part must be one of ${Object.keys(PARTS).join(', ')}, got ${unknown.join(', ')}`);

  const runDirectory = makeRunDirectory('bench');
  const tarball = installOurs(runDirectory);
  const about = {
    ...versions(),
    'node': process.versions.node,
    'node of the providers': (await runNode(['-p', 'process.versions.node'], { runDirectory, node: lambdaNode() })).trim(),
    'machine': `${cpus().length} × ${cpus()[0].model}`,
  };
  const figures: Figure[] = [];
  for (const [part, measure] of Object.entries(PARTS)) {
    if (chosen.length === 0 || chosen.includes(part)) figures.push(...await measure(join(runDirectory, part), tarball));
  }
  process.stdout.write(`${asTables(figures, about)}\n`);

  const folder = join(LOCAL_DIRECTORY, 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'results.json'), asJson(figures, about));
  process.stdout.write(`as JSON: ${join('.local', 'bench', 'results.json')}\n`);
  // A chart of some parts would replace one of all.
  if (chosen.length === 0) {
    for (const [file, content] of Object.entries(drawCharts(figures, about))) writeFileSync(file, content);
  }
}

main().catch(error => {
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
});
