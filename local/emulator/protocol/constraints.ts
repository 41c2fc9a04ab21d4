import { errors, members, shapes } from './service-model.json';

/** What the service asks of a value beyond its type. Lengths count characters of strings and items of lists. */
export interface Rule {
  readonly min?: number;
  readonly max?: number;
  /** Matches the whole value. */
  readonly pattern?: RegExp;
  readonly enum?: readonly string[];
}

/**
 * The constraints of the service model, by the model's shape names. The SDK's schemas know nothing of them:
 * `npm run service-model` takes them from botocore's copy of the model.
 */
const RULES: ReadonlyMap<string, Rule> = new Map(Object.entries(shapes as Record<string, Constraints>).map(
  ([name, { pattern, ...rule }]) => [name, { ...rule, ...pattern !== undefined && { pattern: compiled(pattern) } }],
));

type Constraints = Omit<Rule, 'pattern'> & { readonly pattern?: string };

function compiled(pattern: string): RegExp {
  return new RegExp(pattern, pattern.includes('\\u{') ? 'u' : '');
}

const MEMBERS: Readonly<Record<string, Readonly<Record<string, readonly (string | null)[]>>>> = members;
const ERRORS: Readonly<Record<string, readonly string[]>> = errors;

/** A shape's rule, by the model's name of it. */
export function ruleOf(shape: string): Rule | undefined {
  return RULES.get(shape);
}

/** The rules of a member of a structure: for the member itself, then for its items or keys. */
export function rulesOf(structure: string, member: string): readonly (Rule | undefined)[] {
  return (MEMBERS[structure]?.[member] ?? []).map(shape => shape === null ? undefined : RULES.get(shape));
}

/** Whether the operation's model lists the error, named without `Exception`. */
export function isModelled(operation: string, error: string): boolean {
  return ERRORS[operation]?.includes(error) ?? false;
}

/** Why a value breaks a rule; nothing if it doesn't. */
export function violation(rule: Rule, value: unknown): string | undefined {
  if (rule.enum && !rule.enum.includes(String(value))) return `must be one of ${rule.enum.join(', ')}`;
  const [size, unit] = sizeOf(value);
  if (size < (rule.min ?? -Infinity) || size > (rule.max ?? Infinity)) return `must be ${range(rule)}${unit}`;
  if (rule.pattern && !rule.pattern.test(String(value))) return `must match ${rule.pattern.source}`;
  return undefined;
}

function sizeOf(value: unknown): [number, string] {
  if (typeof value === 'number') return [value, ''];
  return Array.isArray(value) ? [value.length, ' items'] : [[...String(value)].length, ' characters'];
}

function range({ min, max }: Rule): string {
  if (max === undefined) return `at least ${min}`;
  return min === max ? `exactly ${min}` : `${min ?? 0} to ${max}`;
}
