import type { LifecycleEvent } from './lifecycle';

/** Which properties a type has, by what they hold. */
export interface PropertyNames<Properties> {
  readonly required: readonly (keyof Properties & string)[];
  readonly optional: readonly (keyof Properties & string)[];
  /** Lists of `{ Key, Value }`. */
  readonly tags?: readonly (keyof Properties & string)[];
}

/**
 * Refuses properties that are no strings before anything is called, so that the failure names the property. A Delete is
 * never refused for them: what was never made needs no properties to be deleted.
 */
export function checkProperties<Properties extends object>(
  { RequestType, ResourceProperties }: LifecycleEvent<Properties>,
  { required, optional, tags = [] }: PropertyNames<Properties>,
): void {
  if (RequestType === 'Delete') return;
  const problems = [
    ...required.filter(name => !isText(ResourceProperties[name]) || ResourceProperties[name] === '').map(name => `${name} must be a string that is not empty`),
    ...optional.filter(name => ResourceProperties[name] !== undefined && !isText(ResourceProperties[name])).map(name => `${name} must be a string`),
    ...tags.filter(name => ResourceProperties[name] !== undefined && !isTagList(ResourceProperties[name])).map(name => `${name} must be a list of { Key, Value }`),
  ];
  if (problems.length > 0) throw new Error(`${problems.join('; ')} — correct the properties in the template`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTagList(value: unknown): boolean {
  return Array.isArray(value) && value.every(tag => isText(tag?.Key) && isText(tag?.Value));
}
