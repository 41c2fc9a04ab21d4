import * as fc from 'fast-check';
import type { EventPlan } from './cloudformation';
import { ANSWER_DISTURBANCES, CALL_DISTURBANCES, type Disturbance } from './disturbance';
import type { ByHand } from './hands';
import type { Change, Plan, Scenario, Step } from './scenario';
import {
  COMMON_NAME, type AssociationSpec, type ChannelSpec, type FlowSpec, type HomeName, type RefactoredSlot, type TagSet,
} from './spec';
import type { Policy } from './template';
import type { Behaviour } from '../../../local/emulator';

/**
 * Every switch of the emulator that plays what nobody could ask the real service, and the delays that a handler may
 * meet.
 */
const behaviour: fc.Arbitrary<Partial<Behaviour>> = fc.record({
  associateOverExisting: fc.constantFrom('overwrite', 'conflict'),
  associateSameFlow: fc.constantFrom('idempotent', 'conflict'),
  disassociateNotAssociated: fc.constantFrom('success', 'not-found', 'conflict', 'bad-request'),
  deleteAssociatedFlow: fc.constantFrom('conflict', 'bad-request'),
  missingFlow: fc.constantFrom('not-found', 'forbidden'),
  missingChannel: fc.constantFrom('not-found', 'forbidden'),
  missingAppInstance: fc.constantFrom('not-found', 'forbidden'),
  missingUser: fc.constantFrom('forbidden', 'not-found'),
  duplicateFlowName: fc.constantFrom('allow', 'conflict'),
  deletedChannelListing: fc.constantFrom('removed', 'lingers'),
  deletedChannelBlocksFlow: fc.constant(false),
  untagMissingKey: fc.constantFrom('success', 'bad-request'),
  listTagsOfMissing: fc.constantFrom('not-found', 'forbidden'),
  deleteAppInstanceWithFlows: fc.constantFrom('success', 'conflict', 'bad-request'),
  repeatedToken: fc.constantFrom('idempotent', 'conflict'),
  existingAdmin: fc.constantFrom('conflict', 'idempotent'),
  adminPromotionDelayMs: fc.constantFrom(0, 5_000),
  deleteConsistencyMs: fc.constantFrom(0, 5_000),
  listConsistencyMs: fc.constantFrom(0, 3_000),
}, { requiredKeys: ['associateOverExisting'] });

const policy: fc.Arbitrary<Policy> = fc.constantFrom('Delete', 'Delete', 'Retain', 'RetainExceptOnCreate');
const tags = fc.constantFrom<TagSet[]>(
  {}, { team: 'care' }, { team: 'sales' }, { stage: 'prod' }, { team: 'care', stage: 'prod' },
);
const someTags = fc.constantFrom<TagSet[]>(
  { team: 'care' }, { team: 'sales' }, { stage: 'prod' }, { team: 'care', stage: 'prod' },
);
/** Mostly the same, so that there are more updates than renames. */
const generation = fc.constantFrom(0, 0, 0, 1, 2);

const channelSpec: fc.Arbitrary<ChannelSpec> = fc.record({
  name: fc.constantFrom('lobby', 'hall'),
  id: fc.constantFrom(undefined, undefined, 'front', 'back'),
  privacy: fc.constantFrom(undefined, undefined, 'PRIVATE'),
  tags,
  policy,
  generation,
});
const flowSpec: fc.Arbitrary<FlowSpec> = fc.record({
  name: fc.constantFrom('moderation', 'redaction', COMMON_NAME),
  tags,
  processors: fc.integer({ min: 1, max: 2 }),
  hasBearer: fc.boolean(),
  policy,
  generation,
});
const associationSpec: fc.Arbitrary<AssociationSpec> = fc.record({
  // Mostly the same one, so that flows are swapped more often than channels.
  channel: fc.constantFrom('import1', 'import1', 'import1', 'import1', 'import2', 'c1', 'c2'),
  flow: fc.constantFrom('f1', 'f2', 'import'),
  bearer: fc.constantFrom('boss', 'admin'),
  onExisting: fc.constantFrom('FAIL', 'REPLACE'),
  generation,
});

const none = fc.constant(null);
const change: fc.Arbitrary<Change> = fc.record<Change>({
  home: fc.constantFrom('H1', 'H1', 'H2', 'own'),
  app: fc.record({ name: fc.constantFrom('mine', 'ours'), metadata: fc.constantFrom(undefined, 'm'), tags, policy }),
  user: fc.oneof({
    weight: 3, arbitrary: fc.record({ id: fc.constantFrom('ann', 'bob'), name: fc.constantFrom('Ann', 'Bob'), tags }),
  }, { weight: 1, arbitrary: none }),
  admin: fc.oneof(
    { weight: 3, arbitrary: fc.record({ of: fc.constantFrom('user', 'guest'), generation }) },
    { weight: 1, arbitrary: none },
  ),
  c1: fc.oneof({ weight: 3, arbitrary: channelSpec }, { weight: 1, arbitrary: none }),
  c2: fc.oneof({ weight: 3, arbitrary: channelSpec }, { weight: 1, arbitrary: none }),
  f1: fc.oneof({ weight: 4, arbitrary: flowSpec }, { weight: 1, arbitrary: none }),
  f2: fc.oneof({ weight: 3, arbitrary: flowSpec }, { weight: 1, arbitrary: none }),
  x1: fc.oneof({ weight: 4, arbitrary: associationSpec }, { weight: 1, arbitrary: none }),
  x2: fc.oneof({ weight: 3, arbitrary: associationSpec }, { weight: 1, arbitrary: none }),
  tags: fc.oneof({
    weight: 3, arbitrary: fc.record({ on: fc.constantFrom<HomeName>('H1', 'H2'), tags: someTags, generation, policy }),
  }, { weight: 1, arbitrary: none }),
  native: fc.record({ version: fc.nat({ max: 3 }), fails: fc.constantFrom(false, false, true) }),
} as never);

