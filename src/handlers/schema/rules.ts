import type { LifecycleEvent } from '../protocol/lifecycle';
import { isAppInstanceArn, isArnOf, isUserOrBotArn, type Kind } from '../service/arn';
import type { TagProperty } from '../tags/tag-property';
import { RESERVED_TAG_PREFIX } from '../tags/tag-property';

/**
 * What is wrong with a value, in words that go on after the name of its property; undefined for one that the property
 * may have. No word of a value that may be content.
 */
export type Rule = (value: unknown) => string | undefined;

/**
 * The rule of each property. One that the schema doesn't name acts on nothing, and is ignored: templates bring them to
 * force an update.
 */
export type Schema<Properties> = { readonly [Name in keyof Required<Properties>]: Rule };

/**
 * The event, with properties that are as they must be. Others are refused before anything is called, so that the
 * failure names them. A Delete is never refused: it goes on without the properties that are wrong, as do all events
 * without previous ones that are.
 */
export function checkProperties<Properties extends object>(
  event: LifecycleEvent<Properties>,
  schema: Schema<Properties>,
): LifecycleEvent<Properties> {
  const { RequestType, ResourceProperties: desired, OldResourceProperties: previous } = event;
  const problems = RequestType === 'Delete' ? [] : problemsIn(desired, schema);
  if (problems.length > 0) throw new Error(`${problems.join('; ')} — correct the properties in the template`);
  return {
    ...event,
    ResourceProperties: right(desired, schema),
    ...previous !== undefined && { OldResourceProperties: right(previous, schema) },
  };
}

function right<Properties extends object>(properties: Properties, schema: Schema<Properties>): Properties {
  const wrong = Object.keys(schema).filter(
    name => problemsIn(properties, { [name]: schema[name as keyof Properties] }).length > 0,
  );
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !wrong.includes(name))) as Properties;
}

/** The same for what is known to be text. */
export type TextRule = (value: string) => string | undefined;

export function required(rule: TextRule): Rule {
  return value => typeof value !== 'string' || value === '' ? 'must be a string that is not empty' : rule(value);
}

/** For rules that say of an empty text, too, what is wrong with it. */
export function string(rule: TextRule): Rule {
  return value => typeof value !== 'string' ? 'must be a string' : rule(value);
}

export function optional(rule: TextRule): Rule {
  return value => value === undefined ? undefined : typeof value !== 'string' ? 'must be a string' : rule(value);
}

/** Counted in code points, as the service counts. */
export function text(
  min: number, max: number, pattern?: { readonly is: RegExp; readonly described: string },
): TextRule {
  return value => {
    // No character has more than two code units.
    const length = value.length > 2 * max ? value.length : [...value].length;
    if (length < min || length > max) return `must have ${min} to ${max} characters, and has ${length}`;
    return pattern === undefined || pattern.is.test(value) ? undefined : `must be ${pattern.described}`;
  };
}

/** Content of a message, in bytes. */
export function bytes(min: number, max: number): TextRule {
  return value => {
    const length = Buffer.byteLength(value);
    return length >= min && length <= max ? undefined : `must have ${min} to ${max} bytes, and has ${length}`;
  };
}

