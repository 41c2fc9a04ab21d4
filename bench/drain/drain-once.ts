import {
  CreateAppInstanceAdminCommand, CreateAppInstanceCommand, CreateAppInstanceUserCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { AssociateChannelFlowCommand, CreateChannelCommand } from '@aws-sdk/client-chime-sdk-messaging';
import { startEmulator, type Emulator } from '../../local/emulator';
import type { Behaviour } from '../../local/emulator/switches/behaviour';
import { channelFlow } from '../../src/handlers/channel-flow/lifecycle';
import type { ChannelFlowProperties } from '../../src/handlers/channel-flow/properties';
import type { LifecycleEvent } from '../../src/handlers/protocol/lifecycle';
import { type Clients } from '../../src/handlers/service/clients';
import type { Clock } from '../../src/handlers/service/clock';
import { clients, sdkClients, type SdkClients } from '../../src/handlers/service/sdk-clients';

export interface DisassociationRates {
  readonly perSecond: number;
  readonly burst: number;
}

/** A flow with channels at a service of its own. */
export interface ArrangedDrain {
  readonly event: LifecycleEvent<ChannelFlowProperties>;
  readonly emulator: Emulator;
  readonly clock: Clock;
  /** Of this service: those of the process stay with the first that they met. */
  readonly sdk: SdkClients;
  close(): Promise<void>;
}

/** Makes a flow with so many channels; only then the service behaves as said. */
export async function arrangeDrain(channels: number, behaviour: Partial<Behaviour>): Promise<ArrangedDrain> {
  const emulator = await startEmulator();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING: emulator.url,
    AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: emulator.url,
  });
  const log = console.log;
  console.log = () => undefined;
  const close = async () => {
    console.log = log;
    await emulator.close();
  };
  try {
    const sdk = sdkClients();
    const event = await arrange(channels, clients(CLOCK, sdk));
    emulator.setBehaviour(behaviour);
    return { event, emulator, clock: CLOCK, sdk, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Measures the Delete of a flow with so many channels, at a rate that the service keeps to itself. */
export async function drainOnce(channels: number, rate: DisassociationRates) {
  const { event, emulator, sdk, close } = await arrangeDrain(
    channels, { requestRate: { DisassociateChannelFlow: rate } },
  );
  try {
    const statuses: number[] = [];
    const heap = process.memoryUsage().heapUsed;
    const started = performance.now();
    await channelFlow({ ...event, RequestType: 'Delete' }, clients(CLOCK, watched(sdk, statuses)), CLOCK);
    const seconds = (performance.now() - started) / 1000;
    return {
      channels: channels,
      callsASecond: rate.perSecond,
      seconds: round(seconds),
      wallRatio: round(seconds / (channels / rate.perSecond)),
      callsPerChannel: round(statuses.length / channels),
      throttled: statuses.filter(status => status === 429).length,
      left: emulator.state().associations.length + emulator.state().channelFlows.length,
      // The emulator's own call log is in it.
      heapGrowthMB: round((process.memoryUsage().heapUsed - heap) / 1e6),
    };
  } finally {
    await close();
  }
}

/** The clients, noting the status of each attempt: the emulator's own list of calls ends at 100,000. */
function watched(sdk: SdkClients, statuses: number[]): SdkClients {
  sdk.messaging.middlewareStack.add(next => async args => {
    const output = await next(args);
    statuses.push((output.response as { statusCode: number }).statusCode);
    return output;
  }, { step: 'deserialize', priority: 'low' });
  return sdk;
}

const CLOCK: Clock = {
  now: Date.now,
  sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
  // One invocation does it all: what continues an invocation is tested elsewhere.
  remaining: () => 3_600_000,
};

async function arrange(channels: number, service: Clients): Promise<LifecycleEvent<ChannelFlowProperties>> {
  const { AppInstanceArn = '' } = await service.identity.send(new CreateAppInstanceCommand({ Name: 'chat' }));
  const { AppInstanceUserArn: admin = '' } = await service.identity.send(new CreateAppInstanceUserCommand({
    AppInstanceArn, AppInstanceUserId: 'admin', Name: 'admin',
  }));
  await service.identity.send(new CreateAppInstanceAdminCommand({ AppInstanceArn, AppInstanceAdminArn: admin }));
  const event = {
    RequestType: 'Create' as const,
    RequestId: 'drain',
    StackId: 'stack',
    LogicalResourceId: 'Flow',
    ResourceProperties: {
      AppInstanceArn,
      Name: 'moderation',
      Bearer: admin,
      Processors: [{
        Name: 'moderate',
        ExecutionOrder: 1,
        FallbackAction: 'ABORT',
        Configuration: {
          Lambda: { ResourceArn: 'arn:aws:lambda:us-east-1:000000000000:function:moderate', InvocationType: 'ASYNC' },
        },
      }],
    },
  };
  const { physicalId } = await channelFlow(event, service, CLOCK);
  await associate(channels, physicalId, admin, service);
  return { ...event, PhysicalResourceId: physicalId };
}

async function associate(
  channels: number, ChannelFlowArn: string, ChimeBearer: string, service: Clients,
): Promise<void> {
  const names = Array.from({ length: channels }, (_, index) => `channel ${index}`);
  const work = async () => {
    for (let Name = names.pop(); Name !== undefined; Name = names.pop()) {
      const { ChannelArn } = await service.messaging.send(new CreateChannelCommand({
        AppInstanceArn: ChimeBearer.split('/user/')[0], Name, ChimeBearer,
      }));
      await service.messaging.send(new AssociateChannelFlowCommand({ ChannelArn, ChannelFlowArn, ChimeBearer }));
    }
  };
  await Promise.all(Array.from({ length: 20 }, work));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
