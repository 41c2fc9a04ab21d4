import { join } from 'node:path';
import { summaryOf } from './call-summary';
import type { SentMessage } from './chat-client';
import type { Demo } from './demo';
import type { Edit } from './example-copy';
import type { StateView } from '../emulator';

const MESSAGES = ['Where is my parcel?', 'My card is 4111 1111 1111 1111', 'You idiot!'];

/** Status of each message, and what the channel's members read. */
const MODERATED = [
  ['SENT', 'Where is my parcel?'],
  ['SENT', 'My card is [card number]'],
  ['NotFoundException', undefined],
];

/** Checks how the probes of the deployment ended. */
export function checkProbes(demo: Demo): void {
  const probes = demo.output('Probes');
  demo.narrator.say(`the verification's probes: ${probes}`);
  demo.narrator.check(
    'each ended as it must', probes.replace(/ in \d+ ms/g, ''), 'delivered, replaced, denied, denied',
  );
  checkNoProbeLeft(demo);
}

/** Follows messages through the deployed flow. */
export async function sendMessages(demo: Demo): Promise<void> {
  demo.narrator.step(
    'Send three messages to the lobby',
    'each is held until the Lambda function has said what happens to it: examples/typescript/processor/index.ts',
  );
  const messages = await demo.sendToLobby(...MESSAGES);
  demo.narrator.check('one came as it was, one redacted, one not at all', outcomes(messages), MODERATED);
  demo.narrator.say(
    'a denied message is not stored, and so has no status: its sender is told when connected, and nobody else',
  );
  demo.narrator.check(
    'of the denied one its sender alone was told',
    demo.toldOf(messages[2].messageId),
    ['PENDING_CREATE_CHANNEL_MESSAGE → operator', 'DENIED_CREATE_CHANNEL_MESSAGE → operator'],
  );
}

const BROKEN: Edit[] = [
  {
    file: join('processor', 'index.ts'),
    from: 'const CARD_NUMBER = /\\b(?:\\d[ -]?){12,18}\\d\\b/g;',
    to: 'const CARD_NUMBER = /\\b\\d{13,19}\\b/g;',
  },
  // A minute would be a long time to watch.
  { from: 'timeout: Duration.minutes(1)', to: 'timeout: Duration.seconds(8)' },
];

/** What happens to the probes when card numbers with spaces get through. */
const COMPLAINT = 'channel flow verification failed: probe 1 was delivered after … ms, as it must; '
  + 'probe 2 was delivered after … ms and must be replaced; probe 3 was denied after … ms, as it must; '
  + 'probe 4 was denied after … ms, as it must';

/** Lets the verification save the users of the chat from a mistake. */
export async function deployBrokenProcessor(demo: Demo): Promise<void> {
  demo.narrator.step(
    'Deploy a processor that somebody broke',
    'a simpler expression for card numbers forgets that people write them with spaces: nothing that a deployment would '
      + 'notice,',
    'but for the verification: its probes go through the new code, and CloudFormation rolls back to the old code',
  );
  demo.edit(...BROKEN);
  const before = withoutTimesOfMessages(demo.serviceState());
  const error = await demo.deployInVain();
  demo.narrator.check('it says how each probe ended', complaintIn(error), COMPLAINT);
  demo.narrator.check('CloudFormation has rolled back', await demo.stackStatus(), 'UPDATE_ROLLBACK_COMPLETE');
  demo.narrator.check(
    'the service holds exactly what it held before', withoutTimesOfMessages(demo.serviceState()), before,
  );
  checkNoProbeLeft(demo);
  checkCallsOfVerification(demo);
  demo.narrator.say('the lobby again');
  const messages = await demo.sendToLobby(...MESSAGES);
  demo.narrator.check('the old processor is at work', outcomes(messages), MODERATED);
  demo.narrator.say('its owner takes the change back');
  demo.edit(...BROKEN.map(({ file, from, to }) => ({ file, from: to, to: from })));
}

function checkNoProbeLeft(demo: Demo): void {
  const test = demo.arnOf('channels', 'test');
  const { messages, pendingCallbacks } = demo.serviceState();
  const left = [...messages, ...pendingCallbacks].filter(({ ChannelArn }) => ChannelArn === test);
  demo.narrator.check('no probe is left, and no answer is owed', left, []);
}

/** What a verification calls, and its processors. */
const CALLS_OF_VERIFICATION = [
  'ChannelFlowCallback', 'DeleteChannelMessage', 'DescribeChannel', 'GetChannelMessage', 'GetChannelMessageStatus',
  'ListChannelMessages',
  'SendChannelMessage', 'UpdateChannelMessage',
];

function checkCallsOfVerification(demo: Demo): void {
  const calls = demo.calls();
  const others = calls.filter(({ operation }) => !CALLS_OF_VERIFICATION.includes(operation));
  demo.narrator.check('the deployment changed nothing at the service', summaryOf(others), []);
  const elsewhere = calls.length - demo.calls(demo.arnOf('channels', 'test')).length;
  demo.narrator.check('all of its calls were about the channel for probes', elsewhere, 0);
  const lastRemoval = calls.map(({ operation }) => operation).lastIndexOf('DeleteChannelMessage');
  demo.narrator.check(
    'after the probes\' removal the rollback made no call', summaryOf(calls.slice(lastRemoval + 1)), [],
  );
}

function complaintIn(error: string): string | undefined {
  return /channel flow verification failed: .*?(?= —)/.exec(error)?.[0].replace(/\d+ ms/g, '… ms');
}

function outcomes(messages: readonly SentMessage[]): [string, string | undefined][] {
  return messages.map(({ status, read }) => [status, read]);
}

/** A probe came to its channel, and has gone again: when the last message came is all that has changed. */
function withoutTimesOfMessages({ channels, ...others }: StateView): object {
  return { ...others, channels: channels.map(({ LastMessageTimestamp, ...channel }) => channel) };
}