/** Names of app instances, channels, flows and processors. */
export const NAME = text(1, 256, {
  is: /^[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u,
  described: 'a name without control characters',
});
export const USER_NAME = text(1, 100, {
  is: /^(?=.*\S)[\u0009\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u,
  described: 'a name of one line without control characters, and not blank',
});
export const METADATA = text(0, 1024, { is: /^.*$/, described: 'one line' });
/** Ids of users and channels. */
export const ID = text(1, 64, {
  is: /^[A-Za-z0-9]([A-Za-z0-9:\-_.@]{0,62}[A-Za-z0-9])?$/,
  described: 'an id of letters, digits and :-_.@, with a '
    + 'letter or digit at both ends',
});

/** Exactly one of the values: a destructive one is never what is left when it is none of the others. */
export function oneOf(...values: readonly string[]): TextRule {
  return value => values.includes(value) ? undefined : `must be ${values.join(' or ')}`;
}

/** A whole number; CloudFormation delivers every scalar as a string. */
export function wholeNumber(min: number, max: number): Rule {
  return value => {
    const number = typeof value === 'string' && /^(0|[1-9]\d{0,15})$/.test(value) ? Number(value) : value;
    return Number.isInteger(number) && (number as number) >= min && (number as number) <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`;
  };
}

/** The ARN of what the construct's property holds. */
export function arnOf(prop: string, what: keyof typeof ARNS): TextRule {
  return value => ARNS[what].is(value)
    ? undefined
    : `is wrong: '${prop}' must be ${ARNS[what].described}, got ${shortened(value)}`;
}

const isKind = (kind: Kind) => (arn: string) => isArnOf(kind, arn);
const ARNS = {
  'app instance': { is: isAppInstanceArn, described: 'an app instance ARN' },
  'user or bot': { is: isUserOrBotArn, described: 'the ARN of an app instance user or bot' },
  'channel': { is: isKind('channel'), described: 'a channel ARN' },
  'channel flow': { is: isKind('channel-flow'), described: 'a channel flow ARN' },
};

/** A function of the partition in which the service is; also a version or an alias of it. */
export const FUNCTION_ARN: TextRule = value =>
  value.length <= 2048 && LAMBDA.test(value)
    ? undefined
    : `must be the ARN of a Lambda function, got ${shortened(value)}`;

const LAMBDA = /^arn:aws:lambda:[a-z]{2}-[a-z]+-\d:\d{12}:function:[a-zA-Z0-9\-_.]+(:(\$LATEST|[a-zA-Z0-9\-_]+))?$/;

export function listOf(rule: Rule, min: number, max: number): Rule {
  return value => {
    if (!Array.isArray(value) || value.length < min || value.length > max) return `must be a list of ${min} to ${max}`;
    const problem = value.map(rule).find(found => found !== undefined);
    return problem === undefined ? undefined : `holds what ${problem}`;
  };
}

export function structure(schema: Readonly<Record<string, Rule>>): Rule {
  return value => {
    if (!isStructure(value)) return `must be a structure with ${Object.keys(schema).join(', ')}`;
    const [problem] = problemsIn(value, schema);
    return problem === undefined ? undefined : `is wrong: ${problem}`;
  };
}

/**
 * Tags of the user's.
 *
 * @param needed how many of the 50 tags of a resource the library keeps for itself
 */
export function tags(needed: number, { isOptional }: { readonly isOptional: boolean }): Rule {
  return value => {
    if (isOptional && value === undefined) return undefined;
    if (!Array.isArray(value) || !value.every(isTag)) return 'must be a list of { Key, Value }';
    if (value.length > MAX_TAGS - needed) return `must be at most ${MAX_TAGS - needed} tags, and are ${value.length}`;
    const keys = value.map(({ Key }) => Key);
    if (new Set(keys).size < keys.length) return 'must not name a key twice';
    if (!keys.every(key => TAG_KEY(key) === undefined)) return 'must have keys of 1 to 128 characters';
    if (keys.some(isReserved)) {
      return `must not have a key that begins with ${RESERVED.join(' or ')}, which are reserved`;
    }
    return value.every(tag => TAG_VALUE(tag.Value) === undefined)
      ? undefined
      : 'must have values of 1 to 256 characters';
  };
}

const MAX_TAGS = 50;
const TAG_KEY = text(1, 128);
const TAG_VALUE = text(1, 256);
const RESERVED = [RESERVED_TAG_PREFIX, 'aws:'];

function isReserved(key: string): boolean {
  return RESERVED.some(prefix => key.toLowerCase().startsWith(prefix));
}

function isTag(value: unknown): value is TagProperty {
  return isStructure(value) && typeof value.Key === 'string' && typeof value.Value === 'string';
}

function isStructure(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Only what a value has of its own: what an object inherits is not a property. */
function problemsIn(value: object, schema: Readonly<Record<string, Rule>>): string[] {
  return Object.entries(schema).flatMap(([name, rule]) => {
    const problem = rule(Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined);
    return problem === undefined ? [] : [`${name} ${problem}`];
  });
}

function shortened(value: string): string {
  return value.length > 300 ? `${value.slice(0, 300)}…` : value;
}

/* What the properties of several types name. */
export const APP_INSTANCE_ARN = arnOf('appInstance', 'app instance');
export const CHANNEL_ARN = arnOf('channel', 'channel');
export const CHANNEL_FLOW_ARN = arnOf('channelFlow', 'channel flow');
export const BEARER = arnOf('bearer', 'user or bot');
