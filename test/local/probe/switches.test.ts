import { expectedAnswers, OWN_SWITCHES } from './expected-answers';
import { FUNCTION_ARN, Laboratory, openLaboratory } from './laboratory';
import { Behaviour, DEFAULT_BEHAVIOUR, SWITCHES } from '../../../local/emulator';
import { QUESTIONS, UNASKED } from '../../../local/probe/questions';

let laboratory: Laboratory;

beforeAll(async () => {
  laboratory = await openLaboratory();
});
afterAll(() => laboratory.close());

/** Every value of every switch beside its default, with the other switches that it takes to make a difference. */
const SETTINGS: { [Switch in keyof Behaviour]: readonly Partial<Behaviour>[] } = {
  associateOverExisting: [{ associateOverExisting: 'conflict' }],
  associateSameFlow: [{ associateSameFlow: 'conflict' }],
  disassociateNotAssociated: [
    { disassociateNotAssociated: 'not-found' }, { disassociateNotAssociated: 'conflict' },
    { disassociateNotAssociated: 'bad-request' },
  ],
  disassociateScope: [{ disassociateScope: 'every-channel' }],
  deleteAssociatedFlow: [{ deleteAssociatedFlow: 'bad-request' }],
  missingFlow: [{ missingFlow: 'forbidden' }],
  missingChannel: [{ missingChannel: 'forbidden' }],
  missingAppInstance: [{ missingAppInstance: 'forbidden' }],
  missingUser: [{ missingUser: 'not-found' }],
  duplicateFlowName: [{ duplicateFlowName: 'conflict' }],
  deletedChannelListing: [{ deletedChannelListing: 'lingers' }],
  deletedChannelListingMs: [{ deletedChannelListing: 'lingers', deletedChannelListingMs: 700 }],
  deletedChannelBlocksFlow: [
    { deletedChannelListing: 'lingers', deletedChannelListingMs: 700, deletedChannelBlocksFlow: true },
  ],
  untagMissingKey: [{ untagMissingKey: 'bad-request' }],
  listTagsOfMissing: [{ listTagsOfMissing: 'forbidden' }],
  deleteAppInstanceWithFlows: [
    { deleteAppInstanceWithFlows: 'conflict' }, { deleteAppInstanceWithFlows: 'bad-request' },
  ],
  repeatedToken: [{ repeatedToken: 'conflict' }],
  existingAdmin: [{ existingAdmin: 'idempotent' }],
  existingModerator: [{ existingModerator: 'idempotent' }],
  existingMember: [{ existingMember: 'idempotent' }],
  sendWithoutMembership: [{ sendWithoutMembership: 'allowed' }],
  missingMessage: [{ missingMessage: 'forbidden' }],
  unsentMessage: [{ unsentMessage: 'conflict' }],
  deniedMessageStatus: [{ deniedMessageStatus: 'empty' }],
  nonPersistentStatus: [{ nonPersistentStatus: 'missing' }],
  repeatedCallback: [{ repeatedCallback: 'conflict' }, { repeatedCallback: 'bad-request' }],
  unnamedByCallback: [{ unnamedByCallback: 'cleared' }],
  adminPromotionDelayMs: [{ adminPromotionDelayMs: 200 }],
  deleteConsistencyMs: [{ deleteConsistencyMs: 200 }],
  listConsistencyMs: [{ listConsistencyMs: 200 }],
  // Not asked: they must not mislead the probe.
  processorDeliveries: [{ processorDeliveries: 2 }],
  latencyMs: [{ latencyMs: 2 }],
  requestRate: [{ requestRate: { '*': { perSecond: 100, burst: 5 } } }],
  faults: [{
    faults: [
      { operation: 'CreateChannelFlow', call: 3, error: 'ServiceUnavailable' },
      { operation: 'CreateAppInstance', error: 'lost-answer' },
    ],
  }],
};

/** What shows in a processor only, or as well. */
const OF_FUNCTIONS = ['deniedMessageStatus', 'unnamedByCallback', 'repeatedCallback', 'processorDeliveries'];

test('without a function, the defaults are found, but for what takes one', async () => {
  const { results, answers, problems } = await laboratory.probe({});
  expect(answers).toEqual(expectedAnswers({}, false));
  expect(results.filter(({ kind }) => kind !== 'answered').map(({ name, kind, note }) => [name, kind, note])).toEqual([
    ['deletedChannelListingMs', 'not asked', 'does not arise'],
    ['deletedChannelBlocksFlow', 'not asked', 'does not arise'],
    ['deniedMessageStatus', 'not asked', 'takes a function: see --lambda-arn'],
    ['unnamedByCallback', 'not asked', 'takes a function: see --lambda-arn'],
    ...UNASKED.map(({ name, reason }) => [name, 'not asked', reason]),
  ]);
  expect(problems.size).toBe(0);
});

test('with a function, the defaults are found', async () => {
  // Its thread has yet to load the SDK.
  const { answers } = await laboratory.probe({}, { functionArn: FUNCTION_ARN, patienceMs: 20_000 });
  expect(answers).toEqual(expectedAnswers({}, true));
});

test.each(Object.values(SETTINGS).flat().map(setting => [JSON.stringify(setting), setting]))(
  '%s is found',
  async (_, setting) => {
    const functionArn = Object.keys(setting).some(name => OF_FUNCTIONS.includes(name)) ? FUNCTION_ARN : undefined;
    const { answers, problems } = await laboratory.probe(setting, { functionArn });
    expect(answers).toEqual(expectedAnswers(setting, functionArn !== undefined));
    expect(problems.size).toBe(0);
    expect(laboratory.emulator.state()).toMatchObject({
      appInstances: [], users: [], channels: [], channelFlows: [], tags: {},
    });
  },
);

test('the emulator that takes the answers for its behaviour gives them again', async () => {
  const setting: Partial<Behaviour> = {
    associateOverExisting: 'conflict', missingFlow: 'forbidden', deleteConsistencyMs: 200,
  };
  const { answers } = await laboratory.probe(setting);
  laboratory.emulator.setBehaviour({ ...DEFAULT_BEHAVIOUR, ...answers });
  expect(laboratory.emulator.behaviour()).toMatchObject({
    associateOverExisting: 'conflict', missingFlow: 'forbidden',
  });
});

test('every switch is asked once, or is said why not', () => {
  const asked = QUESTIONS.flatMap(({ asks }) => Object.keys(asks));
  expect([...asked, ...UNASKED.map(({ name }) => name), ...OWN_SWITCHES].sort()).toEqual([...SWITCHES].sort());
});

test('every value of every switch is tried', () => {
  const tried = (name: keyof Behaviour) => [DEFAULT_BEHAVIOUR[name], ...SETTINGS[name].map(setting => setting[name])];
  for (const name of SWITCHES.filter(
    each => typeof DEFAULT_BEHAVIOUR[each] === 'string' && each !== 'deletedChannelListingMs',
  )) {
    expect(() => laboratory.emulator.setBehaviour({ [name]: 'unheard of' }))
      .toThrow(`must be one of ${tried(name).map(value => JSON.stringify(value)).join(', ')}, got`);
  }
});
