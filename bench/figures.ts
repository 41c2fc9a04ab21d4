import { ALL, type Contestant } from './contestants';
import { median, spread } from './statistics';

/** Why a contestant has no figure. */
export class Cannot {
  public constructor(public readonly reason: string) {}
}

/** Something that was measured of every contestant; less is better. */
export interface Figure {
  readonly part: string;
  readonly name: string;
  readonly unit: string;
  readonly samples: Partial<Record<Contestant, readonly number[] | Cannot>>;
}

/** A contestant's figure as it is reported. */
export type Result = {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly ratio?: number;
} | { readonly cannot: string };

export function resultsOf({ samples }: Figure): Partial<Record<Contestant, Result>> {
  const ours = samples.ours;
  const base = ours === undefined || ours instanceof Cannot ? undefined : median(ours);
  const results: Partial<Record<Contestant, Result>> = {};
  for (const contestant of ALL) {
    const values = samples[contestant];
    if (values === undefined) continue;
    if (values instanceof Cannot) {results[contestant] = { cannot: values.reason };} else {
      results[contestant] = {
        median: median(values), ...spread(values), ...base ? { ratio: median(values) / base } : {},
      };
    }
  }
  return results;
}

/** What one round measured of one contestant, by figure. */
export type Sample = Record<string, number>;

export interface RoundsOptions {
  readonly part: string;
  readonly rounds: number;
  readonly contestants: readonly Contestant[];
  /** Units by the names of the figures; they come in this order. */
  readonly units: Record<string, string>;
}

/**
 * Measures contestant after contestant, round after round, every other round in the opposite order, so that what the
 * machine does meanwhile falls on all. Who fails in a round has no figures, but the reason, and is not asked again.
 */
export async function inRounds(
  { part, rounds, contestants, units }: RoundsOptions,
  measure: (contestant: Contestant, round: number) => Promise<Sample>,
): Promise<Figure[]> {
  const samples = new Map<Contestant, Sample[] | Cannot>();
  for (let round = 0; round < rounds; round++) {
    for (const contestant of round % 2 === 0 ? contestants : [...contestants].reverse()) {
      const sofar = samples.get(contestant) ?? [];
      if (sofar instanceof Cannot) continue;
      progress(`${part}: round ${round + 1} of ${rounds}, ${contestant}`);
      try {
        samples.set(contestant, [...sofar, await measure(contestant, round)]);
      } catch (error) {
        samples.set(contestant, new Cannot(reasonOf(error)));
      }
    }
  }
  return Object.entries(units).map(([name, unit]) => ({
    part,
    name,
    unit,
    samples: Object.fromEntries([...samples].map(([contestant, measured]) =>
      [contestant, measured instanceof Cannot ? measured : measured.map(sample => sample[name])])),
  }));
}

/** One line that says what is done now, where it is seen but not part of the output. */
export function progress(words: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${words} …` : `${words} …\n`);
}

/** The line of the message that says what happened, without paths. */
function reasonOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').map(line => line.trim());
  return (lines.find(line => /^\w*Error\b.*: /.test(line)) ?? lines[0]).slice(0, 160);
}
