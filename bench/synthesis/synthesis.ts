import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from '../child';
import { ALL, type Contestant } from '../contestants';
import { inRounds, type Figure } from '../figures';

const ROUNDS = 7;

interface Synthesis {
  /** Loading aws-cdk-lib and the contestant. */
  readonly loadMs: number;
  /** From the first construct to the written assembly. */
  readonly synthMs: number;
  /** The whole process, with its start. */
  readonly wholeMs: number;
  readonly peakMB: number;
  readonly directory: string;
}

/** Synthesizes a work of a contestant in a fresh process. */
export async function synthesize(
  contestant: Contestant, work: string, runDirectory: string, env: Record<string, string> = {},
): Promise<Synthesis> {
  const directory = join(runDirectory, `${contestant}-${work}`);
  const figures = join(runDirectory, 'figures.json');
  rmSync(directory, { recursive: true, force: true });
  const started = performance.now();
  // The CDK's own check of the template takes longer than all the rest, and the same with all.
  await runNode(['apps/app.js'], {
    runDirectory,
    env: {
      BENCH_CONTESTANT: contestant,
      BENCH_WORK: work,
      BENCH_FIGURES: figures,
      CDK_OUTDIR: directory,
      CDK_VALIDATION: 'false',
      ...env,
    },
  });
  const wholeMs = performance.now() - started;
  return { ...JSON.parse(readFileSync(figures, 'utf8')), wholeMs, directory };
}

export function templateOf(
  directory: string,
): { Resources: Record<string, { Type: string; Properties: any; Metadata?: any }> } {
  return JSON.parse(readFileSync(join(directory, 'Bench.template.json'), 'utf8'));
}

/** Resources, template, time and memory of each work. */
export async function measureSynthesis(runDirectory: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [work, what] of Object.entries({ A: 'A', B: 'B', C: 'C', flows: '20 flows' })) {
    figures.push(...await inRounds({
      part: 'synthesis',
      rounds: ROUNDS,
      contestants: ALL,
      units: {
        [`${what}: resources`]: '',
        [`${what}: template`]: 'B',
        [`${what}: whole process`]: 'ms',
        [`${what}: peak memory`]: 'MB',
      },
    }, async contestant => {
      const { wholeMs, peakMB, directory } = await synthesize(contestant, work, runDirectory);
      return {
        [`${what}: resources`]: Object.keys(templateOf(directory).Resources).length,
        [`${what}: template`]: statSync(join(directory, 'Bench.template.json')).size,
        [`${what}: whole process`]: wholeMs,
        [`${what}: peak memory`]: peakMB,
      };
    }));
  }
  // As one runs it, with that check.
  figures.push(...await inRounds({
    part: 'synthesis', rounds: ROUNDS, contestants: ALL, units: { '20 flows: whole process, validated': 'ms' },
  }, async contestant => {
    const { wholeMs } = await synthesize(contestant, 'flows', runDirectory, { CDK_VALIDATION: 'true' });
    return { '20 flows: whole process, validated': wholeMs };
  }));
  // A stack takes no more than 500 resources: these are 25 stacks of 20 flows.
  figures.push(...await inRounds({
    part: 'synthesis', rounds: 2, contestants: ALL, units: { '500 flows by 20 flows': '×' },
  }, async contestant => {
    const twenty = await synthesize(contestant, 'flows', runDirectory);
    const many = await synthesize(contestant, 'flows', runDirectory, { BENCH_STACKS: '25' });
    return { '500 flows by 20 flows': many.synthMs / twenty.synthMs };
  }));
  return figures;
}
