import type { Ledger } from './ledger';
import { ACCOUNT, REGION, type Service } from './service';
import { COMMON_NAME, type World } from './spec';
import type { VirtualTime } from './virtual-time';
import { appInstanceArnOf } from '../../../local/emulator/store/arns';
import { CLAIM_PREFIX, DISPLACED_CLAIM_KEY } from '../../../src/handlers/claims/claims';

/** Something that somebody does at the service, behind the stacks' backs. Numbers choose among what is there. */
export interface ByHand {
  readonly does: 'associate' | 'disassociate' | 'delete-flow' | 'delete-channel' | 'tag' | 'take-key' | 'untag'
    | 'promote' | 'demote' | 'wait' | 'forge' | 'overwrite';
  readonly which: number;
  readonly other: number;
}

const LAMBDA_ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:moderate`;

/** The part of the world that was there first, made by hand. */
export function arrangeWorld(service: Service, ledger: Ledger): World {
  const home = (name: string) => {
    const { AppInstanceArn: appInstance } = service.byHand('CreateAppInstance', { Name: name });
    const user = (AppInstanceUserId: string) =>
      service.byHand(
        'CreateAppInstanceUser', { AppInstanceArn: appInstance, AppInstanceUserId, Name: AppInstanceUserId },
      ).AppInstanceUserArn;
    const boss = user('boss');
    service.byHand('CreateAppInstanceAdmin', { AppInstanceArn: appInstance, AppInstanceAdminArn: boss });
    ledger.promoteByHand(boss, true);
    const channel = (Name: string) =>
      service.byHand('CreateChannel', { AppInstanceArn: appInstance, Name, ChimeBearer: boss }).ChannelArn;
    const { ChannelFlowArn: flow } = service.byHand('CreateChannelFlow', {
      AppInstanceArn: appInstance,
      Name: COMMON_NAME,
      Processors: [{
        Name: 'processor-1',
        ExecutionOrder: 1,
        FallbackAction: 'ABORT',
        Configuration: {
          Lambda: { ResourceArn: LAMBDA_ARN, InvocationType: 'ASYNC' },
        },
      }],
    });
    return { appInstance, boss, guest: user('guest'), channels: [channel('lobby'), channel('hall')] as const, flow };
  };
  return { H1: home('first'), H2: home('second') };
}

export class Hands {
  public constructor(
    private readonly service: Service,
    private readonly time: VirtualTime,
    private readonly ledger: Ledger,
    private readonly world: World,
  ) {}

  public do({ does, which, other }: ByHand): void {
    const { state } = this.service.world;
    const one = <T>(items: readonly T[], number: number): T | undefined => items[number % Math.max(1, items.length)];
    const channel = one(state.channels.keys(), which);
    switch (does) {
      case 'associate': {
        const flow = channel && one(
          state.channelFlows.keys().filter(arn => appInstanceArnOf(arn) === appInstanceArnOf(channel)), other,
        );
        if (channel && flow) this.carry(channel, flow);
        return;
      }
      case 'disassociate': return channel === undefined ? undefined : this.carry(channel, undefined);
      case 'delete-flow': return this.deleteFlow(one(this.notImported(state.channelFlows.keys()), which));
      // Only of ids that nobody chose: another resource could take a chosen one, and then two would have it.
      case 'delete-channel': return this.deleteChannel(
        one(state.channels.keys().filter(arn => arn.includes('/channel/cdk-')), which),
      );
      case 'tag': return this.tag(
        one(which % 2 === 0 ? state.channelFlows.keys() : this.things(), which)!,
        'theirs',
        String(other),
      );
      case 'take-key': return this.tag(this.imports(which).appInstance, 'team', ['care', 'sales', 'nobody'][other % 3]);
      case 'untag': return this.untag(one(this.things(), which)!);
      case 'promote': return this.promote(this.imports(which).guest, true);
      case 'demote': return this.promote(this.imports(which).guest, false);
      case 'forge': return this.forge(which, other);
      case 'overwrite': return this.overwrite(which);
      case 'wait': return this.time.pass((1 + other) * 3_600_000);
    }
  }

  private carry(channel: string, flow: string | undefined): void {
    const { state } = this.service.world;
    const current = state.associations.get(channel)?.ChannelFlowArn;
    if (current === flow) return;
    const ChimeBearer = this.adminFor(channel);
    if (ChimeBearer === undefined) return;
    this.ledger.carryByHand(channel, flow);
    if (current !== undefined) {
      this.service.byHand('DisassociateChannelFlow', { ChannelArn: channel, ChannelFlowArn: current, ChimeBearer });
    }
    // Where freeing one frees all, the others are put back.
    if (flow !== undefined) {
      this.service.byHand('AssociateChannelFlow', { ChannelArn: channel, ChannelFlowArn: flow, ChimeBearer });
    }
  }

  private deleteFlow(flow: string | undefined): void {
    if (flow === undefined) return;
    const carriers = this.service.world.state.associations.values()
      .filter(({ ChannelFlowArn, channelDeleted }) => ChannelFlowArn === flow && channelDeleted === undefined).map(
        ({ channel }) => channel.ChannelArn,
      );
    if (carriers.some(channel => this.adminFor(channel) === undefined)) return;
    carriers.forEach(channel => this.carry(channel, undefined));
    try {
      this.service.byHand('DeleteChannelFlow', { ChannelFlowArn: flow });
      this.ledger.deleteByHand(flow);
    } catch {
      // A service that is slow to notice, or that goes on listing deleted channels, refuses it: so it stays.
    }
  }

  private deleteChannel(channel: string | undefined): void {
    const ChimeBearer = channel && this.adminFor(channel);
    if (channel === undefined || ChimeBearer === undefined) return;
    this.service.byHand('DeleteChannel', { ChannelArn: channel, ChimeBearer });
    this.ledger.deleteByHand(channel);
  }

  private tag(arn: string, key: string, value: string): void {
    if (this.service.world.state.tags.get(arn)?.[key] !== undefined) return;
    this.service.byHand('TagResource', { ResourceARN: arn, Tags: [{ Key: key, Value: value }] });
    this.ledger.tagByHand(arn, key, value);
  }

  /** A claim that no provider wrote: as somebody would make it up, or as it stands on something else. */
  private forge(which: number, other: number): void {
    const { state } = this.service.world;
    const kind = other % 3;
    const { appInstance, guest, channels } = this.imports(which);
    const things = [
      [appInstance], [guest, ...state.users.keys()], [...channels, ...state.channels.keys()],
    ][kind];
    const arn = things[which % things.length];
    if (this.ledger.untaggedByHand.has(arn)) return;
    const claims = state.tags.entries().flatMap(([, tags]) => Object.entries(tags)).filter(
      ([key]) => key.startsWith(CLAIM_PREFIX),
    );
    const flows = state.channelFlows.keys().map(flow => flow.split('/').pop()!);
    const copied = claims[which % Math.max(1, claims.length)]?.[1];
    const made = kind === 1 ? 'promoted' : flows[which % Math.max(1, flows.length)] ?? 'none';
    const key = other === 5 && kind !== 0
      ? DISPLACED_CLAIM_KEY
      : `${CLAIM_PREFIX}${'forged'.padEnd(16, String(which))}:${'forged'.padEnd(16, String(other))}`;
    if (state.tags.get(arn)?.[key] !== undefined) return;
    this.ledger.forgeByHand(arn, key);
    this.service.byHand(
      'TagResource', { ResourceARN: arn, Tags: [{ Key: key, Value: which % 2 === 0 ? made : copied ?? made }] },
    );
  }

  /** What a claim says is replaced. */
  private overwrite(which: number): void {
    const claims = this.service.world.state.tags.entries().flatMap(
      ([arn, tags]) => Object.keys(tags).map(key => ({ arn, key })),
    )
      .filter(({ key }) => key.startsWith(CLAIM_PREFIX));
    const claim = claims[which % Math.max(1, claims.length)];
    if (claim === undefined) return;
    this.ledger.overwriteByHand(claim.arn, claim.key);
    this.service.byHand('TagResource', { ResourceARN: claim.arn, Tags: [{ Key: claim.key, Value: 'promoted' }] });
  }

  private untag(arn: string): void {
    const TagKeys = Object.keys(this.service.world.state.tags.get(arn) ?? {});
    if (TagKeys.length === 0) return;
    this.ledger.untagByHand(arn);
    this.service.byHand('UntagResource', { ResourceARN: arn, TagKeys });
  }

  private promote(user: string, isAdmin: boolean): void {
    const AppInstanceArn = user.split('/user/')[0];
    const isNow = this.service.world.state.admins.values().some(admin => admin.AppInstanceAdminArn === user);
    if (isNow === isAdmin) return;
    this.ledger.promoteByHand(user, isAdmin);
    this.service.byHand(
      isAdmin ? 'CreateAppInstanceAdmin' : 'DeleteAppInstanceAdmin', { AppInstanceArn, AppInstanceAdminArn: user },
    );
  }

  private adminFor(arn: string): string | undefined {
    const appInstance = arn.split('/').slice(0, 2).join('/');
    const { state, behaviour, now } = this.service.world;
    return state.admins.values().find(({ AppInstanceArn, CreatedTimestamp }) =>
      AppInstanceArn === appInstance && now() - CreatedTimestamp.getTime() >= behaviour.adminPromotionDelayMs)
      ?.AppInstanceAdminArn;
  }

  private things(): string[] {
    const { state } = this.service.world;
    return [state.appInstances, state.users, state.channels, state.channelFlows].flatMap(
      register => register.entries().map(([arn]) => arn),
    );
  }

  private notImported(arns: readonly string[]): string[] {
    const imported = Object.values(this.world).flatMap(({ channels, flow }) => [...channels, flow]);
    return arns.filter(arn => !imported.includes(arn));
  }

  private imports(which: number) {
    return this.world[which % 2 === 0 ? 'H1' : 'H2'];
  }
}
