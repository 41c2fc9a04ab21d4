import type { State } from '../../../local/emulator/store/state';
import { DISPLACED_CLAIM_KEY } from '../../../src/handlers/claims/claims';
import { OWNER_TAG_KEY } from '../../../src/handlers/claims/owner';

/**
 * What the service holds, less what differs from run to run: ids that the service chooses are left out, claims are
 * reduced to who wants which flow. Two portraits that are equal show the same world.
 */
export function portraitOf(state: State): string {
  const { appInstances, users, channels, channelFlows, associations, admins, tags } = state;
  const flowName = (arn: string) => channelFlows.get(arn)?.Name ?? 'a flow that is gone';
  const place = (arn: string) => appInstances.get(arn.split('/').slice(0, 2).join('/'))?.Name ?? 'nowhere';
  const tagged = (arn: string) => Object.entries(tags.get(arn) ?? {}).map(([key, value]) => {
    if (key === OWNER_TAG_KEY) return key;
    if (!key.startsWith('cdk-chime-messaging:')) return `${key}=${value}`;
    const flow = `${arn.split('/channel/')[0]}/channel-flow/${value.split(' ')[0]}`;
    return arn.includes('/channel/') ? `${key === DISPLACED_CLAIM_KEY ? 'nobody' : key}=${flowName(flow)}` : key;
  }).sort();
  const lines = [
    ...appInstances.values().map(({ AppInstanceArn, Name, Metadata = '' }) =>
      ['app instance', Name, Metadata, ...tagged(AppInstanceArn)]),
    ...users.values().map(({ AppInstanceUserArn: arn, Name, Metadata = '' }) =>
      ['user', place(arn), arn.split('/user/')[1], Name, Metadata, ...tagged(arn)]),
    ...admins.values().map(({ AppInstanceAdminArn: arn }) => ['admin', place(arn), arn.split('/user/')[1]]),
    ...channelFlows.values().map(({ ChannelFlowArn: arn, Name, Processors }) =>
      ['flow', place(arn), Name, Processors.length, ...tagged(arn)]),
    ...channels.values().map(({ ChannelArn: arn, Name, Metadata = '', Privacy, Mode }) => [
      'channel', place(arn), Name, Metadata, Privacy, Mode, carried(arn), ...tagged(arn),
    ]),
  ];
  return lines.map(line => line.join(' · ')).sort().join('\n');

  function carried(channel: string): string {
    const association = associations.get(channel);
    return association === undefined ? 'bare' : `carries ${flowName(association.ChannelFlowArn)}`;
  }
}
