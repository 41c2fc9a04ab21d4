/**
 * Draws the README's chart from the results of the newest whole benchmark, bench/results.json.
 *
 * `npx tsx tools/benchmark-chart.ts`; the task `bench` does it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { ALL, CONTESTANTS, type Contestant } from '../bench/contestants';
import type { Result } from '../bench/figures';
import { inDigits } from '../bench/report';

/** What a user waits for and keeps, by the names of the figures; the first group is what the chart leads with. */
const SHOWN: readonly { readonly barHeight: number; readonly figures: Record<string, string> }[] = [
  {
    barHeight: 22,
    figures: {
      'drain of 1,000 channels': 'Delete of a flow with 1,000 channels',
      'C: deploy': 'cdk deploy of 20 flows and associations',
      'C: resources': 'CloudFormation resources for them',
    },
  },
  {
    barHeight: 13,
    figures: {
      'A: deploy': 'cdk deploy of a flow',
      '20 flows: whole process, validated': 'Synthesis of 20 flows',
      'asset, zipped': 'Provider code, zipped',
      'load + first event, CPU': 'Load and first event, CPU time',
      'heap after first event': 'Heap after the first event',
      'on disk': 'Package on disk',
    },
  },
];

interface Theme {
  readonly text: string;
  readonly muted: string;
  readonly ours: string;
  readonly others: string;
}

/** GitHub's colours; the background stays the page's. */
const LIGHT: Theme = { text: '#1f2328', muted: '#59636e', ours: '#0969da', others: '#b0b8c0' };
const DARK: Theme = { text: '#f0f6fc', muted: '#9ea7b1', ours: '#58a6ff', others: '#4d555f' };

const FONT = 'Helvetica, Arial, sans-serif';

interface Bar {
  readonly contestant: string;
  /** Of the longest bar of the figure. */
  readonly share: number;
  readonly label: string;
}

/** The part of the report in JSON (bench/report.ts) that is drawn. */
interface Report {
  readonly about: Record<string, string>;
  readonly figures: readonly ReportedFigure[];
}

interface ReportedFigure {
  readonly name: string;
  readonly unit: string;
  readonly results: Partial<Record<Contestant, Result>>;
}

/** The charts by their files: one a theme of GitHub. */
export async function charts(report: Report): Promise<Record<string, string>> {
  return { 'docs/benchmark-light.svg': await draw(LIGHT, report), 'docs/benchmark-dark.svg': await draw(DARK, report) };
}

/** What the newest whole benchmark measured. */
export function newestReport(): Report {
  return JSON.parse(readFileSync(join(__dirname, '..', 'bench', 'results.json'), 'utf8'));
}

async function draw(theme: Theme, { about, figures }: Report): Promise<string> {
  const groups = SHOWN.map(({ barHeight, figures: shown }) => Object.entries(shown).flatMap(([name, title]) => {
    const figure = figures.find(each => each.name === name);
    return figure === undefined ? [] : [bars(theme, title, barsOf(figure), barHeight)];
  }));
  const spec: TopLevelSpec = {
    description: 'cdk-chime-messaging and what one would use instead',
    background: 'transparent',
    padding: 8,
    title: {
      text: 'Less is better; a number after × is a multiple of cdk-chime-messaging',
      subtitle: `cdk-amazon-chime-resources ${about['cdk-amazon-chime-resources']}, `
        + `aws-cdk-lib ${about['aws-cdk-lib']}, Node.js ${about['node of the providers']} for the providers`,
      anchor: 'start',
      offset: 16,
    },
    vconcat: [
      { vconcat: groups[0], spacing: 18 },
      { concat: groups[1], columns: 2, spacing: { row: 16, column: 30 } },
    ],
    spacing: 28,
    config: {
      font: FONT,
      view: { stroke: null },
      title: { color: theme.text, fontSize: 15, subtitleColor: theme.muted, subtitleFontSize: 13 },
    },
  };
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  return `${svg.trim()}\n`;
}

function barsOf({ results, unit }: ReportedFigure): Bar[] {
  const taking = ALL.filter(contestant => results[contestant] !== undefined);
  const longest = Math.max(...taking.map(contestant => medianOf(results[contestant]!)));
  return taking.map(contestant => {
    const result = results[contestant]!;
    return {
      contestant: CONTESTANTS[contestant],
      share: medianOf(result) / (longest || 1),
      label: labelOf(contestant, result, unit),
    };
  });
}

function medianOf(result: Result): number {
  return 'cannot' in result ? 0 : result.median;
}

function labelOf(contestant: Contestant, result: Result, unit: string): string {
  if ('cannot' in result) return 'can\'t';
  const ratio = result.ratio === undefined || contestant === 'ours' ? '' : `  ×${result.ratio.toFixed(2)}`;
  return `${amount(result.median, unit)}${ratio}`;
}

/** One figure: a bar a contestant, its name before and its number after it. */
function bars(theme: Theme, title: string, values: readonly Bar[], barHeight: number) {
  const isLeading = barHeight > 20;
  const isOurs = `datum.contestant === '${CONTESTANTS.ours}'`;
  const fontSize = isLeading ? 13 : 11;
  return {
    title: { text: title, anchor: 'start' as const, frame: 'group' as const, fontSize: isLeading ? 14 : 12, offset: 6 },
    data: { values: [...values] },
    width: isLeading ? 560 : 180,
    height: { step: barHeight + 4 },
    encoding: {
      y: {
        field: 'contestant',
        sort: null,
        axis: {
          title: null,
          domain: false,
          ticks: false,
          labelFontSize: fontSize,
          labelLimit: 400,
          minExtent: isLeading ? 215 : 185,
          maxExtent: isLeading ? 215 : 185,
          labelColor: {
            condition: { test: `datum.value === '${CONTESTANTS.ours}'`, value: theme.text },
            value: theme.muted,
          },
        },
      },
      x: { field: 'share', type: 'quantitative' as const, axis: null, scale: { domain: [0, 1.35] } },
    },
    layer: [
      {
        mark: { type: 'bar' as const, cornerRadius: 2, height: barHeight },
        encoding: { color: { condition: { test: isOurs, value: theme.ours }, value: theme.others } },
      },
      {
        mark: { type: 'text' as const, align: 'left' as const, dx: 6, fontSize, color: theme.muted },
        encoding: { text: { field: 'label' } },
      },
    ],
  };
}

function amount(value: number, unit: string): string {
  if (unit === 'B') return value >= 1e6 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e3).toFixed(1)} KB`;
  return `${inDigits(value)} ${unit}`.trim();
}

async function main(): Promise<void> {
  for (const [file, content] of Object.entries(await charts(newestReport()))) writeFileSync(file, content);
}

if (require.main === module) void main();
