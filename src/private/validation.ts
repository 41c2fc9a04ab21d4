import { CfnDeletionPolicy, CfnResource, ResourceEnvironment, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TagProperty } from '../handlers/tags/tag-property';

/*
 * Each rule takes what it needs and returns the messages of what is wrong: the rule, the value received, the fix.
 * Values that are known only at deployment break no rule.
 */

const REGIONS = ['us-east-1', 'eu-central-1'];
const NAME = /^[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const ID = /^[A-Za-z0-9]([A-Za-z0-9:\-_.@]{0,62}[A-Za-z0-9])?$/;
const FUNCTION_ARN = /^arn:aws:lambda:[a-z]{2}-[a-z]+-\d:\d{12}:function:[a-zA-Z0-9\-_.]+(:(\$LATEST|[a-zA-Z0-9\-_]+))?$/;

/** Tags that the service allows on one resource. */
const MAX_TAGS = 50;
const RESERVED_TAG_PREFIXES = ['cdk-chime-messaging:', 'aws:'];

/** Reports all that is wrong with a construct, found at synthesis, as one error. */
export function validateAtSynthesis(construct: IConstruct, rules: () => string[]): void {
  construct.node.addValidation({
    validate: () => {
      // Two processors of one function are wrong in the same words.
      const messages = [...new Set(rules())];
      return messages.length > 0 ? [messages.join('\n    ')] : [];
    },
  });
}

export function checkRegion(construct: IConstruct): string[] {
  const { region } = Stack.of(construct);
  return Token.isUnresolved(region) || REGIONS.includes(region)
    ? []
    : [`the region must be ${REGIONS.join(' or ')}, where Amazon Chime SDK messaging is available, got ${region}: move `
      + 'the stack there'];
}

/**
 * Something that the construct uses must be in the account and region of the construct's stack.
 *
 * @param fallback says where that is when the stack does not know
 */
export function checkSameEnvironment(
  construct: IConstruct, what: string, env: ResourceEnvironment, fallback?: ResourceEnvironment,
): string[] {
  const messages: string[] = [];
  for (const part of ['account', 'region'] as const) {
    const home = [Stack.of(construct)[part], fallback?.[part]].find(isKnown);
    if (isKnown(home) && isKnown(env[part]) && env[part] !== home) {
      messages.push(`the ${what} must be in ${part} ${home}, got ${env[part]}: use one of that ${part}`);
    }
  }
  return messages;
}

/** There are snapshots of databases and volumes. */
export function checkRemovalPolicy({ cfnOptions, cfnResourceType }: CfnResource): string[] {
  return [cfnOptions.deletionPolicy, cfnOptions.updateReplacePolicy].includes(CfnDeletionPolicy.SNAPSHOT)
    ? [`the removal policy of ${cfnResourceType} must be DESTROY, RETAIN or RETAIN_ON_UPDATE_OR_DELETE, got SNAPSHOT: `
      + 'choose one of them']
    : [];
}

/** What the construct uses must belong to the same app instance. */
export function checkInAppInstance(what: string, arn: string, appInstanceArn: string): string[] {
  return isKnown(arn) && isKnown(appInstanceArn) && !arn.startsWith(`${appInstanceArn}/`)
    ? [`the ${what} must belong to the app instance ${appInstanceArn}, got ${arn}: use one of that app instance`]
    : [];
}

function isKnown(value?: string): value is string {
  return value !== undefined && !Token.isUnresolved(value);
}

/** Names of app instances, channels, flows and processors. */
export function checkName(prop: string, value: string): string[] {
  return checkCharacters(prop, value, 256);
}

export function checkUserName(prop: string, value: string): string[] {
  const messages = checkCharacters(prop, value, 100);
  if (messages.length === 0 && !Token.isUnresolved(value) && value.trim() === '') {
    return [`${prop} must not be blank, got ${quote(value)}: give it a visible character`];
  }
  return messages;
}

function checkCharacters(prop: string, value: string, max: number): string[] {
  if (Token.isUnresolved(value)) return [];
  const messages = checkLength(prop, value, 1, max);
  if (!NAME.test(value)) messages.push(`${prop} must not contain control characters, got ${quote(value)}: remove them`);
  return messages;
}

function checkLength(what: string, value: string, min: number, max: number): string[] {
  const length = [...value].length;
  if (length < min) return [`${what} must be ${min} to ${max} characters, got ${length}: give it a value`];
  if (length > max) return [`${what} must be ${min} to ${max} characters, got ${length}: shorten it`];
  return [];
}

/** Ids of users and channels. */
export function checkId(prop: string, value?: string): string[] {
  if (value === undefined || Token.isUnresolved(value) || ID.test(value)) return [];
  return [`${prop} must be 1 to 64 letters, digits or :-_.@, with a letter or digit at both ends, got ${quote(value)}: `
    + 'choose such an id'];
}

export function checkMetadata(value?: string): string[] {
  if (value === undefined || Token.isUnresolved(value)) return [];
  return [
    ...checkLength('metadata', value, 0, 1024),
    ...value.includes('\n') ? [`metadata must be one line, got ${quote(value)}: remove the line breaks`] : [],
  ];
}

/** Content of a standard message. */
export function checkContent(what: string, value: string): string[] {
  if (Token.isUnresolved(value)) return [];
  const bytes = Buffer.byteLength(value);
  if (bytes === 0) return [`${what} must be 1 to 4096 bytes, got 0: give it a value`];
  return bytes > 4096 ? [`${what} must be 1 to 4096 bytes, got ${bytes}: shorten it`] : [];
}

export function checkProcessorCount(count: number): string[] {
  if (count < 1) return ['processors must be 1 to 3, got none: add one'];
  if (count > 3) return [`processors must be 1 to 3, got ${count}: remove ${count - 3}`];
  return [];
}

export function checkExecutionOrders(orders: readonly number[]): string[] {
  const known = orders.filter(order => !Token.isUnresolved(order));
  const messages = known
    .filter(order => !Number.isInteger(order) || order < 1 || order > 3)
    .map(order => `executionOrder must be a whole number from 1 to 3, got ${order}: choose one of them`);
  if (new Set(known).size < known.length) {
    messages.push(`execution orders must differ, got ${known.join(', ')}: give each processor its own`);
  }
  return messages;
}

export function checkFunctionArn(functionArn: string): string[] {
  // A token stands before the version of a function that the app makes, hence no look at Token.isUnresolved here.
  if (functionArn.endsWith(':$LATEST')) {
    return ['a processor must be a function, a published version or an alias, got $LATEST: pass the function itself'];
  }
  if (Token.isUnresolved(functionArn) || FUNCTION_ARN.test(functionArn)) return [];
  return [`a processor must be arn:aws:lambda:<region>:<account>:function:<name>, got ${quote(functionArn)}: `
    + 'pass the ARN of a Lambda function in the partition aws'];
}

/**
 * @param tags as a tag manager renders them: undefined when there are none
 * @param needed how many tags the library itself keeps on such a resource
 */
export function checkTags(tags: readonly TagProperty[] = [], needed: number): string[] {
  const messages: string[] = [];
  const max = MAX_TAGS - needed;
  if (tags.length > max) {
    messages.push(`tags must be at most ${max} (the service allows ${MAX_TAGS}, the library needs ${needed}), `
      + `got ${tags.length}: remove ${tags.length - max}`);
  }
  for (const { Key: key, Value: value } of tags) {
    if (!Token.isUnresolved(key)) messages.push(...checkTagKey(key));
    if (!Token.isUnresolved(value)) messages.push(...checkLength(`the value of tag ${quote(key)}`, value, 1, 256));
  }
  return messages;
}

function checkTagKey(key: string): string[] {
  return [
    ...checkLength(`the tag key ${quote(key)}`, key, 1, 128),
    ...RESERVED_TAG_PREFIXES
      .filter(prefix => key.toLowerCase().startsWith(prefix))
      .map(prefix => `a tag key must not begin with the reserved "${prefix}", got ${quote(key)}: choose another`),
  ];
}

/** A value as it is shown in a message: one line, control characters visible, not endless. */
function quote(value: string): string {
  const shown = JSON.stringify(Token.isUnresolved(value) ? '<known at deployment>' : value);
  return shown.length > 80 ? `${shown.slice(0, 76)}…"` : shown;
}