/** A few slots at a time: what changes everything hides what is wrong with one. Those at the heart come most often. */
const SLOTS = [
  'home', 'app', 'user', 'admin', 'c1', 'c2', 'f1', 'f1', 'f1', 'f2', 'f2', 'x1', 'x1', 'x1', 'x2', 'tags', 'native',
] as const;
const smallChange = fc.tuple(change, fc.array(fc.constantFrom(...SLOTS), { minLength: 1, maxLength: 3 }))
  .map(([all, kept]) =>
    Object.fromEntries(Object.entries(all).filter(([slot]) => kept.includes(slot as typeof SLOTS[number]))) as Change);

/**
 * All but a service that lies: whoever is told by a 404, or as an admin by a 403, that something is gone must believe
 * it. The fault matrix plays those.
 */
const honest = CALL_DISTURBANCES.filter(does => does !== 'NotFound' && does !== 'Forbidden');

/** Where it hurts. */
const WRITES = [
  'CreateChannelFlow', 'UpdateChannelFlow', 'DeleteChannelFlow', 'DisassociateChannelFlow',
  'AssociateChannelFlow', 'AssociateChannelFlow', 'AssociateChannelFlow', 'AssociateChannelFlow',
  'CreateChannel', 'CreateAppInstanceAdmin', 'TagResource', 'UntagResource',
];

const disturbance: fc.Arbitrary<Disturbance> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      call: fc.integer({ min: 1, max: 9 }), does: fc.constantFrom(...honest), isLasting: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ answer: fc.constantFrom(...ANSWER_DISTURBANCES) }) },
);
const dead: fc.Arbitrary<Disturbance> = fc.record({
  call: fc.integer({ min: 1, max: 7 }), does: fc.constantFrom('die-before', 'die-after'),
});
const eventPlan: fc.Arbitrary<EventPlan> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ attempts: fc.array(disturbance, { minLength: 1, maxLength: 2 }) }) },
  // All three deliveries die, or no answer arrives: CloudFormation learns nothing.
  {
    weight: 2,
    arbitrary: fc.oneof(fc.tuple(dead, dead, dead), fc.constant<Disturbance[]>([{ answer: 'vanishes' }]))
      .map(attempts => ({ attempts })),
  },
  { weight: 2, arbitrary: fc.record({ attempts: fc.constant([]), again: fc.constantFrom('after', 'beside', 'late') }) },
);

const onCall = fc.record({
  operation: fc.constantFrom(
    ...WRITES,
  ),
  call: fc.integer({ min: 1, max: 3 }),
  does: fc.constantFrom(...honest),
  isLasting: fc.boolean(),
});

/**
 * A swap that fails when the old flow has gone off, where the service doesn't overwrite: what must be put back then.
 */
const onSwap = fc.constant({
  operation: 'AssociateChannelFlow', call: 2, does: 'BadRequest' as const, isLasting: false,
});

export const byHand: fc.Arbitrary<ByHand> = fc.record({
  does: fc.constantFrom(
    'associate', 'associate', 'disassociate', 'delete-flow', 'delete-channel', 'tag', 'tag', 'tag', 'take-key',
    'untag', 'promote', 'demote', 'wait', 'forge', 'forge', 'forge', 'overwrite',
  ),
  which: fc.nat({ max: 9 }),
  other: fc.nat({ max: 5 }),
});

const plan: fc.Arbitrary<Plan> = fc.record({
  events: fc.oneof(
    { weight: 3, arbitrary: fc.constant(new Map<number, EventPlan>()) },
    {
      weight: 2,
      arbitrary: fc.array(fc.tuple(fc.nat({ max: 7 }), eventPlan), { minLength: 1, maxLength: 3 }).map(
        entries => new Map(entries),
      ),
    },
  ),
  onCall: fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 3, arbitrary: onCall },
    { weight: 1, arbitrary: onSwap },
  ),
  isConcurrent: fc.boolean(),
  cancels: fc.boolean(),
  rollbackId: fc.constantFrom('first', 'second', 'none'),
  cleanUpProperties: fc.constantFrom('former', 'new'),
  meanwhile: fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.record({ after: fc.nat({ max: 5 }), byHand }) },
  ),
});

const stack = fc.constantFrom<0 | 1>(0, 0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('deploy'), stack, change: smallChange, plan }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('destroy'), stack, plan }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('by-hand'), byHand }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('refactor'),
      stack,
      slots: fc.uniqueArray(fc.constantFrom<RefactoredSlot[]>('admin', 'x1', 'x2', 'tags'), { minLength: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('redeliver'), choice: fc.nat({ max: 40 }) }) },
);

/** Without fast-check's bias to small values, which makes short sequences: nothing much happens in those. */
export const scenario: fc.Arbitrary<Scenario> = fc.noBias(fc.record({
  behaviour,
  seed: fc.nat(),
  steps: fc.array(step, { minLength: 1, maxLength: 20, size: 'max' }),
}));
