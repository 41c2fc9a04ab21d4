import { summaryOf } from './call-summary';
import type { Demo } from './demo';
import { checkProbes, deployBrokenProcessor, sendMessages } from './message-steps';
import type { AppInstancePicture, ChannelPicture, FlowPicture } from './service-picture';
import type { RecordedCall } from '../emulator';

/** The life of the example's stack, a step at a time; each goes on from where the one before has left it. */
export async function playStory(demo: Demo): Promise<void> {
  await deployExample(demo);
  await sendMessages(demo);
  await deployBrokenProcessor(demo);
  await updateFlow(demo);
  await swapFlow(demo);
  await deployAgain(demo);
  await renameConstruct(demo);
  await removeSecondFlow(demo);
  await associateByHand(demo);
  await destroy(demo);
  await askIam(demo);
}

const MODERATION: FlowPicture = {
  processors: [{ name: 'moderate', order: 1, fallback: 'ABORT', function: 'Moderate' }],
  tags: { purpose: 'moderation' },
};

/** After `updateFlow`. */
const UPDATED_MODERATION: FlowPicture = {
  processors: [{ name: 'redact', order: 1, fallback: 'CONTINUE', function: 'Moderate' }],
  tags: { contact: 'care', purpose: 'redaction' },
};

const BARE: ChannelPicture = { tags: {}, claims: [] };
const carrying = (flow: string): ChannelPicture => ({ flow, tags: {}, claims: [flow] });

const FIRST: AppInstancePicture = {
  tags: { team: 'care', stage: 'trial' },
  users: ['operator'],
  admins: ['operator'],
  channels: {
    lobby: carrying('moderation'), billing: carrying('moderation'), staff: BARE, test: carrying('moderation'),
  },
  flows: { moderation: MODERATION },
};

async function deployExample(demo: Demo): Promise<void> {
  demo.narrator.step(
    'Deploy examples/typescript',
    'a chat with channels; a flow that runs a Lambda function on each message of some; a verification that sends '
      + 'probes through it',
  );
  await demo.deploy();
  demo.checkService({ support: FIRST });
  demo.narrator.check(
    'the flow took one call, and its tags none', summaryOf(demo.calls().filter(changesFlow)), ['CreateChannelFlow 201'],
  );
  checkProbes(demo);
}

async function updateFlow(demo: Demo): Promise<void> {
  demo.narrator.step(
    'Update the flow\'s name, processors and tags, and a tag of the app instance',
    'the service replaces name and processors by one call; tags have calls of their own, for the difference only',
  );
  demo.edit(
    { from: "stage: 'trial'", to: "stage: 'live'" },
    { from: "channelFlowName: 'moderation'", to: "channelFlowName: 'redaction'" },
    {
      from: "processorName: 'moderate', fallbackAction: FallbackAction.ABORT",
      to: "processorName: 'redact', fallbackAction: FallbackAction.CONTINUE",
    },
    { from: "tags: { purpose: 'moderation' }", to: "tags: { purpose: 'redaction', contact: 'care' }" },
  );
  const arn = demo.arnOf('channelFlows', 'moderation');
  await demo.deploy();
  demo.checkService({ support: UPDATED });
  demo.narrator.check('it is the same flow', demo.arnOf('channelFlows', 'redaction'), arn);
  demo.narrator.check(
    'one call for name and processors, one for the tags',
    summaryOf(demo.calls().filter(changesFlow)),
    ['UpdateChannelFlow 200', 'TagResource 204'],
  );
}

const UPDATED: AppInstancePicture = {
  ...FIRST,
  tags: { team: 'care', stage: 'live' },
  channels: { lobby: carrying('redaction'), billing: carrying('redaction'), staff: BARE, test: carrying('redaction') },
  flows: { redaction: UPDATED_MODERATION },
};

const SECOND_FLOW = `    const review = new ChannelFlow(this, 'Review', {
      appInstance: chat,
      channelFlowName: 'review',
      processors: [ChannelFlowProcessor.fromFunction(moderate, { processorName: 'review' })],
    });
    `;
const BILLING = 'new ChannelFlowAssociation(this, \'BillingModeration\', { channelFlow: ';

async function swapFlow(demo: Demo): Promise<void> {
  demo.narrator.step(
    'Give the billing channel another flow',
    'a channel has one flow at most: the library swaps it in place, in at most two calls, and the lobby notices '
      + 'nothing',
  );
  demo.edit({ from: `${BILLING}moderation`, to: `${SECOND_FLOW}${BILLING}review` });
  const [billing, lobby] = [demo.arnOf('channels', 'billing'), demo.arnOf('channels', 'lobby')];
  await demo.deploy();
  demo.checkService({ support: SWAPPED });
  demo.narrator.check('no call was about the lobby', summaryOf(demo.calls(lobby)), []);
  demo.narrator.check(
    'the swap was one call', summaryOf(demo.calls(billing).filter(isAboutAssociation)), ['AssociateChannelFlow 200'],
  );
}

