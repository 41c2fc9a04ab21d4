import { describe as inWords, pictureOf, type ConfigurationView } from '../../../local/demo/service-picture';

const chat = 'arn:aws:chime:us-east-1:111122223333:app-instance/a1';
const lambda = 'arn:aws:lambda:us-east-1:111122223333:function:SupportChat-ModerateAA0011BB-0123456789AB';
const times = { CreatedTimestamp: 'then', LastUpdatedTimestamp: 'then' };
const channel = (Name: string, id: string) => ({
  ChannelArn: `${chat}/channel/${id}`,
  Name,
  Mode: 'RESTRICTED',
  Privacy: 'PUBLIC',
  CreatedBy: '',
  ...times,
} as const);

const state: ConfigurationView = {
  appInstances: [{ AppInstanceArn: chat, Name: 'support', ...times }],
  users: [{ AppInstanceUserArn: `${chat}/user/operator`, Name: 'operator', ...times }],
  admins: [{ AppInstanceArn: chat, AppInstanceAdminArn: `${chat}/user/operator`, CreatedTimestamp: 'then' }],
  channels: [channel('lobby', 'c1'), channel('lobby', 'c2')],
  channelFlows: [{
    ChannelFlowArn: `${chat}/channel-flow/f1`,
    Name: 'moderation',
    Processors: [{
      Name: 'moderate',
      ExecutionOrder: 1,
      FallbackAction: 'ABORT',
      Configuration: { Lambda: { ResourceArn: lambda, InvocationType: 'ASYNC' } },
    }],
    ...times,
  }],
  associations: [{ ChannelArn: `${chat}/channel/c1`, ChannelFlowArn: `${chat}/channel-flow/f1` }],
  tags: {
    [chat]: { 'team': 'care', 'cdk-chime-messaging:owner': 'hash' },
    [`${chat}/channel/c1`]: { 'cdk-chime-messaging:claim:s:r': 'f1 f0' },
  },
};

test('names stand for ARNs, and nothing is lost when two share one', () => {
  expect(pictureOf(state)).toEqual({
    support: {
      tags: { team: 'care' },
      users: ['operator'],
      admins: ['operator'],
      channels: {
        'lobby': { flow: 'moderation', tags: {}, claims: ['moderation'] },
        'lobby #2': { tags: {}, claims: [] },
      },
      flows: {
        moderation: { processors: [{ name: 'moderate', order: 1, fallback: 'ABORT', function: 'Moderate' }], tags: {} },
      },
    },
  });
});

test('a picture is told in words', () => {
  expect(inWords(pictureOf(state))).toEqual([
    'app instance support [team=care]',
    '  users: operator; admins: operator',
    '  flow moderation: processor moderate runs function Moderate, fallback ABORT',
    '  channel lobby → moderation',
    '  channel lobby #2 has no flow',
  ]);
  expect(inWords({})).toEqual(['nothing']);
});
