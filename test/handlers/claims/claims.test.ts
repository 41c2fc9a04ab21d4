import {
  arnClaimedBy, claimedPhysicalId, claimKey, DISPLACED_CLAIM_KEY, readClaims,
} from '../../../src/handlers/claims/claims';

const identity = (LogicalResourceId: string, stack = 'chat') =>
  ({ LogicalResourceId, StackId: `arn:aws:cloudformation:us-east-1:123456789012:stack/${stack}/1` });
const tag = (Key: string, Value: string) => ({ Key, Value });

const lobby = identity('Lobby');

describe('claimKey', () => {
  test('stays the same in every release, or the claims of the last would be lost', () => {
    expect(claimKey(lobby)).toBe('cdk-chime-messaging:claim:C0sX0z6f-9Ykss0Y:TJep75XNAtJkJ-k1');
    expect(DISPLACED_CLAIM_KEY).toBe('cdk-chime-messaging:claim:nobody');
  });

  test('begins alike for the resources of one stack, and is another for each', () => {
    const stackPart = (key: string) => key.split(':').slice(0, 3).join(':');
    expect(stackPart(claimKey(identity('Hall')))).toBe(stackPart(claimKey(lobby)));
    expect(claimKey(identity('Hall'))).not.toBe(claimKey(lobby));
    expect(stackPart(claimKey(identity('Lobby', 'other')))).not.toBe(stackPart(claimKey(lobby)));
  });
});

describe('readClaims', () => {
  test('sorts the claims by who made them, and those by their keys, in whatever order the tags come', () => {
    const others = ['Hall', 'Den', 'Attic', 'Cellar'].map(id => tag(claimKey(identity(id)), id));
    const theirs = ['Lobby', 'Hall', 'Den'].map(id => tag(claimKey(identity(id, 'other')), `their ${id}`));
    const tags = [
      tag('team', 'care'), ...others, tag(claimKey(lobby), 'own'), tag(DISPLACED_CLAIM_KEY, 'nobody'), ...theirs,
      tag('cdk-chime-messaging:owner', 'x'),
    ];
    const valuesInOrder = (claims: { Key: string; Value: string }[]) =>
      claims.sort((a, b) => a.Key < b.Key ? -1 : 1).map(({ Value }) => Value);
    const found = readClaims(tags, lobby);
    expect(found).toEqual({
      own: 'own', ofStack: valuesInOrder(others), ofOthers: valuesInOrder(theirs), displaced: 'nobody',
    });
    expect(readClaims([...tags].reverse(), lobby)).toEqual(found);
  });

  test('finds none among the tags of others', () => {
    expect(readClaims([tag('team', 'care'), tag('cdk-chime-messaging:owner', 'x')], lobby)).toEqual({
      ofStack: [], ofOthers: [],
    });
  });
});

describe('the physical id of what is claimed', () => {
  const arn = 'arn:aws:chime:us-east-1:123456789012:app-instance/a/channel/c';

  test('gives the ARN back, and is another for each resource', () => {
    expect(arnClaimedBy({ ...lobby, PhysicalResourceId: claimedPhysicalId(arn, lobby) }, 'x')).toBe(arn);
    expect(claimedPhysicalId(arn, identity('Hall'))).not.toBe(claimedPhysicalId(arn, lobby));
  });

  test('names the claimant for ever, whatever CloudFormation calls the resource later', () => {
    const PhysicalResourceId = claimedPhysicalId(arn, lobby);
    const refactored = { ...identity('Hall'), PhysicalResourceId };
    expect(claimKey(refactored)).toBe(claimKey(lobby));
    expect(claimedPhysicalId(`${arn}2`, refactored)).toBe(claimedPhysicalId(`${arn}2`, lobby));
    expect(arnClaimedBy(refactored, 'x')).toBe(arn);
    const sibling = tag(claimKey(identity('Den')), 'of the stack');
    const other = tag(claimKey(identity('Attic', 'other')), 'of another stack');
    expect(readClaims([tag(claimKey(lobby), 'own'), sibling, other], refactored)).toEqual({
      own: 'own', ofStack: [sibling.Value], ofOthers: [other.Value],
    });
  });

  test('of another stack names that stack\'s claimant, whom no other stack speaks for', () => {
    const theirs = { ...identity('Hall', 'other'), PhysicalResourceId: claimedPhysicalId(arn, lobby) };
    expect(claimKey(theirs)).toBe(claimKey(identity('Hall', 'other')));
    expect(claimedPhysicalId(arn, theirs)).toBe(claimedPhysicalId(arn, identity('Hall', 'other')));
    expect(arnClaimedBy(theirs, 'x')).toBeUndefined();
    expect(readClaims([tag(claimKey(lobby), 'theirs')], theirs)).toEqual({
      own: undefined, ofStack: [], ofOthers: ['theirs'], displaced: undefined,
    });
  });

  test('does not name the claimant where CloudFormation invented it', () => {
    expect(claimKey({ ...lobby, PhysicalResourceId: 'chat-Lobby-1X2Y3Z' })).toBe(claimKey(lobby));
  });

  test.each([
    undefined, '', arn, `${arn}#`, `${arn}#a#b`, `${arn}#${'a'.repeat(16)}`, `x${claimedPhysicalId(arn, lobby)}`,
    `${claimedPhysicalId(arn, lobby)}x`, 'chat-Lobby-1X2Y3Z', 'chat#a', 'chat#arn:',
  ])('%s names nothing, so that the properties do', PhysicalResourceId => {
    expect(arnClaimedBy({ ...lobby, PhysicalResourceId }, 'x')).toBe('x');
  });
});
