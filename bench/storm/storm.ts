/**
 * Hundreds of associations at once, on a service that allows a few calls of each operation per second: who fails, and
 * how long it takes against what the calls of the busiest operation take at the allowed rate. `npm run bench -- storm`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChimeSDKMessagingClient, CreateChannelFlowCommand } from '@aws-sdk/client-chime-sdk-messaging';
import { LOCAL_ACCOUNT, localClientConfig } from '../../local/deployment/environment';
import { makeRunDirectory } from '../../local/deployment/run-directory';
import { lambdaNode, runNode } from '../child';
import { BENCH, CONTESTANTS, type Contestant } from '../contestants';
import { progress } from '../figures';
import { ANSWER_HOST, startAnswerServer } from '../provider/answer-server';
import { startService, type Service } from '../service';

const LATENCY_MS = 30;
const WALL_LIMIT = 1.3;

interface Case {
  readonly name: string;
  readonly requestType: 'Create' | 'Delete';
  readonly associations: number;
  readonly perSecond: number;
}

const CASES: readonly Case[] = [
  { name: '300 × Create at 10/s', requestType: 'Create', associations: 300, perSecond: 10 },
  { name: '450 × Create at 5/s', requestType: 'Create', associations: 450, perSecond: 5 },
  { name: '450 × Delete at 5/s', requestType: 'Delete', associations: 450, perSecond: 5 },
];

interface Provider {
  readonly module: string;
  readonly exported: string;
  /** Whether the function puts its answer to the ResponseURL itself. */
  readonly answersItself: boolean;
  /** The function's time-out. */
  readonly timeoutMs: number;
  event(
    channel: string, flow: string, bearer: string,
  ): { ResourceType: string; ResourceProperties: object; physicalId: string };
}

const CDK = join(
  BENCH,
  'node_modules',
  'aws-cdk-lib',
  'custom-resource-handlers',
  'dist',
  'custom-resources',
  'aws-custom-resource-handler',
);

const PROVIDERS: Partial<Record<Contestant, Provider>> = {
  'ours': {
    module: join(BENCH, '..', 'lib', 'lambda', 'index.js'),
    exported: 'channelFlowAssociation',
    answersItself: true,
    timeoutMs: 900_000,
    event: (ChannelArn, ChannelFlowArn, Bearer) => ({
      ResourceType: 'Custom::ChimeMessagingChannelFlowAssociation',
      ResourceProperties: { ChannelArn, ChannelFlowArn, Bearer, OnExisting: 'FAIL' },
      physicalId: '',
    }),
  },
  'aws-custom-resource': {
    module: join(CDK, 'index.js'),
    exported: 'handler',
    answersItself: true,
    timeoutMs: 120_000,
    event: (ChannelArn, ChannelFlowArn, ChimeBearer) => {
      const parameters = { ChannelArn, ChannelFlowArn, ChimeBearer };
      const call = (action: string) => JSON.stringify({
        service: '@aws-sdk/client-chime-sdk-messaging',
        action,
        parameters,
        physicalResourceId: {
          id: `${ChannelArn} flow`,
        },
      });
      return {
        ResourceType: 'Custom::AWS',
        ResourceProperties: {
          Create: call('AssociateChannelFlow'), Delete: call('DisassociateChannelFlow'), InstallLatestAwsSdk: 'false',
        },
        physicalId: `${ChannelArn} flow`,
      };
    },
  },
  'provider-framework': {
    module: join(BENCH, 'apps', 'hand-written', 'index.js'),
    exported: 'handler',
    answersItself: false,
    timeoutMs: 900_000,
    event: (ChannelArn, ChannelFlowArn, ChimeBearer) => ({
      ResourceType: 'Custom::ChannelFlowAssociation',
      ResourceProperties: { ChannelArn, ChannelFlowArn, ChimeBearer },
      physicalId: `${ChannelArn} flow`,
    }),
  },
};

async function main(): Promise<void> {
  const runDirectory = makeRunDirectory('storm');
  const rows = [];
  for (const each of CASES) {
    for (const [contestant, provider] of Object.entries(PROVIDERS) as [Contestant, Provider][]) {
      progress(`${each.name}: ${CONTESTANTS[contestant]}`);
      rows.push({
        storm: each.name, of: CONTESTANTS[contestant], ...await measure(each, provider, join(runDirectory, contestant)),
      });
    }
  }
  console.table(rows);
  const missed = rows.filter(
    row => row.of === CONTESTANTS.ours && (row.failed > 0 || row['wall ÷ needed'] > WALL_LIMIT),
  );
  process.exitCode = missed.length > 0 ? 1 : 0;
}

