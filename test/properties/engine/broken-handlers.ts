/**
 * Handlers that are wrong on purpose, each in one way that an example would hardly show: the sequences must catch every
 * one of them, else they prove nothing.
 */
import {
  AssociateChannelFlowCommand, ListChannelFlowsCommand, ListChannelsAssociatedWithChannelFlowCommand,
} from '@aws-sdk/client-chime-sdk-messaging';
import { intercepted } from './intercepted';
import { TYPES, type ResourceType, type Types } from './resource-types';
import { deleteChannelFlow } from '../../../src/handlers/channel-flow/delete';
import type { LifecycleEvent, Outcome } from '../../../src/handlers/protocol/lifecycle';
import { isAppInstanceArn, isArnOf } from '../../../src/handlers/service/arn';
import { Bearers } from '../../../src/handlers/service/bearers';
import type { Clients } from '../../../src/handlers/service/clients';
import type { Clock } from '../../../src/handlers/service/clock';
import { isConflict, isForbidden } from '../../../src/handlers/service/service-error';
import { messagingTagging } from '../../../src/handlers/tags/tagging';

type Event = LifecycleEvent<any>;
type Play = (event: Event, clients: Clients, clock: Clock) => Promise<Outcome>;

export const BROKEN_HANDLERS: Record<string, Types> = {
  'skips the drain': withFlow(real => (
    event, clients, clock,
  ) => real(event, withMessaging(clients, async (command, send) =>
    command instanceof ListChannelsAssociatedWithChannelFlowCommand ? { Channels: [] } : send()), clock)),

  'forgets the restore of a swap': withAssociation(real => async (event, clients, clock) => {
    const state: { failure?: unknown } = {};
    const forgetful = withMessaging(clients, async (command, send) => {
      if (state.failure !== undefined) throw state.failure;
      try {
        return await send();
      } catch (error) {
        if (event.RequestType === 'Update' && command instanceof AssociateChannelFlowCommand && !isConflict(error)
          && !isForbidden(error)) state.failure = error;
        throw error;
      }
    });
    return real(event, forgetful, clock).catch(error => { throw state.failure ?? error; });
  }),

  'deletes on an invented id': withFlow(real => async (event, clients, clock) => {
    const { AppInstanceArn, Name } = event.ResourceProperties;
    if (event.RequestType === 'Delete' && !isArnOf('channel-flow', event.PhysicalResourceId)
      && isAppInstanceArn(AppInstanceArn)) {
      for (const { ChannelFlowArn } of await flowsOfName(AppInstanceArn, Name, clients)) {
        await deleteChannelFlow(
          ChannelFlowArn!, new Bearers(AppInstanceArn, { named: [], orAnyAdmin: true }, clients, clock), clients, clock,
        );
      }
    }
    return real(event, clients, clock);
  }),

  'changes its physical id on update': withAssociation(real => async (event, clients, clock) => {
    const [PhysicalResourceId] = event.PhysicalResourceId?.split('|') ?? [];
    const outcome = await real({ ...event, PhysicalResourceId }, clients, clock);
    return {
      ...outcome, physicalId: `${outcome.physicalId}|${event.ResourceProperties.ChannelFlowArn.split('/').pop()}`,
    };
  }),

  'untags foreign keys': withFlow(real => async (event, clients, clock) => {
    const outcome = await real(event, clients, clock);
    if (event.RequestType !== 'Update') return outcome;
    const tagging = messagingTagging(clients.messaging);
    const wanted = (event.ResourceProperties.Tags ?? []).map(({ Key }: { Key: string }) => Key);
    const foreign = (await tagging.list(outcome.physicalId)).map(({ Key }) => Key).filter(
      key => !wanted.includes(key) && !key.startsWith('cdk-'),
    );
    await tagging.untag(outcome.physicalId, foreign);
    return outcome;
  }),
};

function withFlow(broken: (real: Play) => Play): Types {
  return { ...TYPES, flow: brokenType(TYPES.flow, broken) };
}

function withAssociation(broken: (real: Play) => Play): Types {
  return { ...TYPES, association: brokenType(TYPES.association, broken) };
}

function brokenType(type: ResourceType, broken: (real: Play) => Play): ResourceType {
  return { ...type, lifecycle: broken(type.lifecycle) };
}

/** The clients, with something between the lifecycle and the messaging client. */
function withMessaging(
  clients: Clients, between: (command: object, send: () => Promise<unknown>) => Promise<unknown>,
): Clients {
  return {
    get messaging() { return intercepted(clients.messaging, between); },
    get messagingOnce() { return intercepted(clients.messagingOnce, between); },
    get identity() { return clients.identity; },
  };
}

async function flowsOfName(AppInstanceArn: string, name: string, clients: Clients) {
  const { ChannelFlows = [] } = await clients.messaging.send(new ListChannelFlowsCommand({ AppInstanceArn }));
  return ChannelFlows.filter(({ Name }) => Name === name);
}
