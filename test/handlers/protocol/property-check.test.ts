import { checkProperties } from '../../../src/handlers/protocol/property-check';
import { createEvent, deleteEvent, updateEvent } from '../events';

interface Properties { readonly Name: string; readonly Metadata?: string; readonly Tags?: object }

const NAMES = { required: ['Name'], optional: ['Metadata'], tags: ['Tags'] } as const;
const check = (properties: unknown) => () => checkProperties<Properties>(createEvent(properties as Properties), NAMES);

test.each([
  ['the least', { Name: 'n' }],
  ['all', { Name: 'n', Metadata: 'm', Tags: [{ Key: 'k', Value: 'v' }, { Key: 'l', Value: '' }] }],
  ['what is empty, where it may be', { Name: 'n', Metadata: '', Tags: [] }],
])('takes %s', (_, properties) => {
  expect(check(properties)).not.toThrow();
});

test.each([
  ['no name', {}, 'Name must be a string that is not empty'],
  ['an empty name', { Name: '' }, 'Name must be a string that is not empty'],
  ['metadata that are no text', { Name: 'n', Metadata: 7 }, 'Metadata must be a string'],
  ['tags that are no list', { Name: 'n', Tags: { Key: 'k', Value: 'v' } }, 'Tags must be a list of { Key, Value }'],
  ['a tag without a value', { Name: 'n', Tags: [{ Key: 'k', Value: 'v' }, { Key: 'l' }] }, 'Tags must be a list of { Key, Value }'],
  ['a tag without a key', { Name: 'n', Tags: [{ Value: 'v' }] }, 'Tags must be a list of { Key, Value }'],
  ['a tag that is nothing', { Name: 'n', Tags: [null] }, 'Tags must be a list of { Key, Value }'],
  ['all of it', { Metadata: {}, Tags: 'x' }, 'Name must be a string that is not empty; Metadata must be a string; Tags must be a list of { Key, Value }'],
])('refuses %s, and says which property it is', (_, properties, problem) => {
  expect(check(properties)).toThrow(new Error(`${problem} — correct the properties in the template`));
});

test('asks for no tags where the type has none', () => {
  const untagged = { required: ['Name'], optional: [] } as const;
  expect(() => checkProperties<Properties>(updateEvent('id', { Name: 'n' }, { Name: 'o' }), untagged)).not.toThrow();
});

test('never refuses a Delete', () => {
  expect(() => checkProperties<Properties>(deleteEvent('id', {} as Properties), NAMES)).not.toThrow();
});