const SWAPPED: AppInstancePicture = {
  ...UPDATED,
  channels: { lobby: carrying('redaction'), billing: carrying('review'), staff: BARE, test: carrying('redaction') },
  flows: {
    redaction: UPDATED_MODERATION,
    review: { processors: [{ name: 'review', order: 1, fallback: 'ABORT', function: 'Moderate' }], tags: {} },
  },
};

async function deployAgain(demo: Demo): Promise<void> {
  demo.narrator.step('Deploy again, first without a change, then with one that the service does not know of');
  await demo.deploy();
  demo.narrator.check('no change, no call', summaryOf(demo.calls()), []);
  demo.edit({ from: "channelFlowName: 'redaction',", to: "channelFlowName: 'redaction',\n      bearer: admin," });
  await demo.deploy();
  demo.narrator.check('a bearer is used at deletion only: no call', summaryOf(demo.calls()), []);
  demo.checkService({ support: SWAPPED });
}

async function renameConstruct(demo: Demo): Promise<void> {
  demo.narrator.step(
    'Rename a construct: CloudFormation creates the lobby\'s association anew and then deletes the old one',
    'the deletion must not take from the channel what the new association wants: the channel keeps its flow throughout',
  );
  demo.edit({ from: "'LobbyModeration'", to: "'LobbyRedaction'" });
  const lobby = demo.arnOf('channels', 'lobby');
  await demo.deploy();
  demo.checkService({ support: SWAPPED });
  demo.narrator.check('nobody touched the lobby\'s flow', summaryOf(demo.calls(lobby).filter(isAboutAssociation)), []);
}

async function removeSecondFlow(demo: Demo): Promise<void> {
  demo.narrator.step(
    'Take the second flow out of the stack',
    'billing goes back to the first flow, and so the second one has no channel when it is deleted',
  );
  demo.edit({ from: `${SECOND_FLOW}${BILLING}review`, to: `${BILLING}moderation` });
  const review = demo.arnOf('channelFlows', 'review');
  await demo.deploy();
  demo.checkService({ support: WITHOUT_SECOND_FLOW });
  const deletion = demo.calls(review).filter(call => !isAboutAssociation(call));
  demo.narrator.check(
    'its deletion was one call, after a look at whose it is',
    summaryOf(deletion),
    ['ListTagsForResource 200', 'DeleteChannelFlow 204'],
  );
}

const WITHOUT_SECOND_FLOW: AppInstancePicture = {
  ...UPDATED,
  channels: { lobby: carrying('redaction'), billing: carrying('redaction'), staff: BARE, test: carrying('redaction') },
};

async function associateByHand(demo: Demo): Promise<void> {
  demo.narrator.step(
    'Make a channel with this flow by hand, behind the stack\'s back',
    'the service refuses to delete a flow while any channel carries it, also one that the stack never knew',
  );
  await demo.makeModeratedChannelByHand('visitors');
  demo.checkService({
    support: {
      ...WITHOUT_SECOND_FLOW,
      channels: { ...WITHOUT_SECOND_FLOW.channels, visitors: { flow: 'redaction', tags: {}, claims: [] } },
    },
  });
}

async function destroy(demo: Demo): Promise<void> {
  demo.narrator.step('Destroy', 'the flow leaves that channel first, and then everything goes');
  const visitors = demo.arnOf('channels', 'visitors');
  const flow = demo.arnOf('channelFlows', 'redaction');
  await demo.destroy();
  demo.checkService({});
  demo.narrator.check(
    'the flow left the channel, and was deleted then',
    summaryOf(demo.calls(flow).filter(({ operation, input }) =>
      operation === 'DeleteChannelFlow' || (operation === 'DisassociateChannelFlow' && input.ChannelArn === visitors))),
    ['DeleteChannelFlow 409', 'DisassociateChannelFlow 204', 'DeleteChannelFlow 204'],
  );
}

async function askIam(demo: Demo): Promise<void> {
  demo.narrator.step(
    'Ask IAM about all that the functions called',
    'this service checked nobody\'s policy; a simulation of IAM does, with the policies that the functions\' roles '
      + 'were deployed with',
  );
  demo.narrator.check('every call was allowed', await demo.refusedCalls(), []);
  demo.narrator.check('and no role may call the service that never did', demo.idleRoles(), []);
}

/** Calls that change a flow or its tags. */
function changesFlow({ operation, input }: RecordedCall): boolean {
  return ['CreateChannelFlow', 'UpdateChannelFlow', 'DeleteChannelFlow'].includes(operation)
    || (['TagResource', 'UntagResource'].includes(operation) && String(input.ResourceARN).includes('/channel-flow/'));
}

function isAboutAssociation({ operation }: RecordedCall): boolean {
  return operation === 'AssociateChannelFlow' || operation === 'DisassociateChannelFlow';
}
