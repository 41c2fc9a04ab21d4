import { DeleteAppInstanceAdminCommand, DeleteAppInstanceCommand } from '@aws-sdk/client-chime-sdk-identity';
import { DeleteChannelFlowCommand } from '@aws-sdk/client-chime-sdk-messaging';
import type { RecordedCall } from '../../local/emulator';
import { appInstance } from '../../src/handlers/app-instance/lifecycle';
import { appInstanceAdmin } from '../../src/handlers/app-instance-admin/lifecycle';
import { appInstanceTags } from '../../src/handlers/app-instance-tags/lifecycle';
import { appInstanceUser } from '../../src/handlers/app-instance-user/lifecycle';
import { channel } from '../../src/handlers/channel/lifecycle';
import { channelFlow } from '../../src/handlers/channel-flow/lifecycle';
import { channelFlowAssociation } from '../../src/handlers/channel-flow-association/lifecycle';
import { channelFlowVerification } from '../../src/handlers/channel-flow-verification/lifecycle';
import type { Lifecycle, LifecycleEvent } from '../../src/handlers/protocol/lifecycle';
import type { Clients } from '../../src/handlers/service/clients';
import { createEvent, deleteEvent, inventedId, updateEvent, type Behaviour, type Service } from '../handlers/fixture';
import { LAMBDA_ARN, lambdaProcessor, World } from '../handlers/world';
import { deliveredProcessor } from '../support/processors';

/** Plays the life of each resource type, and the ways off the path on which it makes its rarer calls. */
export class RecordedCalls {
  private readonly recorded = new Map<string, RecordedCall[]>();
  private world!: World;

  public constructor(private readonly service: Service) {}

  public async record(): Promise<ReadonlyMap<string, readonly RecordedCall[]>> {
    await this.during({}, () => this.lives());
    await this.during({
      missingAppInstance: 'forbidden',
      missingChannel: 'forbidden',
      missingFlow: 'forbidden',
      listTagsOfMissing: 'forbidden',
    },
    () => this.endsWithoutAppInstance());
    await this.during({}, () => this.lostCreates());
    return this.recorded;
  }

  private async during(behaviour: Behaviour, play: () => Promise<void>): Promise<void> {
    this.service.emulator.reset();
    this.service.emulator.setBehaviour(behaviour);
    this.world = await World.create(this.service);
    await play();
  }

  private async lives(): Promise<void> {
    const { world } = this;
    const tags = [{ Key: 'team', Value: 'care' }];
    const others = [{ Key: 'stage', Value: 'live' }];
    await this.life('app-instance', appInstance, { Name: 'chat', Tags: tags }, { Name: 'renamed', Tags: others });
    await this.life(
      'app-instance-tags',
      appInstanceTags,
      { AppInstanceArn: world.appInstance, Tags: tags },
      { AppInstanceArn: world.appInstance, Tags: others },
    );
    const user = { AppInstanceArn: world.appInstance, AppInstanceUserId: 'ann', Name: 'Ann', Tags: tags };
    await this.life('app-instance-user', appInstanceUser, user, { ...user, Name: 'Anna', Tags: others });
    const admin = { AppInstanceArn: world.appInstance, AppInstanceAdminArn: await world.user('bob') };
    await this.life(
      'app-instance-admin', appInstanceAdmin, admin, { ...admin, AppInstanceAdminArn: await world.user('eve') },
    );
    const lobby = { AppInstanceArn: world.appInstance, Name: 'lobby', Bearer: world.admin, Tags: tags };
    await this.life(
      'channel', channel, lobby, { ...lobby, Name: 'hall', Tags: others, Bearer: `${world.appInstance}/user/gone` },
    );
    await this.life(
      'channel', channel, { ...lobby, ChannelId: 'private' }, { ...lobby, ChannelId: 'other', Privacy: 'PRIVATE' },
    );

    const flow = this.flow({ Tags: tags });
    await this.life(
      'channel-flow',
      channelFlow,
      flow,
      { ...flow, Name: 'renamed', Tags: others, Bearer: `${world.appInstance}/user/gone` },
      async arn => {
        await world.associate(await world.channel('drained'), arn);
      },
    );
    const [one, two] = [await world.flow('one'), await world.flow('two')];
    const association = {
      ChannelArn: await world.channel('associated'),
      ChannelFlowArn: one,
      Bearer: world.admin,
      OnExisting: 'FAIL' as const,
    };
    await this.life(
      'channel-flow-association',
      channelFlowAssociation,
      association,
      { ...association, ChannelFlowArn: two, Bearer: `${world.appInstance}/user/gone` },
    );
    await this.displaced();
    await this.verify(await world.flow('continuing', lambdaProcessor('CONTINUE')));
  }

  /** The flow that an association displaced is gone when it should come back. */
  private async displaced(): Promise<void> {
    const [before, after] = [await this.world.flow('before'), await this.world.flow('after')];
    const ChannelArn = await this.world.channel('displaced');
    await this.world.associate(ChannelArn, before);
    const association = { ChannelArn, ChannelFlowArn: after, Bearer: this.world.admin, OnExisting: 'REPLACE' as const };
    const { physicalId } = await this.play(
      'channel-flow-association', channelFlowAssociation, createEvent(association),
    );
    await this.service.clients.messaging.send(new DeleteChannelFlowCommand({ ChannelFlowArn: before }));
    await this.play('channel-flow-association', channelFlowAssociation, deleteEvent(physicalId, association));
  }

