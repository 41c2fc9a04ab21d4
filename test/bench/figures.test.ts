import type { Contestant } from '../../bench/contestants';
import { Cannot, inRounds, resultsOf, type Figure } from '../../bench/figures';
import { asJson, asTables } from '../../bench/report';

const ABOUT = { 'cdk-chime-messaging': '0.0.0', 'aws-cdk-lib': '2.276.0' };

beforeEach(() => { jest.spyOn(process.stderr, 'write').mockReturnValue(true); });
afterEach(() => { jest.restoreAllMocks(); });

const CONTESTANTS: Contestant[] = ['ours', 'chime-resources', 'native'];
const UNITS = { 'asset, zipped': 'B', 'heap after load': 'MB' };

async function measured(): Promise<{ figures: Figure[]; order: string[] }> {
  const order: string[] = [];
  const figures = await inRounds(
    { part: 'provider', rounds: 3, contestants: CONTESTANTS, units: UNITS },
    async (contestant, round) => {
      order.push(`${round} ${contestant}`);
      if (contestant === 'native' && round === 1) {
        throw new Error('at line 1\nTypeError: it is not there\n    at somewhere');
      }
      return { 'asset, zipped': contestant === 'ours' ? 60_000 : 180_000, 'heap after load': 1 + round };
    },
  );
  return { figures, order };
}

test('contestants take turns, every other round in the opposite order; who failed is not asked again', async () => {
  const { order } = await measured();
  expect(order).toEqual([
    '0 ours', '0 chime-resources', '0 native',
    '1 native', '1 chime-resources', '1 ours',
    '2 ours', '2 chime-resources',
  ]);
});

test('a result is median, quartiles and ratio to ours, or why there is none', async () => {
  const { figures: [asset, heap] } = await measured();
  expect(resultsOf(asset)).toEqual({
    'ours': { median: 60_000, low: 60_000, high: 60_000, ratio: 1 },
    'chime-resources': { median: 180_000, low: 180_000, high: 180_000, ratio: 3 },
    'native': { cannot: 'TypeError: it is not there' },
  });
  expect(resultsOf(heap).ours).toEqual({ median: 2, low: 1.5, high: 2.5, ratio: 1 });
});

test('there is no ratio where ours has no figure', () => {
  const figure: Figure = { part: 'drain', name: 'drain', unit: 's', samples: { ours: new Cannot('no'), native: [1] } };
  expect(resultsOf(figure).native).toEqual({ median: 1, low: 1, high: 1 });
});

test('the table names versions, figures and reasons, and the JSON holds the same', async () => {
  const { figures } = await measured();
  const table = asTables(figures, ABOUT);
  expect(table).toMatch(/^aws-cdk-lib 2\.276\.0$/m);
  expect(table).toMatch(/^asset, zipped, B +60,000 ×1\.00 +180,000 ×3\.00 +can't$/m);
  expect(table).toMatch(/^native CfnChannelFlow can't .*: TypeError: it is not there$/m);
  expect(JSON.parse(asJson(figures, ABOUT))).toMatchObject({
    about: ABOUT, figures: [{ name: 'asset, zipped', results: { ours: { median: 60_000 } } }, {}],
  });
});
