import fc from 'fast-check';
import { expectedAnswers } from './expected-answers';
import { FUNCTION_ARN, Laboratory, openLaboratory } from './laboratory';
import type { Behaviour } from '../../../local/emulator';

let laboratory: Laboratory;

beforeAll(async () => {
  laboratory = await openLaboratory();
  // The function's thread loads the SDK.
  await laboratory.probe({}, { functionArn: FUNCTION_ARN, patienceMs: 20_000 });
});
afterAll(() => laboratory.close());

const delay = fc.constantFrom(0, 150, 300);

const BEHAVIOURS: fc.Arbitrary<Partial<Behaviour>> = fc.record({
  associateOverExisting: fc.constantFrom('overwrite', 'conflict'),
  associateSameFlow: fc.constantFrom('idempotent', 'conflict'),
  disassociateNotAssociated: fc.constantFrom('success', 'not-found', 'conflict', 'bad-request'),
  disassociateScope: fc.constantFrom('channel', 'every-channel'),
  deleteAssociatedFlow: fc.constantFrom('conflict', 'bad-request'),
  missingFlow: fc.constantFrom('not-found', 'forbidden'),
  missingChannel: fc.constantFrom('not-found', 'forbidden'),
  missingAppInstance: fc.constantFrom('not-found', 'forbidden'),
  missingUser: fc.constantFrom('not-found', 'forbidden'),
  duplicateFlowName: fc.constantFrom('allow', 'conflict'),
  deletedChannelListing: fc.constantFrom('removed', 'lingers'),
  deletedChannelListingMs: fc.constantFrom(1_500, 'forever'),
  deletedChannelBlocksFlow: fc.boolean(),
  untagMissingKey: fc.constantFrom('success', 'bad-request'),
  listTagsOfMissing: fc.constantFrom('not-found', 'forbidden'),
  deleteAppInstanceWithFlows: fc.constantFrom('success', 'conflict', 'bad-request'),
  repeatedToken: fc.constantFrom('idempotent', 'conflict'),
  existingAdmin: fc.constantFrom('conflict', 'idempotent'),
  existingModerator: fc.constantFrom('conflict', 'idempotent'),
  existingMember: fc.constantFrom('conflict', 'idempotent'),
  sendWithoutMembership: fc.constantFrom('forbidden', 'allowed'),
  missingMessage: fc.constantFrom('not-found', 'forbidden'),
  unsentMessage: fc.constantFrom('forbidden', 'conflict'),
  deniedMessageStatus: fc.constantFrom('missing', 'empty'),
  nonPersistentStatus: fc.constantFrom('kept', 'missing'),
  repeatedCallback: fc.constantFrom('forbidden', 'conflict', 'bad-request'),
  unnamedByCallback: fc.constantFrom('kept', 'cleared'),
  processorDeliveries: fc.constantFrom(1, 2),
  adminPromotionDelayMs: delay,
  deleteConsistencyMs: delay,
  listConsistencyMs: delay,
  latencyMs: fc.constantFrom(0, 2),
}) as fc.Arbitrary<Partial<Behaviour>>;

test('behaviours at random are found, whatever they are together', () => fc.assert(
  fc.asyncProperty(BEHAVIOURS, async behaviour => {
    const { answers, problems } = await laboratory.probe(behaviour, { functionArn: FUNCTION_ARN, patienceMs: 3_000 });
    expect(answers).toEqual(expectedAnswers(behaviour, true));
    expect(problems.size).toBe(0);
    expect(laboratory.emulator.state()).toMatchObject({ appInstances: [], channelFlows: [], tags: {} });
  }),
  // Shrinking would take minutes; the counterexample says enough.
  { numRuns: Number(process.env.PROBE_COMBINATIONS ?? 4), endOnFailure: true },
));
