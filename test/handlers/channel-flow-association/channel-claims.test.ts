import {
  flowsOf, displacedClaimTag, ownClaimTag, readChannelClaims, type ChannelClaim,
} from '../../../src/handlers/channel-flow-association/channel-claims';
import { STACK_ID } from '../events';

const APP = 'arn:aws:chime:us-east-1:123456789012:app-instance/a';
const CHANNEL = `${APP}/channel/lobby`;
const [FLOW, BEFORE, THEIRS] = ['flow', 'before', 'theirs'].map(id => `${APP}/channel-flow/${id}`);

const lobby = { StackId: STACK_ID, LogicalResourceId: 'Lobby' };
const sibling = { ...lobby, LogicalResourceId: 'Sibling' };
const stranger = { ...lobby, StackId: STACK_ID.replace('/chat/', '/other/') };

test.each<[string, ChannelClaim, string, ChannelClaim]>([
  ['a flow', { flow: FLOW }, 'flow', { flow: FLOW }],
  ['a flow and the one before', { flow: FLOW, before: BEFORE }, 'flow before', { flow: FLOW, before: BEFORE }],
  ['a flow that was there before', { flow: FLOW, before: FLOW }, 'flow', { flow: FLOW }],
  ['a flow that takes the place of another', { flow: FLOW, before: BEFORE, displacing: THEIRS }, 'flow before theirs',
    { flow: FLOW, before: BEFORE, displacing: THEIRS }],
  [
    'a first flow that takes the place of another', { flow: FLOW, displacing: THEIRS }, 'flow flow theirs',
    { flow: FLOW, displacing: THEIRS },
  ],
])('a claim of %s is read as it was written', (_, claim, value, own) => {
  const tag = ownClaimTag(lobby, claim);
  expect(tag.Value).toBe(value);
  expect(readChannelClaims([tag], CHANNEL, lobby)).toEqual({ own, ofStack: [], ofOthers: [] });
});

test('each claim is read from its claimant\'s side', () => {
  const tags = [
    ownClaimTag(lobby, { flow: FLOW }), ownClaimTag(sibling, { flow: BEFORE }),
    ownClaimTag(stranger, { flow: THEIRS, before: FLOW }),
    displacedClaimTag(BEFORE),
  ];
  expect(readChannelClaims(tags, CHANNEL, lobby)).toEqual({
    own: { flow: FLOW }, ofStack: [{ flow: BEFORE }], ofOthers: [{ flow: THEIRS, before: FLOW }], displaced: BEFORE,
  });
  expect(readChannelClaims(tags, CHANNEL, stranger)).toMatchObject({ own: { flow: THEIRS }, ofStack: [] });
});

test.each([
  [undefined, []],
  [{ flow: FLOW }, [FLOW]],
  [{ flow: FLOW, before: BEFORE, displacing: THEIRS }, [FLOW, BEFORE]],
])('the flows of a claim are those that the claimant put there', (claim, flows) => {
  expect(flowsOf(claim)).toEqual(flows);
});
