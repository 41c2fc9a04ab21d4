import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as identity from '@aws-sdk/client-chime-sdk-identity';
import * as messaging from '@aws-sdk/client-chime-sdk-messaging';
import { NormalizedSchema } from '@smithy/core/schema';
import { runPython } from './python-environment';
import { SCENARIO, Step } from './scenario';
import { startEmulator } from '../../local/emulator';
import { ROUTES } from '../../local/emulator/protocol/router';

/** What the service gained on 2021-10-19, and the operations that bans take. */
const OPERATIONS = [
  'AssociateChannelFlow', 'ChannelFlowCallback', 'CreateChannelBan', 'CreateChannelFlow', 'DeleteChannelFlow',
  'DescribeChannel', 'DescribeChannelBan', 'DescribeChannelFlow', 'DescribeChannelMembership',
  'DisassociateChannelFlow', 'GetChannelMessage', 'GetChannelMessageStatus', 'ListChannelFlows', 'ListChannelMessages',
  'ListChannelsAssociatedWithChannelFlow', 'ListTagsForResource', 'SendChannelMessage', 'TagResource', 'UntagResource',
  'UpdateChannelFlow',
  'UpdateChannelMessage',
];

const ELASTIC = 'the emulator has no elastic channels';
const EXPIRING = 'in the emulator no channel expires';
const AT_ONCE = 'a message that was just taken is SENT or PENDING, and neither has anything to detail';

/** Members that the emulator never returns, and why. */
const NOT_RETURNED: Readonly<Record<string, string>> = {
  'DescribeChannel.Channel.ElasticChannelConfiguration.MaximumSubChannels': ELASTIC,
  'DescribeChannel.Channel.ElasticChannelConfiguration.TargetMembershipsPerSubChannel': ELASTIC,
  'DescribeChannel.Channel.ElasticChannelConfiguration.MinimumMembershipPercentage': ELASTIC,
  'DescribeChannel.Channel.ExpirationSettings.ExpirationDays': EXPIRING,
  'DescribeChannel.Channel.ExpirationSettings.ExpirationCriterion': EXPIRING,
  'SendChannelMessage.Status.Detail': AT_ONCE,
  'UpdateChannelMessage.Status.Detail': AT_ONCE,
};

interface Result {
  readonly name: string;
  readonly status: number;
  readonly output: Record<string, unknown>;
}

const operationOf = (result: Result) =>
  SCENARIO.find(({ name, operation }) => (name ?? operation) === result.name)!.operation;

/** Both clients meet an emulator that knows nothing yet, and whose clock stands. */
const startedEmulator = () => startEmulator({
  now: () => Date.parse('2026-01-01T00:00:00Z'),
  processors: { moderate: () => {} },
});

async function resultsOfSdk(): Promise<Result[]> {
  const emulator = await startedEmulator();
  const config = {
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  };
  const clients = {
    identity: new identity.ChimeSDKIdentityClient(config), messaging: new messaging.ChimeSDKMessagingClient(config),
  };
  const answers: Record<string, any> = {};
  const results: Result[] = [];
  try {
    for (const { operation, name = operation, service = 'messaging', input } of SCENARIO) {
      if (operation === 'local-state') {
        answers[name] = await settledState(() => emulator.state());
        continue;
      }
      const Command = ({ identity, messaging }[service] as any)[`${operation}Command`];
      const { $metadata, ...output } = await (clients[service] as any).send(new Command(resolve(input, answers)));
      answers[name] = output;
      results.push({ name, status: $metadata.httpStatusCode, output });
    }
  } finally {
    await emulator.close();
  }
  return JSON.parse(JSON.stringify(results));
}

async function settledState<T extends { pendingCallbacks: { processor: { Name: string } }[] }>(
  state: () => T,
): Promise<T> {
  while (state().pendingCallbacks.some(({ processor }) => processor.Name === 'gone')) {
    await sleep(10);
  }
  return state();
}

function resolve(value: any, answers: Record<string, any>): any {
  if (typeof value === 'string') {
    return value.replace(/\{\{(.+?)\}\}/g, (_, reference: string) =>
      reference.split('.').reduce((found: any, key) => found[key], answers));
  }
  if (Array.isArray(value)) return value.map(item => resolve(item, answers));
  if (typeof value === 'object') {
    return value.date
      ? new Date(value.date)
      : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, answers)]));
  }
  return value;
}

