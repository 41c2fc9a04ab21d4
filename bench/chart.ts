import { CONTESTANTS, type Contestant } from './contestants';
import { resultsOf, type Figure, type Result } from './figures';
import { inDigits } from './report';
import { DARK, Drawing, LIGHT, type Theme } from '../projenrc/drawing';

/** The figures that a reader of the README may care for, by their names. */
const SHOWN: Record<string, string> = {
  'C: resources': 'CloudFormation resources, 20 flows and associations',
  '20 flows: whole process, validated': 'Synthesis of 20 flows, with the CDK’s validation',
  'asset, zipped': 'Provider code, zipped',
  'load + first event, CPU': 'Provider: load and first event, CPU time',
  'heap after first event': 'Provider: heap after the first event',
  'A: deploy': 'cdk deploy of a flow',
  'C: deploy': 'cdk deploy of 20 flows and associations',
  'on disk': 'Package on disk',
  'drain of 1,000 channels': 'Delete of a flow with 1,000 channels',
};

const BAR = 20;
const LINE = 24;
const LEFT = 250;
const WIDEST = 420;

/** The charts by their files: one a theme of GitHub. */
export function drawCharts(figures: readonly Figure[], about: Record<string, string>): Record<string, string> {
  return {
    'docs/benchmark-light.svg': draw(LIGHT, figures, about), 'docs/benchmark-dark.svg': draw(DARK, figures, about),
  };
}

function draw(theme: Theme, figures: readonly Figure[], about: Record<string, string>): string {
  const groups = Object.entries(SHOWN).flatMap(([name, title]) => {
    const figure = figures.find(each => each.name === name);
    return figure === undefined
      ? []
      : [{ title, unit: figure.unit, results: Object.entries(resultsOf(figure)) as [Contestant, Result][] }];
  });
  const height = groups.reduce((sum, { results }) => sum + 40 + LINE * results.length, 76);
  const drawing = new Drawing(theme, 920, height);
  drawing.write(
    [16, 30], 'title', 'Less is better; each bar as a multiple of cdk-chime-messaging', { anchor: 'start' },
  );
  drawing.write([16, 52], 'note', `cdk-amazon-chime-resources ${about['cdk-amazon-chime-resources']}, aws-cdk-lib `
    + `${about['aws-cdk-lib']}, Node.js ${about['node of the providers']} for the providers`, { anchor: 'start' });
  let y = 76;
  for (const { title, unit, results } of groups) {
    drawing.write([16, y + 18], 'step', title, { anchor: 'start' });
    y += 28;
    const longest = Math.max(...results.map(([, result]) => 'cannot' in result ? 0 : result.median));
    for (const [contestant, result] of results) {
      drawing.write(
        [16, y + 15], contestant === 'ours' ? 'code' : 'note', CONTESTANTS[contestant], { anchor: 'start' },
      );
      if ('cannot' in result) {
        drawing.write([LEFT, y + 15], 'note', "can't", { anchor: 'start' });
      } else {
        const width = Math.max(2, Math.round(WIDEST * result.median / (longest || 1)));
        drawing.bar([LEFT, y], [width, BAR], { strong: contestant === 'ours' });
        const ratio = result.ratio === undefined || contestant === 'ours' ? '' : `  ×${result.ratio.toFixed(2)}`;
        drawing.write(
          [LEFT + width + 8, y + 15], 'note', `${amount(result.median, unit)}${ratio}`, { anchor: 'start' },
        );
      }
      y += LINE;
    }
    y += 12;
  }
  return drawing.svg('cdk-chime-messaging and what one would use instead', describe(groups));
}

function describe(groups: readonly { title: string; unit: string; results: [Contestant, Result][] }[]): string {
  const said = (result: Result, unit: string) => 'cannot' in result ? "can't" : amount(result.median, unit);
  return groups.map(({ title, unit, results }) => {
    const each = results.map(([contestant, result]) => `${CONTESTANTS[contestant]} ${said(result, unit)}`);
    return `${title}: ${each.join(', ')}.`;
  }).join(' ');
}

function amount(value: number, unit: string): string {
  if (unit === 'B') return value >= 1e6 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e3).toFixed(1)} KB`;
  return `${inDigits(value)} ${unit}`.trim();
}