async function measure({ requestType, associations, perSecond }: Case, provider: Provider, runDirectory: string) {
  const service = await startService(associations);
  const answers = await startAnswerServer(runDirectory);
  try {
    const { flow, channels, bearer } = await arrange(service, associations);
    const events = (type: 'Create' | 'Delete', ids: ReadonlyMap<string, string>) => channels.map((channel, index) => {
      const { physicalId, ...event } = provider.event(channel, flow, bearer);
      return {
        ...event,
        RequestType: type,
        RequestId: `${type}-${index}`,
        ResponseURL: `https://${ANSWER_HOST}/answer?X-Amz-Date=${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`,
        StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Storm/1',
        LogicalResourceId: `Association${index}`,
        ServiceToken: 'bench',
        ...type === 'Delete' && { PhysicalResourceId: ids.get(`Association${index}`) ?? physicalId },
      };
    });
    const play = async (some: readonly object[]) => {
      const before = answers.all().length;
      await containers(provider, some, service, answers, runDirectory);
      return answers.all().slice(before);
    };
    // What is deleted was made before, in fair weather.
    const made = requestType === 'Delete' ? await play(events('Create', new Map())) : [];
    const ids = new Map(
      made.map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId, PhysicalResourceId]),
    );
    service.emulator.setBehaviour({ latencyMs: LATENCY_MS, requestRate: { '*': { perSecond, burst: perSecond } } });
    const [calls, began] = [service.emulator.calls().length, performance.now()];
    const received = await play(events(requestType, ids));
    const seconds = (performance.now() - began) / 1000;
    const since = service.emulator.calls().slice(calls);
    const served = new Map<string, number>();
    for (const { operation, status } of since) {
      if (status !== 429) served.set(operation, (served.get(operation) ?? 0) + 1);
    }
    const needed = Math.max(...served.values()) / perSecond;
    return {
      'failed': associations - received.filter(({ Status }) => Status === 'SUCCESS').length,
      'wall, s': round(seconds),
      'wall ÷ needed': round(seconds / needed),
      'calls served': since.filter(({ status }) => status !== 429).length,
      'calls refused': since.filter(({ status }) => status === 429).length,
    };
  } finally {
    answers.close();
    await service.close();
  }
}

async function containers(
  { module, exported, answersItself, timeoutMs }: Provider, events: readonly object[], service: Service,
  { port, certificate }: { port: number; certificate: string }, runDirectory: string,
): Promise<void> {
  mkdirSync(runDirectory, { recursive: true });
  const file = join(runDirectory, 'events.json');
  writeFileSync(file, JSON.stringify({
    module,
    exported,
    answersItself,
    port,
    events,
    timeoutMs,
    functionArn: `arn:aws:lambda:us-east-1:${LOCAL_ACCOUNT}:function:bench`,
  }));
  await runNode(['storm/containers.js', file], {
    runDirectory,
    node: lambdaNode(),
    env: {
      ...service.environment,
      NODE_PATH: join(BENCH, 'node_modules'),
      NODE_EXTRA_CA_CERTS: certificate,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: 'bench',
    },
  });
}

async function arrange({ emulator, appInstanceArn }: Service, associations: number) {
  const messaging = new ChimeSDKMessagingClient(localClientConfig(emulator.url));
  const { ChannelFlowArn: flow = '' } = await messaging.send(new CreateChannelFlowCommand({
    AppInstanceArn: appInstanceArn,
    Name: 'moderation',
    Processors: [{
      Name: 'moderate',
      ExecutionOrder: 1,
      FallbackAction: 'ABORT',
      Configuration: {
        Lambda: { ResourceArn: 'arn:aws:lambda:us-east-1:000000000000:function:moderate', InvocationType: 'ASYNC' },
      },
    }],
  }));
  const channels = Array.from({ length: associations }, (_, index) => `${appInstanceArn}/channel/channel-${index}`);
  const bearer = `${appInstanceArn}/user/admin`;
  return { flow, channels, bearer };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

void main();
