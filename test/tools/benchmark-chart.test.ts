import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { charts, newestReport } from '../../tools/benchmark-chart';

const ROOT = join(__dirname, '..', '..');

test('the charts in docs are drawn from the newest results: npx tsx tools/benchmark-chart.ts', async () => {
  for (const [file, content] of Object.entries(await charts(newestReport()))) {
    expect([file, readFileSync(join(ROOT, file), 'utf8') === content]).toEqual([file, true]);
  }
});

test('a chart shows the number of each contestant, its multiple of ours, and who can\'t', async () => {
  const report = {
    about: {},
    figures: [{
      name: 'asset, zipped',
      unit: 'B',
      results: {
        'ours': { median: 60_000, low: 60_000, high: 60_000, ratio: 1 },
        'chime-resources': { median: 180_000, low: 180_000, high: 180_000, ratio: 3 },
        'native': { cannot: 'it is not there' },
      },
    }],
  };
  const drawn = await charts(report);
  expect(Object.keys(drawn)).toEqual(['docs/benchmark-light.svg', 'docs/benchmark-dark.svg']);
  for (const chart of Object.values(drawn)) {
    expect(chart).toMatch(/^<svg .*<\/svg>\n$/s);
    for (const word of ['>60.0 KB<', '>180.0 KB  ×3.00<', '>can\'t<']) expect(chart).toContain(word);
  }
});
