/** What kind of value it is, for a message: the value itself may be content or a secret. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return value === '' ? 'empty' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
