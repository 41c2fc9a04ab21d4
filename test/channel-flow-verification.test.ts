import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  AppInstanceAdmin, AppInstanceUser, Bearer, Channel, ChannelFlow, ChannelFlowProcessor, ChannelFlowVerification, Probe,
  TaggedAppInstance, type ChannelFlowVerificationProps,
} from '../src';

const TYPE = 'Custom::ChimeMessagingChannelFlowVerification';
const ENV = { region: 'us-east-1', account: '123456789012' };

interface Options {
  readonly code?: string;
  readonly environment?: Record<string, string>;
  readonly props?: Partial<ChannelFlowVerificationProps>;
}

function chat({ code = 'exports.handler = () => {}', environment, props }: Options = {}) {
  const stack = new Stack(new App(), 'Chat', { env: ENV });
  const appInstance = new TaggedAppInstance(stack, 'Chat');
  const user = new AppInstanceUser(stack, 'Operator', { appInstance });
  const admin = new AppInstanceAdmin(stack, 'Admin', { appInstance, user });
  const channel = new Channel(stack, 'Probe', { appInstance, bearer: admin });
  const moderate = new lambda.Function(stack, 'Moderate', {
    runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline(code), environment,
  });
  const channelFlow = new ChannelFlow(
    stack, 'Flow', { appInstance, processors: [ChannelFlowProcessor.fromFunction(moderate)] },
  );
  const probe = Probe.delivered('hello');
  const verification = new ChannelFlowVerification(stack, 'Verification', {
    channelFlow,
    channel,
    sender: admin,
    probes: [
      probe, Probe.replaced('a', 'b'), Probe.denied('c').asEditOf('d'),
    ],
    ...props,
  });
  // Made after the verification, which must be ordered after it all the same.
  channelFlow.associate('Association', channel, { bearer: admin });
  return { stack, verification, probe };
}

function verificationIn(stack: Stack) {
  const [resource] = Object.values(Template.fromStack(stack).findResources(TYPE));
  return resource;
}

test('renders the probes and their timeout', () => {
  expect(verificationIn(chat({ props: { timeout: Duration.minutes(1) } }).stack).Properties).toMatchObject({
    Probes: [
      { Expect: 'DELIVERED', Content: 'hello' },
      { Expect: 'REPLACED', Content: 'a', Replacement: 'b' },
      { Expect: 'DENIED', Content: 'c', EditOf: 'd' },
    ],
    TimeoutMilliseconds: 60000,
  });
});

test('comes after the association, the function and its role, and the admin', () => {
  const { stack } = chat();
  const after = verificationIn(stack).DependsOn as string[];
  for (const id of ['FlowAssociation', 'Moderate', 'ModerateServiceRole', 'Admin']) {
    expect(after).toContainEqual(expect.stringMatching(new RegExp(`^${id}`)));
  }
});

test('is one function, role and resource more', () => {
  const template = Template.fromStack(chat().stack);
  template.resourceCountIs(TYPE, 1);
  template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.channelFlowVerification', Timeout: 900 });
});

describe('the revision changes', () => {
  const revisionOf = (options: Options) => verificationIn(chat(options).stack).Properties.Revision;
  const revision = revisionOf({});

  test('not, while nothing else changes', () => expect(revisionOf({})).toBe(revision));
  test('with the code', () => expect(revisionOf({ code: 'exports.handler = () => 1' })).not.toBe(revision));
  test('with the environment', () => expect(revisionOf({ environment: { WORDS: 'idiot' } })).not.toBe(revision));
  test(
    'with what the app can not see, if it is told',
    () => expect(revisionOf({ props: { revision: '2' } })).not.toBe(revision),
  );
  test('not with the sender', () => {
    const sender = Bearer.fromArn('arn:aws:chime:us-east-1:123456789012:app-instance/a/user/b');
    expect(revisionOf({ props: { sender } })).toBe(revision);
  });
});

test('outcome and time of a probe are attributes', () => {
  const { stack, verification, probe } = chat();
  new CfnOutput(stack, 'Outcome', { value: verification.outcomeOf(probe) });
  new CfnOutput(stack, 'Time', { value: verification.millisecondsOf(probe) });
  const [id] = Object.keys(Template.fromStack(stack).findResources(TYPE));
  expect(Template.fromStack(stack).findOutputs('*')).toMatchObject({
    Outcome: { Value: { 'Fn::GetAtt': [id, 'Probe1Outcome'] } },
    Time: { Value: { 'Fn::GetAtt': [id, 'Probe1Milliseconds'] } },
  });
});

test('attributes of the 41st probe, which do not fit into an answer, are refused', () => {
  const probes = Array.from({ length: 41 }, (_, index) => Probe.delivered(`probe ${index}`));
  const { verification } = chat({ props: { probes } });
  expect(() => verification.outcomeOf(probes[39])).not.toThrow();
  for (const attributeOf of ['outcomeOf', 'millisecondsOf'] as const) {
    expect(() => verification[attributeOf](probes[40])).toThrow(
      'outcomes are known of the first 40 probes of Chat/Verification, got probe 41: put it before others',
    );
  }
});

test('a probe of another verification is refused', () => {
  expect(() => chat().verification.outcomeOf(Probe.delivered('hello'))).toThrow(
    'the probe must be one of the 3 of Chat/Verification, got another',
  );
});

test.each<[string, Partial<ChannelFlowVerificationProps>, string]>([
  ['no probe', { probes: [] }, 'probes must be at least 1, got none: add one'],
  [
    'an empty probe', { probes: [Probe.delivered('')] },
    'content of probe 1 must be 1 to 4096 bytes, got 0: give it a value',
  ],
  [
    'a long probe', { probes: [Probe.delivered('ü'.repeat(2049))] },
    'content of probe 1 must be 1 to 4096 bytes, got 4098: shorten it',
  ],
  [
    'a long replacement', { probes: [Probe.replaced('a', 'x'.repeat(4097))] },
    'replacement of probe 1 must be 1 to 4096 bytes, got 4097: shorten it',
  ],
  [
    'an empty message before', { probes: [Probe.denied('a').asEditOf('')] },
    'content before the edit of probe 1 must be 1 to 4096 bytes, got 0',
  ],
  [
    'a replacement that is none', { probes: [Probe.replaced('a', 'a')] },
    'probe 1 must be replaced by something else, got the same content twice',
  ],
  ['a long timeout', { timeout: Duration.minutes(11) }, 'timeout must be 1 second to 10 minutes, got 660 seconds'],
  ['a short timeout', { timeout: Duration.millis(10) }, 'timeout must be 1 second to 10 minutes, got 0.01 seconds'],
])('%s is refused at synthesis', (_, props, message) => {
  expect(() => App.of(chat({ props }).stack)).not.toThrow();
  expect(() => Template.fromStack(chat({ props }).stack)).toThrow(message);
});
