import type { TypeName } from './resource-types';

/** What happens to a resource that leaves its stack, or is replaced. */
export type Policy = 'Delete' | 'Retain' | 'RetainExceptOnCreate';

export interface Resource {
  /**
   * `native` stands for everything that is not the library's: it comes, changes and goes, or fails when it is told to.
   */
  readonly type: TypeName | 'native';
  /** Values may hold `{ get, attribute }`, which is `Fn::GetAtt`. */
  readonly properties: Properties;
  readonly dependsOn?: readonly string[];
  readonly policy: Policy;
}

/** By logical id. */
export type Template = Readonly<Record<string, Resource>>;

export type Properties = Readonly<Record<string, unknown>>;

interface Reference {
  readonly get: string;
  readonly attribute: string;
}

export const attribute = (get: string, name: string): Reference => ({ get, attribute: name });

/** Logical ids in the order in which they are made: each level needs only those before it. */
export function levels(template: Template): string[][] {
  const sorted: string[][] = [];
  const done = new Set<string>();
  let waiting = Object.keys(template);
  while (waiting.length > 0) {
    const level = waiting.filter(id => needs(template[id]).every(other => done.has(other) || !(other in template)));
    if (level.length === 0) throw new Error(`the template has a circle among ${waiting.join(', ')}`);
    sorted.push(level);
    level.forEach(id => done.add(id));
    waiting = waiting.filter(id => !done.has(id));
  }
  return sorted;
}

/** Properties as an event carries them: references resolved, every scalar a string, what is not set left out. */
export function resolve(properties: Properties, attributeOf: (logicalId: string, name: string) => string): Properties {
  const value = (given: unknown): unknown => {
    if (isReference(given)) return attributeOf(given.get, given.attribute);
    if (Array.isArray(given)) return given.map(value);
    if (typeof given === 'object' && given !== null) return resolve(given as Properties, attributeOf);
    return String(given);
  };
  return Object.fromEntries(
    Object.entries(properties).filter(([, given]) => given !== undefined).map(([name, given]) => [name, value(given)]),
  );
}

function needs({ properties, dependsOn = [] }: Resource): string[] {
  return [...dependsOn, ...referencesIn(properties)];
}

function referencesIn(value: unknown): string[] {
  if (isReference(value)) return [value.get];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(referencesIn) : [];
}

function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && 'get' in value && 'attribute' in value;
}
