import {
  isOwnedBy, isOwnedByAnother, createdByOwnerAt, OWNER_TAG_KEY, ownerTag,
} from '../../../src/handlers/claims/owner';

const identity = { StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/chat/1', LogicalResourceId: 'Flow' };
const NOON = Date.UTC(2026, 0, 2, 12, 0, 59, 999);

test('the owner tag stays the same in every release, or what the last made would be nobody\'s', () => {
  expect(ownerTag({ ...identity, signed: undefined })).toEqual({
    Key: 'cdk-chime-messaging:owner', Value: 'bUR2F-ECmET7CDBT',
  });
  expect(ownerTag({ ...identity, signed: NOON })).toEqual({
    Key: 'cdk-chime-messaging:owner', Value: 'bUR2F-ECmET7CDBT hjcc0',
  });
});

test.each([[undefined, undefined], [NOON, new Date(Date.UTC(2026, 0, 2, 12))]])(
  'is known again, with the minute where it says one: %s',
  (signed, made) => {
    const tags = [{ Key: 'team', Value: 'care' }, ownerTag({ ...identity, signed })];
    expect(isOwnedBy(tags, identity)).toBe(true);
    expect(isOwnedByAnother(tags, identity)).toBe(false);
    expect(createdByOwnerAt(tags)).toEqual(made);
  },
);

test.each([
  ['another resource', { ...identity, LogicalResourceId: 'Other' }],
  ['another stack', { ...identity, StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/other/1' }],
  // What ends the one and begins the other must not be confused.
  ['ids that read alike in a row', { StackId: `${identity.StackId}F`, LogicalResourceId: 'low' }],
])('is not that of %s', (_, other) => {
  expect(isOwnedBy([ownerTag(other)], identity)).toBe(false);
  expect(isOwnedByAnother([ownerTag(other)], identity)).toBe(true);
});

test.each([
  ['no tags', []], ['tags of others', [{ Key: 'team', Value: 'care' }]],
  ['a tag without a value', [{ Key: OWNER_TAG_KEY }]],
])('%s have no owner', (_, tags) => {
  expect(isOwnedBy(tags, identity)).toBe(false);
  expect(isOwnedByAnother(tags, identity)).toBe(false);
  expect(createdByOwnerAt(tags)).toBeUndefined();
});