async function resultsOfBoto3(): Promise<{ results: Result[]; members: Record<string, string[]> }> {
  const emulator = await startedEmulator();
  try {
    const { stdout, stderr } = await runPython(
      'python', [join(__dirname, 'boto3_steps.py'), JSON.stringify(SCENARIO)], emulator,
    );
    if (!stdout) throw new Error(stderr);
    return JSON.parse(stdout);
  } finally {
    await emulator.close();
  }
}

/** Ids differ from emulator to emulator: each is named by when it first appears. Tokens hold such ids. */
function withoutIds(results: Result[]): Result[] {
  const ids: string[] = [];
  const named = JSON.stringify(sortedKeys(results))
    .replace(/"NextToken":"[^"]+"/g, '"NextToken":"a token"')
    .replace(/[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, id => {
      ids.push(...ids.includes(id) ? [] : [id]);
      return `id ${ids.indexOf(id)}`;
    });
  return JSON.parse(named);
}

function sortedKeys(value: any): any {
  if (Array.isArray(value)) return value.map(sortedKeys);
  return value && typeof value === 'object'
    ? Object.fromEntries(
      Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([key, item]) => [key, sortedKeys(item)]),
    )
    : value;
}

/** The path of every member of an answer that has no members of its own, as the SDK's schema has it. */
function modelMembers(schema: NormalizedSchema, path: string[] = []): string[] {
  if (schema.isUnitSchema()) return [];
  if (schema.isStructSchema()) {
    return [...schema.structIterator()].flatMap(([name, member]) => modelMembers(member, [...path, name]));
  }
  return schema.isListSchema() || schema.isMapSchema() ? modelMembers(schema.getValueSchema(), path) : [path.join('.')];
}

/** Those of them that an answer holds. */
function heldMembers(schema: NormalizedSchema, value: any, path: string[] = []): string[] {
  if (value === undefined || schema.isUnitSchema()) return [];
  if (schema.isStructSchema()) {
    return [...schema.structIterator()].flatMap(([name, member]) => heldMembers(member, value[name], [...path, name]));
  }
  if (schema.isListSchema() || schema.isMapSchema()) {
    return Object.values(value).flatMap(item => heldMembers(schema.getValueSchema(), item, path));
  }
  return [path.join('.')];
}

const outputSchema = (operation: string) => ROUTES.find(route => route.operation === operation)!.output;

let sdk: Result[];
let boto3: { results: Result[]; members: Record<string, string[]> };
beforeAll(async () => {
  [sdk, boto3] = [await resultsOfSdk(), await resultsOfBoto3()];
});

test('the scenario calls all operations of the service\'s channel flows', () => {
  const called = new Set(SCENARIO.map(({ operation }: Step) => operation));
  expect(OPERATIONS).toHaveLength(21);
  expect(OPERATIONS.filter(operation => !called.has(operation))).toEqual([]);
});

test('boto3 and the SDK get the same answers', () => {
  expect(withoutIds(boto3.results)).toEqual(withoutIds(sdk));
});

test.each([...OPERATIONS, 'RedactChannelMessage', 'DeleteChannelMessage'])(
  '%s returns all that is modelled',
  operation => {
    const schema = outputSchema(operation);
    const modelled = modelMembers(schema).sort();
    expect(boto3.members[operation]).toEqual(modelled);
    const returned = modelled.filter(member => !(`${operation}.${member}` in NOT_RETURNED));
    for (const results of [sdk, boto3.results]) {
      const held = results.filter(result => operationOf(result) === operation).flatMap(
        ({ output }) => heldMembers(schema, output),
      );
      expect([...new Set(held)].sort()).toEqual(returned);
    }
  },
);

test('what is said not to be returned is modelled', () => {
  const modelled = OPERATIONS.flatMap(
    operation => modelMembers(outputSchema(operation)).map(member => `${operation}.${member}`),
  );
  expect(Object.keys(NOT_RETURNED).filter(member => !modelled.includes(member))).toEqual([]);
});

test.each(ROUTES.filter(({ operation }) => OPERATIONS.includes(operation)))(
  '$operation answers with the status of the model',
  ({ operation, successStatus }) => {
    const statuses = [...sdk, ...boto3.results].filter(result => operationOf(result) === operation).map(
      ({ status }) => status,
    );
    expect(new Set(statuses)).toEqual(new Set([successStatus]));
  },
);
