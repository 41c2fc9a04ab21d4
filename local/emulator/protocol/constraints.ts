/** What the service asks of a value beyond its type. Lengths count characters of strings and items of lists. */
export interface Rule {
  readonly min?: number;
  readonly max?: number;
  /** Matches the whole value. */
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
}

/**
 * The constraints of the service model, by the model's shape names. The SDK's schemas know nothing of them; a
 * conformance test compares this table with botocore's copy of the model.
 */
export const RULES = {
  AllowMessages: { values: ['ALL', 'NONE'] },
  CallbackIdType: { min: 32, max: 64 },
  ChannelFlowExecutionOrder: { min: 1, max: 3 },
  ChannelId: { min: 1, max: 64, pattern: /^[A-Za-z0-9]([A-Za-z0-9:\-_.@]{0,62}[A-Za-z0-9])?$/ },
  ChannelMemberArns: { min: 1, max: 10 },
  ChannelMembershipType: { values: ['DEFAULT', 'HIDDEN'] },
  ChannelMessagePersistenceType: { values: ['PERSISTENT', 'NON_PERSISTENT'] },
  ChannelMessageType: { values: ['STANDARD', 'CONTROL'] },
  ChannelMode: { values: ['UNRESTRICTED', 'RESTRICTED'] },
  ChannelModeratorArns: { min: 1, max: 10 },
  ChannelPrivacy: { values: ['PUBLIC', 'PRIVATE'] },
  ChimeArn: {
    min: 5,
    max: 1600,
    pattern: /^arn:[a-z0-9-.]{1,63}:[a-z0-9-.]{0,63}:[a-z0-9-.]{0,63}:[a-z0-9-.]{0,63}:[^/].{0,1023}$/,
  },
  ClientRequestToken: { min: 2, max: 64, pattern: /^[-_a-zA-Z0-9]*$/ },
  ContentType: { min: 0, max: 45 },
  ExpirationCriterion: { values: ['CREATED_TIMESTAMP', 'LAST_MESSAGE_TIMESTAMP'] },
  ExpirationDays: { min: 1, max: 5475 },
  FallbackAction: { values: ['CONTINUE', 'ABORT'] },
  InvocationType: { values: ['ASYNC'] },
  LambdaFunctionArn: {
    min: 15,
    max: 2048,
    pattern: /^arn:aws:lambda:[a-z]{2}-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9\-_.]+(:(\$LATEST|[a-zA-Z0-9\-_]+))?$/,
  },
  LexBotAliasArn: {
    min: 15,
    max: 2048,
    pattern: /^arn:aws:lex:[a-z]{2}-[a-z]+-\d{1}:\d{12}:bot-alias\/[A-Z0-9]{10}\/[A-Z0-9]{10}$/,
  },
  LexIntentName: { min: 1, max: 100, pattern: /^([A-Za-z]_?)+$/ },
  MaxResults: { min: 1, max: 50 },
  MaximumSubChannels: { min: 2 },
  MessageAttributeName: { min: 1, max: 64 },
  MessageAttributeStringValue: { min: 1, max: 512 },
  MessageId: { min: 1, max: 128, pattern: /^[-_a-zA-Z0-9]*$/ },
  Metadata: { min: 0, max: 1024, pattern: /^.*$/ },
  MinimumMembershipPercentage: { min: 1, max: 40 },
  NextToken: { min: 0, max: 2048, pattern: /^.*$/ },
  NonEmptyContent: { min: 1 },
  NonEmptyResourceName: {
    min: 1,
    max: 256,
    pattern: /^[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u,
  },
  ProcessorList: { min: 1, max: 3 },
  PushNotificationBody: { min: 1, max: 150 },
  PushNotificationTitle: { min: 1, max: 50, pattern: /^.*$/ },
  PushNotificationType: { values: ['DEFAULT', 'VOIP'] },
  ResourceName: {
    min: 0,
    max: 256,
    pattern: /^[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u,
  },
  RespondsTo: { values: ['STANDARD_MESSAGES'] },
  SortOrder: { values: ['ASCENDING', 'DESCENDING'] },
  StandardMessages: { values: ['AUTO', 'ALL', 'MENTIONS', 'NONE'] },
  SubChannelId: { min: 1, max: 128, pattern: /^[-_a-zA-Z0-9]*$/ },
  TagKey: { min: 1, max: 128 },
  TagKeyList: { min: 1, max: 50 },
  TagList: { min: 1, max: 50 },
  TagValue: { min: 1, max: 256 },
  TargetList: { min: 1, max: 1 },
  TargetMembershipsPerSubChannel: { min: 2 },
  TargetedMessages: { values: ['ALL', 'NONE'] },
  UserId: { min: 1, max: 64, pattern: /^[A-Za-z0-9]([A-Za-z0-9:\-_.@]{0,62}[A-Za-z0-9])?$/ },
  UserName: { min: 1, max: 100, pattern: /^.*\S.*$/ },
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;

/** Which rule a member follows. Items of a list, and keys and values of a map, follow the second and third. */
const BY_MEMBER: Record<string, RuleName | readonly (RuleName | undefined)[]> = {
  'AppInstanceAdminArn': 'ChimeArn',
  'AppInstanceArn': 'ChimeArn',
  'AppInstanceBotArn': 'ChimeArn',
  'AppInstanceUserArn': 'ChimeArn',
  'AppInstanceUserId': 'UserId',
  'CallbackId': 'CallbackIdType',
  'ChannelArn': 'ChimeArn',
  'ChannelFlowArn': 'ChimeArn',
  'ChannelId': 'ChannelId',
  'ChannelModeratorArn': 'ChimeArn',
  'ChimeBearer': 'ChimeArn',
  'ClientRequestToken': 'ClientRequestToken',
  'Content': 'NonEmptyContent',
  'ContentType': 'ContentType',
  'ExecutionOrder': 'ChannelFlowExecutionOrder',
  'ExpirationCriterion': 'ExpirationCriterion',
  'ExpirationDays': 'ExpirationDays',
  'FallbackAction': 'FallbackAction',
  'InvocationType': 'InvocationType',
  'Key': 'TagKey',
  'LexBotAliasArn': 'LexBotAliasArn',
  'MaxResults': 'MaxResults',
  'MaximumSubChannels': 'MaximumSubChannels',
  'MemberArn': 'ChimeArn',
  'MemberArns': ['ChannelMemberArns', 'ChimeArn'],
  'MessageAttributes': [undefined, 'MessageAttributeName'],
  'MessageId': 'MessageId',
  'Metadata': 'Metadata',
  'MinimumMembershipPercentage': 'MinimumMembershipPercentage',
  'Mode': 'ChannelMode',
  'ModeratorArns': ['ChannelModeratorArns', 'ChimeArn'],
  'Name': 'NonEmptyResourceName',
  'NextToken': 'NextToken',
  'Persistence': 'ChannelMessagePersistenceType',
  'Privacy': 'ChannelPrivacy',
  'Processors': ['ProcessorList'],
  'ResourceARN': 'ChimeArn',
  'RespondsTo': 'RespondsTo',
  'SortOrder': 'SortOrder',
  'StandardMessages': 'StandardMessages',
  'StringValues': [undefined, 'MessageAttributeStringValue'],
  'SubChannelId': 'SubChannelId',
  'TagKeys': ['TagKeyList', 'TagKey'],
  'Tags': ['TagList'],
  'Target': ['TargetList'],
  'TargetMembershipsPerSubChannel': 'TargetMembershipsPerSubChannel',
  'TargetedMessages': 'TargetedMessages',
  'Type': 'ChannelMembershipType',
  'Value': 'TagValue',
  'WelcomeIntent': 'LexIntentName',
  // Names that mean something else in one structure.
  'LambdaConfiguration.ResourceArn': 'LambdaFunctionArn',
  'CreateAppInstanceBotRequest.Name': 'ResourceName',
  'UpdateAppInstanceBotRequest.Name': 'ResourceName',
  'CreateAppInstanceUserRequest.Name': 'UserName',
  'UpdateAppInstanceUserRequest.Name': 'UserName',
  'PushNotificationConfiguration.Title': 'PushNotificationTitle',
  'PushNotificationConfiguration.Body': 'PushNotificationBody',
  'PushNotificationConfiguration.Type': 'PushNotificationType',
  'SendChannelMessageRequest.Type': 'ChannelMessageType',
};

/** The rules of a member of a structure: for the member itself, then for its items or keys. */
export function rulesOf(structure: string, member: string): readonly (Rule | undefined)[] {
  const names = BY_MEMBER[`${structure}.${member}`] ?? BY_MEMBER[member] ?? [];
  return [names].flat().map(name => name && RULES[name as RuleName]);
}

/** Why a value breaks a rule; nothing if it doesn't. */
export function violation(rule: Rule, value: unknown): string | undefined {
  if (rule.values && !rule.values.includes(String(value))) return `must be one of ${rule.values.join(', ')}`;
  const [size, unit] = sizeOf(value);
  if (size < (rule.min ?? -Infinity) || size > (rule.max ?? Infinity)) return `must be ${range(rule)}${unit}`;
  if (rule.pattern && !rule.pattern.test(String(value))) return `must match ${rule.pattern.source}`;
  return undefined;
}

function sizeOf(value: unknown): [number, string] {
  if (typeof value === 'number') return [value, ''];
  return Array.isArray(value) ? [value.length, ' items'] : [[...String(value)].length, ' characters'];
}

function range({ min, max }: Rule): string {
  if (max === undefined) return `at least ${min}`;
  return min === max ? `exactly ${min}` : `${min ?? 0} to ${max}`;
}
