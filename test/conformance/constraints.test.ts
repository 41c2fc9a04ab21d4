import { join } from 'node:path';
import { runPython } from './python-environment';
import { Rule, rulesOf } from '../../local/emulator/protocol/constraints';
import { OPERATIONS } from '../../local/emulator/operations';
import { ROUTES } from '../../local/emulator/protocol/router';
import { requiredMembers } from '../../local/emulator/protocol/validation';


interface ModelRule {
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
}

interface Model {
  rules: Record<string, { operations: string[]; rules: ModelRule[] }>;
  required: Record<string, string[]>;
}

/** Patterns that allow everything are left out of the table. */
const ANYTHING = '[\\s\\S]*';

let model: Model;
beforeAll(async () => {
  const { stdout, stderr } = await runPython('python', [join(__dirname, 'print_constraints.py')]);
  if (!stdout) throw new Error(stderr);
  model = JSON.parse(stdout);
});

/** The model's pattern, as JavaScript writes it. */
function asJavaScript(pattern: string): string {
  const astral = pattern.replace('\\u10000-\\u10FFFF', '\\u{10000}-\\u{10FFFF}');
  const anchored = astral.startsWith('^') ? astral : `^${astral}$`;
  // Escapes that are needless in JavaScript, or forbidden with the u flag.
  return anchored.replace(/\\([.:@_])(?=[^[\]]*\])/g, '$1').replace(/\[a-z0-9-\\\.\]/g, '[a-z0-9-.]').replace(
    /\//g, '\\/',
  ).replace('[^\\/]', '[^/]');
}

function comparable({ min, max, pattern, enum: values }: ModelRule): ModelRule {
  return {
    min,
    max,
    pattern: pattern === undefined || pattern === ANYTHING ? undefined : asJavaScript(pattern),
    enum: values && [...values].sort(),
  };
}

function ours(rule: Rule | undefined): ModelRule {
  return {
    min: rule?.min, max: rule?.max, pattern: rule?.pattern?.source, enum: rule?.values && [...rule.values].sort(),
  };
}

test('the constraint table says what the model says of every member of a served operation', () => {
  const served = Object.keys(OPERATIONS);
  const members = Object.entries(model.rules).filter(
    ([, { operations }]) => operations.some(operation => served.includes(operation)),
  );
  expect(members.length).toBeGreaterThan(150);
  const differences = members.flatMap(([path, { rules }]) => {
    const [structure, member] = path.split('.');
    const table = rulesOf(structure, member);
    return rules
      .map((rule, depth) => ({ path, depth, model: comparable(rule), table: ours(table[depth]) }))
      .filter(entry => JSON.stringify(entry.model) !== JSON.stringify(entry.table));
  });
  expect(differences).toEqual([]);
});

test.each(ROUTES)('$operation requires what the model requires', ({ input }) => {
  if (!input.isUnitSchema()) expect([...requiredMembers(input)].sort()).toEqual(model.required[input.getName()!]);
});
