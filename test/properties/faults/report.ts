import { BEHAVIOURS } from './behaviours';
import { FAULTS, type Cell, type FaultName, type Outcome } from './matrix';
import { ROWS } from './rows';
import { TYPES, type TypeName } from '../engine/resource-types';

const TITLES: Record<TypeName, string> = {
  appInstance: 'App instance',
  appInstanceTags: 'Tags of an app instance',
  user: 'App instance user',
  admin: 'App instance admin',
  channel: 'Channel',
  flow: 'Channel flow',
  association: 'Association of a channel with a channel flow',
};

/** docs/reliability.md: what every fault of every call comes to. */
export function reportOf(cells: readonly Cell[]): string {
  const total = (outcome: Outcome) => cells.filter(cell => cell.outcome === outcome).length;
  return [
    '<!-- Generated: RELIABILITY=write npx jest test/properties/faults -->',
    '# Reliability',
    '',
    'How a stack behaves when the service, the network or IAM fails. For every event that CloudFormation sends for a '
      + 'resource of this',
    'library, every call that its handler makes is disturbed in eleven ways, once and lasting. Where the service\'s '
      + 'documentation is silent,',
    `${BEHAVIOURS.length} combinations of switches together cover every plausible answer. The handlers, their protocol `
      + 'and the SDK\'s clients are the',
    'real ones; the service is emulated.',
    '',
    `Of ${cells.length} cases:`,
    '',
    '| Outcome | Cases | |',
    '|---|---|---|',
    `| right | ${total('right')} | the event succeeds, and the service holds what it holds without the fault |`,
    `| failed | ${total('failed')} | the event fails with operation, code and what to do; then what undoes it, and the `
      + 'event once more, succeed and leave the service clean |',
    `| trusted a false 404 | ${total('believed')} | the service answered 404, or 403 where that means the same, for `
      + 'something that it still held: the handler trusted a false 404 |',
    '| wrong | 0 | the test fails for the first one |',
    '',
    'Each cell counts *right / failed / trusted a false 404* over all calls of the event. Sequences of events, crashes '
      + 'between calls and changes by hand',
    'are searched by `npx jest test/properties/sequences`.',
    ...(Object.keys(TITLES) as TypeName[]).flatMap(type => section(type, cells)),
    '',
  ].join('\n');
}

function section(type: TypeName, cells: readonly Cell[]): string[] {
  const faults = Object.keys(FAULTS) as FaultName[];
  const rows = ROWS.filter(row => row.type === type);
  return [
    '',
    `## ${TITLES[type]}`,
    '',
    `\`${TYPES[type].name}\``,
    '',
    `| Event | Calls | ${faults.map(fault => FAULTS[fault]).join(' | ')} |`,
    `|---|---|${faults.map(() => '---').join('|')}|`,
    ...rows.map(row => {
      const ofRow = cells.filter(cell => cell.row === row);
      const calls = [...new Set(ofRow.map(({ operation }) => operation))];
      return `| ${row.name} | ${calls.join(', ') || 'none'} | `
        + `${faults.map(fault => counts(ofRow.filter(cell => cell.fault === fault))).join(' | ')} |`;
    }),
  ];
}

function counts(cells: readonly Cell[]): string {
  if (cells.length === 0) return '–';
  return (['right', 'failed', 'believed'] as const).map(
    outcome => cells.filter(cell => cell.outcome === outcome).length,
  ).join('/');
}
