import { describe as inWords, pictureOf, type ConfigurationView } from '../../../local/demo/service-picture';

const chat = 'arn:aws:chime:us-east-1:111122223333:app-instance/a1';
const lambda = 'arn:aws:lambda:us-east-1:111122223333:function:SupportChat-ModerateAA0011BB-0123456789AB';
const times = { created: 'then', updated: 'then' };
const channel = (name: string, id: string) =>
  ({
    arn: `${chat}/channel/${id}`,
    appInstanceArn: chat,
    name,
    mode: 'RESTRICTED',
    privacy: 'PUBLIC',
    createdBy: '',
    ...times,
  });

const state: ConfigurationView = {
  appInstances: [{ arn: chat, name: 'support', ...times }],
  users: [{ arn: `${chat}/user/operator`, appInstanceArn: chat, ...times }],
  admins: [{ arn: `${chat}/user/operator`, appInstanceArn: chat, created: 'then' }],
  channels: [channel('lobby', 'c1'), channel('lobby', 'c2')],
  channelFlows: [{
    arn: `${chat}/channel-flow/f1`,
    appInstanceArn: chat,
    name: 'moderation',
    processors: [{
      Name: 'moderate',
      ExecutionOrder: 1,
      FallbackAction: 'ABORT',
      Configuration: { Lambda: { ResourceArn: lambda, InvocationType: 'ASYNC' } },
    }],
    ...times,
  }],
  associations: [{ channelArn: `${chat}/channel/c1`, channelFlowArn: `${chat}/channel-flow/f1` }],
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
