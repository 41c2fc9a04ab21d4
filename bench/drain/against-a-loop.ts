import {
  paginateListChannelsAssociatedWithChannelFlow, ChimeSDKMessagingClient, DeleteChannelFlowCommand,
  DisassociateChannelFlowCommand,
} from '@aws-sdk/client-chime-sdk-messaging';
import { arrangeDrain } from './drain-once';
import { channelFlow } from '../../src/handlers/channel-flow/lifecycle';
import { clients } from '../../src/handlers/service/sdk-clients';
import { inRounds, type Figure } from '../figures';

const ROUNDS = 3;
const CHANNELS = 1_000;

/** How long an answer of the service takes. */
const LATENCY_MS = 20;

/** The Delete of a flow with a thousand channels, against the loop that one writes by hand: a call after the other. */
export async function measureDrain(): Promise<Figure[]> {
  return inRounds({
    part: 'drain',
    rounds: ROUNDS,
    contestants: [
      'ours', 'provider-framework',
    ],
    units: { 'drain of 1,000 channels': 's', 'calls': '' },
  }, async contestant => {
    const { event, emulator, clock, sdk, close } = await arrangeDrain(CHANNELS, { latencyMs: LATENCY_MS });
    try {
      const [started, calls] = [performance.now(), emulator.calls().length];
      if (contestant === 'ours') await channelFlow({ ...event, RequestType: 'Delete' }, clients(clock, sdk), clock);
      else await loop(event.PhysicalResourceId!, event.ResourceProperties.Bearer!);
      const left = emulator.state().associations.length + emulator.state().channelFlows.length;
      if (left > 0) throw new Error(`the drain left ${left} behind`);
      return {
        'drain of 1,000 channels': (performance.now() - started) / 1000, 'calls': emulator.calls().length - calls,
      };
    } finally {
      await close();
    }
  });
}

async function loop(ChannelFlowArn: string, ChimeBearer: string): Promise<void> {
  const client = new ChimeSDKMessagingClient({});
  const channels: string[] = [];
  for await (const page of paginateListChannelsAssociatedWithChannelFlow({ client }, { ChannelFlowArn })) {
    channels.push(...(page.Channels ?? []).map(({ ChannelArn = '' }) => ChannelArn));
  }
  for (const ChannelArn of channels) {
    await client.send(
      new DisassociateChannelFlowCommand({ ChannelArn, ChannelFlowArn, ChimeBearer }),
    );
  }
  await client.send(new DeleteChannelFlowCommand({ ChannelFlowArn }));
}
