/** One call. Text in double braces stands for a member of an earlier answer, by that step's name. */
export interface Step {
  /** The operation; `local-state` reads what the emulator holds, once no processor is being invoked any more. */
  readonly operation: string;
  readonly service?: 'identity' | 'messaging';
  /** @default - the operation */
  readonly name?: string;
  readonly input?: object;
}

const CHAT = { ChannelArn: '{{CreateChannel.ChannelArn}}', ChimeBearer: '{{Member.AppInstanceUserArn}}' };
const MESSAGE = { ...CHAT, MessageId: '{{SendChannelMessage.MessageId}}', SubChannelId: 'sub' };
const FAILED = { ...CHAT, MessageId: '{{Failed.MessageId}}' };
const ATTRIBUTES = { lang: { StringValues: ['en', 'de'] } };

const processor = (name: string) => ({
  Name: name,
  ExecutionOrder: 1,
  FallbackAction: 'ABORT',
  Configuration: {
    Lambda: { ResourceArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`, InvocationType: 'ASYNC' },
  },
});

const user = (id: string): Step => ({
  service: 'identity',
  name: id,
  operation: 'CreateAppInstanceUser',
  input: {
    AppInstanceArn: '{{CreateAppInstance.AppInstanceArn}}',
    AppInstanceUserId: id,
    Name: `Übung ${id}`,
    ClientRequestToken: `token-${id}`,
  },
});

const message = (name: string, token: string): Step => ({
  name,
  operation: 'SendChannelMessage',
  input: {
    ...CHAT,
    Content: 'héllo 😀',
    Type: 'STANDARD',
    Persistence: 'PERSISTENT',
    Metadata: 'meta',
    ContentType: 'text/plain',
    SubChannelId: 'sub',
    MessageAttributes: ATTRIBUTES,
    Target: [{ MemberArn: '{{Admin.AppInstanceUserArn}}' }],
    ClientRequestToken: token,
  },
});

const callback = (state: string, name: string): Step => ({
  name,
  operation: 'ChannelFlowCallback',
  input: {
    ChannelArn: CHAT.ChannelArn,
    CallbackId: `{{${state}.pendingCallbacks.0.CallbackId}}`,
    ChannelMessage: { MessageId: `{{${state}.pendingCallbacks.0.MessageId}}`, Content: 'seen' },
  },
});

/** Calls every operation of the service's channel flows, so that each of their answers holds all that it ever holds. */
export const SCENARIO: readonly Step[] = [
  { service: 'identity', operation: 'CreateAppInstance', input: { Name: 'support', ClientRequestToken: 'token' } },
  user('Admin'),
  user('Member'),
  {
    service: 'identity',
    operation: 'CreateAppInstanceAdmin',
    input: {
      AppInstanceArn: '{{CreateAppInstance.AppInstanceArn}}', AppInstanceAdminArn: '{{Admin.AppInstanceUserArn}}',
    },
  },
  {
    operation: 'CreateChannel',
    input: {
      AppInstanceArn: '{{CreateAppInstance.AppInstanceArn}}',
      Name: 'lobby',
      Metadata: 'meta',
      MemberArns: ['{{Member.AppInstanceUserArn}}'],
      ChimeBearer: '{{Admin.AppInstanceUserArn}}',
      ClientRequestToken: 'token',
    },
  },
  {
    operation: 'CreateChannelFlow',
    input: {
      AppInstanceArn: '{{CreateAppInstance.AppInstanceArn}}',
      Name: 'moderation',
      Processors: [processor('moderate')],
      Tags: [{ Key: 'team', Value: 'care' }],
      ClientRequestToken: 'token',
    },
  },
  {
    name: 'Second flow',
    operation: 'CreateChannelFlow',
    input: {
      AppInstanceArn: '{{CreateAppInstance.AppInstanceArn}}',
      Name: 'other',
      Processors: [
        processor('gone'),
      ],
      ClientRequestToken: 'token-2',
    },
  },
  {
    operation: 'UpdateChannelFlow',
    input: {
      ChannelFlowArn: '{{CreateChannelFlow.ChannelFlowArn}}', Name: 'moderation 2', Processors: [processor('moderate')],
    },
  },
  { operation: 'DescribeChannelFlow', input: { ChannelFlowArn: '{{CreateChannelFlow.ChannelFlowArn}}' } },
  { operation: 'ListChannelFlows', input: { AppInstanceArn: '{{CreateAppInstance.AppInstanceArn}}', MaxResults: 1 } },
  {
    operation: 'TagResource',
    input: { ResourceARN: '{{CreateChannelFlow.ChannelFlowArn}}', Tags: [{ Key: 'größe', Value: 'ß' }] },
  },
  { operation: 'UntagResource', input: { ResourceARN: '{{CreateChannelFlow.ChannelFlowArn}}', TagKeys: ['team'] } },
  { operation: 'ListTagsForResource', input: { ResourceARN: '{{CreateChannelFlow.ChannelFlowArn}}' } },
  associate('CreateChannelFlow', 'AssociateChannelFlow'),
  {
    name: 'Second channel',
    operation: 'CreateChannel',
    input: {
      AppInstanceArn: '{{CreateAppInstance.AppInstanceArn}}',
      Name: 'other',
      Metadata: 'meta',
      ChimeBearer: '{{Admin.AppInstanceUserArn}}',
      ClientRequestToken: 'token-2',
    },
  },
  {
    name: 'Second association',
    operation: 'AssociateChannelFlow',
    input: {
      ChannelArn: '{{Second channel.ChannelArn}}',
      ChannelFlowArn: '{{CreateChannelFlow.ChannelFlowArn}}',
      ChimeBearer: '{{Admin.AppInstanceUserArn}}',
    },
  },
  {
    operation: 'ListChannelsAssociatedWithChannelFlow',
    input: { ChannelFlowArn: '{{CreateChannelFlow.ChannelFlowArn}}', MaxResults: 1 },
  },
  message('SendChannelMessage', 'token'),
  { operation: 'local-state', name: 'Asked' },
  { name: 'Pending', operation: 'GetChannelMessageStatus', input: MESSAGE },
  callback('Asked', 'ChannelFlowCallback'),
  { operation: 'UpdateChannelMessage', input: { ...MESSAGE, Content: 'ändern' } },
  { operation: 'local-state', name: 'Asked again' },
  callback('Asked again', 'Second callback'),
  { operation: 'GetChannelMessage', input: MESSAGE },
  { operation: 'DescribeChannel', input: CHAT },
  disassociate('CreateChannelFlow', 'DisassociateChannelFlow'),
  associate('Second flow', 'Another flow'),
  message('Failed', 'token-2'),
  { operation: 'local-state', name: 'Given up' },
  { operation: 'GetChannelMessageStatus', input: FAILED },
  { name: 'Failed message', operation: 'GetChannelMessage', input: FAILED },
  { name: 'Failed first', operation: 'ListChannelMessages', input: { ...CHAT, MaxResults: 1, SubChannelId: 'sub' } },
  {
    operation: 'ListChannelMessages',
    input: {
      ...CHAT,
      SortOrder: 'ASCENDING',
      NotBefore: { date: '2026-01-01T00:00:00Z' },
      NotAfter: { date: '2026-01-01T00:00:00Z' },
    },
  },
  {
    operation: 'DescribeChannelMembership',
    input: { ...CHAT, MemberArn: '{{Member.AppInstanceUserArn}}', SubChannelId: 'sub' },
  },
  { operation: 'RedactChannelMessage', input: MESSAGE },
  { name: 'Redacted', operation: 'GetChannelMessage', input: MESSAGE },
  { operation: 'DeleteChannelMessage', input: { ...MESSAGE, ChimeBearer: '{{Admin.AppInstanceUserArn}}' } },
  ban('CreateChannelBan'),
  ban('DescribeChannelBan'),
  disassociate('Second flow', 'Last disassociation'),
  { operation: 'DeleteChannelFlow', input: { ChannelFlowArn: '{{Second flow.ChannelFlowArn}}' } },
];

function ban(operation: string): Step {
  const { ChannelArn } = CHAT;
  return {
    operation,
    input: {
      ChannelArn, MemberArn: '{{Member.AppInstanceUserArn}}', ChimeBearer: '{{Admin.AppInstanceUserArn}}',
    },
  };
}

function associate(flow: string, name: string): Step {
  return { name, operation: 'AssociateChannelFlow', input: ofFlow(flow) };
}

function disassociate(flow: string, name: string): Step {
  return { name, operation: 'DisassociateChannelFlow', input: ofFlow(flow) };
}

function ofFlow(flow: string) {
  return {
    ChannelArn: CHAT.ChannelArn,
    ChannelFlowArn: `{{${flow}.ChannelFlowArn}}`,
    ChimeBearer: '{{Admin.AppInstanceUserArn}}',
  };
}
