/**
 * How near a drain comes to the service's request rate, which it doesn't know: wall time against calls ÷ rate, calls a
 * channel, and memory. `npx tsx bench/drain/at-a-rate.ts [channels] [calls a second …]`, by default 10,000 channels at
 * 10, 50 and 200.
 */
import { DisassociationRates, drainOnce } from './drain-once';

const WALL_LIMIT = 1.10;
const CALLS_LIMIT = 1.05;

async function main(): Promise<void> {
  const [channels = 10_000, ...rates] = process.argv.slice(2).map(Number);
  const results = [];
  for (const perSecond of rates.length > 0 ? rates : [10, 50, 200]) {
    const rate: DisassociationRates = { perSecond, burst: Math.ceil(perSecond / 5) };
    console.error(
      `draining ${channels} channels at ${perSecond} calls a second, about ${Math.ceil(channels / perSecond)} s …`,
    );
    results.push(await drainOnce(channels, rate));
  }
  console.table(results);
  const missed = results.filter(
    ({ wallRatio, callsPerChannel, left }) => wallRatio > WALL_LIMIT || callsPerChannel > CALLS_LIMIT || left > 0,
  );
  process.exitCode = missed.length > 0 ? 1 : 0;
}

void main();
