import { NormalizedSchema } from '@smithy/core/schema';
import { Rule, rulesOf, violation } from './constraints';
import { badRequest } from './errors';

/** Values that would make a message unreadable are cut. */
const SHOWN_LENGTH = 100;

/**
 * Checks raw input against the schema (required members, types) and the constraint table. Everything wrong is
 * reported at once, as the service's model validation does.
 */
export function validate(schema: NormalizedSchema, input: unknown): void {
  const problems: string[] = [];
  checkStructure(schema, input, '', problems);
  if (problems.length > 0) {
    throw badRequest(
      `${problems.length} validation error${problems.length > 1 ? 's' : ''} detected: ${problems.join('; ')}`,
    );
  }
}

function checkStructure(schema: NormalizedSchema, value: unknown, path: string, problems: string[]): void {
  if (!isRecord(value)) {
    problems.push(`${path || 'the body'} must be an object, got ${show(value)}`);
    return;
  }
  const required = requiredMembers(schema);
  for (const [name, member] of schema.structIterator()) {
    const at = path ? `${path}.${name}` : name;
    const given = value[name];
    if (given !== undefined && given !== null) {
      checkValue(member, given, at, rulesOf(schema.getName()!, name), problems);
    } else if (required.includes(name)) {
      problems.push(`${at} is required`);
    }
  }
}

function checkValue(
  schema: NormalizedSchema, value: unknown, path: string, rules: readonly (Rule | undefined)[], problems: string[],
): void {
  const [rule, ...innerRules] = rules;
  const typeProblem = wrongType(schema, value);
  const problem = typeProblem ?? (rule && violation(rule, value));
  if (problem) problems.push(`${path} ${problem}, got ${show(value)}`);
  if (typeProblem) return;
  if (schema.isStructSchema()) {
    checkStructure(schema, value, path, problems);
  } else if (schema.isListSchema()) {
    checkList(schema, value as unknown[], path, innerRules, problems);
  } else if (schema.isMapSchema()) {
    checkMap(schema, value as Record<string, unknown>, path, innerRules, problems);
  }
}

function checkList(
  schema: NormalizedSchema, items: unknown[], path: string, rules: readonly (Rule | undefined)[], problems: string[],
): void {
  items.forEach((item, index) => checkValue(schema.getValueSchema(), item, `${path}[${index}]`, rules, problems));
}

function checkMap(
  schema: NormalizedSchema, map: Record<string, unknown>, path: string, rules: readonly (Rule | undefined)[],
  problems: string[],
): void {
  const [keyRule, ...valueRules] = rules;
  for (const [key, value] of Object.entries(map)) {
    checkValue(schema.getKeySchema(), key, `${path} key`, [keyRule], problems);
    checkValue(schema.getValueSchema(), value, `${path}.${key}`, valueRules, problems);
  }
}

function wrongType(schema: NormalizedSchema, value: unknown): string | undefined {
  if (schema.isStringSchema()) return typeof value === 'string' ? undefined : 'must be a string';
  if (schema.isNumericSchema()) return Number.isInteger(value) ? undefined : 'must be an integer';
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? undefined : 'must be true or false';
  if (schema.isTimestampSchema()) return typeof value === 'number' ? undefined : 'must be a timestamp';
  if (schema.isListSchema()) return Array.isArray(value) ? undefined : 'must be a list';
  return isRecord(value) ? undefined : 'must be an object';
}

/**
 * A structure's schema lists its required members first, and says last how many they are. Idempotency tokens are not
 * among them, because the SDK's client fills them in; the service requires them.
 */
export function requiredMembers(schema: NormalizedSchema): readonly string[] {
  const [, , , , names, , required = 0] = schema.getSchema() as [
    unknown, unknown, unknown, unknown, string[], unknown, number?,
  ];
  const tokens = [...schema.structIterator()].filter(([, member]) => member.isIdempotencyToken()).map(([name]) => name);
  return [...names.slice(0, required), ...tokens];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}