  /** No function can be invoked, and so every message is delivered. */
  private async verify(flow: string): Promise<void> {
    const ChannelArn = await this.world.channel('verified');
    const verification = {
      ChannelArn,
      ChannelFlowArn: flow,
      Sender: this.world.admin,
      Probes: [{ Expect: 'DELIVERED' as const, Content: 'hello', EditOf: 'hi' }],
      TimeoutMilliseconds: 10_000,
      Revision: '1',
    };
    const play = () =>
      this.play('channel-flow-verification', channelFlowVerification, createEvent(verification)).catch(() => undefined);
    await this.world.associate(ChannelArn, flow);
    await play();
    this.service.emulator.setBehaviour({ missingChannel: 'forbidden' });
    const { appInstance: AppInstanceArn, admin: AppInstanceAdminArn } = this.world;
    await this.service.clients.identity.send(
      new DeleteAppInstanceAdminCommand({ AppInstanceArn, AppInstanceAdminArn }),
    );
    await play();
  }

  private async endsWithoutAppInstance(): Promise<void> {
    const { world } = this;
    const flow = this.flow();
    const { physicalId: flowArn } = await this.play('channel-flow', channelFlow, createEvent(flow));
    const lobby = { AppInstanceArn: world.appInstance, Name: 'lobby', Bearer: world.admin };
    const { physicalId: channelArn } = await this.play('channel', channel, createEvent(lobby));
    const association = {
      ChannelArn: channelArn, ChannelFlowArn: flowArn, Bearer: world.admin, OnExisting: 'FAIL' as const,
    };
    const { physicalId: associationId } = await this.play(
      'channel-flow-association', channelFlowAssociation, createEvent(association),
    );
    const tags = { AppInstanceArn: world.appInstance, Tags: [{ Key: 'team', Value: 'care' }] };
    const { physicalId: tagsId } = await this.play('app-instance-tags', appInstanceTags, createEvent(tags));
    await this.service.clients.identity.send(new DeleteAppInstanceCommand({ AppInstanceArn: world.appInstance }));
    await this.play('app-instance-tags', appInstanceTags, deleteEvent(tagsId, tags));
    await this.play('channel-flow-association', channelFlowAssociation, deleteEvent(associationId, association));
    await this.play('channel', channel, deleteEvent(channelArn, lobby));
    await this.play('channel-flow', channelFlow, deleteEvent(flowArn, flow));
  }

  private async lostCreates(): Promise<void> {
    const { world } = this;
    await this.play('app-instance', appInstance, createEvent({ Name: 'chat' }));
    await this.play('app-instance', appInstance, deleteEvent(inventedId(), { Name: 'chat' }));
    const user = { AppInstanceArn: world.appInstance, AppInstanceUserId: 'ann', Name: 'Ann' };
    await this.play('app-instance-user', appInstanceUser, createEvent(user));
    await this.play('app-instance-user', appInstanceUser, deleteEvent(inventedId(), user));
    const lobby = { AppInstanceArn: world.appInstance, Name: 'lobby', Bearer: world.admin };
    await this.play('channel', channel, createEvent(lobby));
    await this.play('channel', channel, deleteEvent(inventedId(), lobby));
    this.service.emulator.setBehaviour({ deleteAppInstanceWithFlows: 'conflict' });
    await world.flow('in the way');
    await this.play('app-instance', appInstance, deleteEvent(world.appInstance, { Name: 'chat' })).catch(
      () => undefined,
    );
  }

  private async life<P>(
    entry: string, lifecycle: Lifecycle<P, Clients>, first: P, second: P,
    meanwhile: (id: string) => Promise<void> = async () => undefined,
  ) {
    const { physicalId } = await this.play(entry, lifecycle, createEvent(first));
    const updated = await this.play(entry, lifecycle, updateEvent(physicalId, second, first));
    await meanwhile(updated.physicalId);
    await this.play(entry, lifecycle, deleteEvent(updated.physicalId, second));
    if (updated.physicalId !== physicalId) await this.play(entry, lifecycle, deleteEvent(physicalId, first));
  }

  private async play<P>(entry: string, lifecycle: Lifecycle<P, Clients>, event: LifecycleEvent<P>) {
    const before = this.service.emulator.calls().length;
    try {
      return await this.service.play(lifecycle, event);
    } finally {
      this.recorded.set(entry, [...this.recorded.get(entry) ?? [], ...this.service.emulator.calls().slice(before)]);
    }
  }

  private flow(more = {}) {
    return {
      AppInstanceArn: this.world.appInstance,
      Name: 'moderation',
      Bearer: this.world.admin,
      Processors: [deliveredProcessor('moderate', { functionArn: LAMBDA_ARN })],
      ...more,
    };
  }
}
