import { ALL, CONTESTANTS, type Contestant } from './contestants';
import { resultsOf, type Figure, type Result } from './figures';

/**
 * A table a part: a line a figure, a column a contestant; median, quartiles where they differ, and the ratio to ours.
 */
export function asTables(figures: readonly Figure[], about: Record<string, string>): string {
  const parts = [...new Set(figures.map(({ part }) => part))];
  return [
    ...Object.entries(about).map(([what, version]) => `${what} ${version}`),
    '',
    'median (quartiles) ×ratio to ours',
    ...parts.flatMap(part => ['', part, ...table(figures.filter(figure => figure.part === part))]),
    '',
    ...reasons(figures),
  ].join('\n');
}

export function asJson(figures: readonly Figure[], about: Record<string, string>): string {
  const results = figures.map(
    figure => ({ part: figure.part, name: figure.name, unit: figure.unit, results: resultsOf(figure) }),
  );
  return `${JSON.stringify({ about, figures: results }, null, 2)}\n`;
}

/** A number in as many digits as mean something. */
export function inDigits(value: number): string {
  return value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}

function table(figures: readonly Figure[]): string[] {
  const taking = ALL.filter(contestant => figures.some(({ samples }) => samples[contestant] !== undefined));
  const rows = [
    ['', ...taking.map(contestant => CONTESTANTS[contestant])],
    ...figures.map(figure => {
      const results = resultsOf(figure);
      return [
        [figure.name, figure.unit].filter(word => word !== '').join(', '),
        ...taking.map(contestant => cell(results[contestant])),
      ];
    }),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  return rows.map(row => row.map(
    (text, column) => column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]),
  ).join('  ').trimEnd());
}

function cell(result: Result | undefined): string {
  if (result === undefined) return '';
  if ('cannot' in result) return "can't";
  const { median, low, high, ratio } = result;
  const quartiles = inDigits(low) === inDigits(high) ? '' : ` (${inDigits(low)}–${inDigits(high)})`;
  return `${inDigits(median)}${quartiles}${ratio === undefined ? '' : ` ×${ratio.toFixed(2)}`}`;
}

/** Why who can't, each once. */
function reasons(figures: readonly Figure[]): string[] {
  const said = figures.flatMap(figure => Object.entries(resultsOf(figure)).flatMap(([contestant, result]) =>
    'cannot' in result ? [
      `${CONTESTANTS[contestant as Contestant]} can't (${figure.part}, ${figure.name.split(':')[0]}): ${result.cannot}`,
    ] : []));
  const bySentence = new Map(said.map(line => [line.replace(/ \(.*?\)/, ''), line]));
  return [...bySentence.values()];
}
