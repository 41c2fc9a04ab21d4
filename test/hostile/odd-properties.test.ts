/**
 * Properties that are almost right, for every property of every resource type: each is refused before anything is
 * called, and a Delete succeeds with all of them.
 *
 *     HOSTILE_SEED=<seed> HOSTILE_RUNS=<runs> npx jest test/hostile/odd-properties
 */
import * as fc from 'fast-check';
import { HANDLERS, type Entry } from './handlers';
import { RUNS, SEED } from './runs';
import { appInstance } from '../../src/handlers/app-instance/lifecycle';
import { appInstanceAdmin } from '../../src/handlers/app-instance-admin/lifecycle';
import { appInstanceTags } from '../../src/handlers/app-instance-tags/lifecycle';
import { appInstanceUser } from '../../src/handlers/app-instance-user/lifecycle';
import { channel } from '../../src/handlers/channel/lifecycle';
import { channelFlow } from '../../src/handlers/channel-flow/lifecycle';
import { channelFlowAssociation } from '../../src/handlers/channel-flow-association/lifecycle';
import { channelFlowVerification } from '../../src/handlers/channel-flow-verification/lifecycle';
import type { Lifecycle } from '../../src/handlers/protocol/lifecycle';
import type { Clients } from '../../src/handlers/service/clients';
import { createEvent, deleteEvent, inventedId, startService, updateEvent, type Service } from '../handlers/fixture';
import { World } from '../handlers/world';

const LIFECYCLES: Record<Entry, Lifecycle<any, Clients>> = {
  'app-instance': appInstance,
  'app-instance-admin': appInstanceAdmin,
  'app-instance-tags': appInstanceTags,
  'app-instance-user': appInstanceUser,
  'channel': channel,
  'channel-flow': channelFlow,
  'channel-flow-association': channelFlowAssociation,
  'channel-flow-verification': channelFlowVerification,
};

let service: Service;
let places: Record<string, string>;
beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(async () => {
  service.emulator.reset();
  const world = await World.create(service);
  const [lobby, flow, foreign] = [
    await world.channel('lobby'), await world.flow('moderation'), await world.flow('foreign'),
  ];
  await world.associate(lobby, foreign);
  places = { appInstance: world.appInstance, admin: world.admin, channel: lobby, flow, user: await world.user('bob') };
});

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Where the values are of which only some may be, and what they may be. */
const CLOSED = /^(OnExisting|Mode|Privacy|FallbackAction|InvocationType|Expect)$/;
const ARNS = /Arn$|^(Bearer|Sender)$/;
const IDS = /^(ChannelId|AppInstanceUserId)$/;
const NUMBERS = /^(ExecutionOrder|TimeoutMilliseconds)$/;
const REQUIRED = /^(AppInstanceArn|AppInstanceAdminArn|AppInstanceUserId|Name|Bearer|Sender|ChannelArn|ChannelFlowArn|OnExisting|Processors|Configuration|Lambda|ResourceArn|InvocationType|FallbackAction|ExecutionOrder|Expect|Content|TimeoutMilliseconds|Key|Value|Probes)$/;

const LOOKALIKES: Record<string, string> = { A: 'А', E: 'Ε', O: 'О', I: 'І', a: 'а', e: 'е' };

/** Whatever is not the value, and looks as if it were. */
function oddly(entry: Entry, { name, value: right }: Place): fc.Arbitrary<Json | undefined> {
  const text = typeof right === 'string' ? right : JSON.stringify(right);
  const nothing = fc.constantFrom<Json>(null, true, [], {}, [text], { [text]: text });
  const kinds: fc.Arbitrary<Json | undefined>[] = [nothing];
  if (REQUIRED.test(name) && !(entry === 'channel-flow' && name === 'Bearer')) {
    kinds.push(fc.constant(undefined), fc.constant(''));
  }
  const around = fc.constantFrom(' ', '\t', '\n', '\u00a0', '\u200b', '\u0000', '"', "'", '*', '?', '${x}', ',');
  if (CLOSED.test(name) || ARNS.test(name) || IDS.test(name)) {
    kinds.push(fc.tuple(around, fc.boolean()).map(([odd, before]) => before ? odd + text : text + odd));
    kinds.push(fc.constant([...text].map(letter => LOOKALIKES[letter] ?? letter).join('')));
  }
  if (CLOSED.test(name)) {
    kinds.push(fc.constantFrom(
      text.toLowerCase(),
      text[0] + text.slice(1).toLowerCase(),
      text.slice(0, -1),
      `${text}${text}`,
      text.normalize('NFKD') + '\u0301',
      '0',
      'null',
    ));
  }
  if (ARNS.test(name)) {
    kinds.push(fc.constantFrom(
      text.toUpperCase(),
      `${text}/`,
      `${text}/*`,
      text.replace(/[^/]+$/, '*'),
      text.replace('arn:aws:', 'arn:aws:s3:'),
      text.slice(4),
    ));
  }
  if (NUMBERS.test(name)) {
    kinds.push(
      fc.constantFrom<Json>('0', '-1', '1e3', '0x1', '1.5', ' 1', '1 ', 'NaN', 'Infinity', '9'.repeat(20), -1, 0.5),
    );
  }
  if (name === 'Metadata') kinds.push(fc.constantFrom('a\nb', 'x'.repeat(1025)));
  if (name === 'Name') kinds.push(fc.constantFrom('\u0000', 'x'.repeat(257)));
  if (name === 'Key') {
    kinds.push(
      fc.constantFrom(
        'cdk-chime-messaging:owner', 'CDK-CHIME-MESSAGING:claim:nobody', 'aws:x', 'AWS:x', 'k'.repeat(129),
      ),
    );
  }
  if (name === 'Value') kinds.push(fc.constant('x'.repeat(257)));
  const isRight = (odd: Json | undefined) =>
    JSON.stringify(odd) === JSON.stringify(right) || (name === 'Tags' && JSON.stringify(odd) === '[]');
  return fc.oneof(...kinds).filter(odd => !isRight(odd));
}

interface Place { readonly path: readonly (string | number)[]; readonly name: string; readonly value: Json }

function placesIn(value: Json, path: readonly (string | number)[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, below]) => [
    ...typeof key === 'string' ? [{ path: [...path, key], name: key, value: below }] : [],
    ...placesIn(below, [...path, key]),
  ]);
}

function put(properties: Json, [first, ...rest]: readonly (string | number)[], value: Json | undefined): Json {
  const copy: any = Array.isArray(properties) ? [...properties] : { ...properties as object };
  if (rest.length > 0) copy[first] = put(copy[first], rest, value);
  else if (value === undefined) delete copy[first];
  else copy[first] = value;
  return copy;
}

const filled = (entry: Entry): Json =>
  JSON.parse(Object.entries(places).reduce(
    (text, [name, arn]) => text.replaceAll(`{${name}}`, arn), JSON.stringify(HANDLERS[entry].valid),
  ));

/** Without what may hold anything, such as the revision. */
const CHECKED = (place: Place) => place.name !== 'Revision';
const runs = Math.ceil(RUNS / 8);

describe.each(Object.keys(HANDLERS) as Entry[])('%s', entry => {
  test(`${runs} odd values of seed ${SEED} are refused, and delete`, async () => {
    const right = filled(entry);
    const checked = placesIn(right).filter(CHECKED);
    const odd = fc.constantFrom(...checked).chain(place => fc.tuple(fc.constant(place), oddly(entry, place)));
    const before = service.emulator.state();
    await fc.assert(fc.asyncProperty(odd, fc.boolean(), async ([{ path }, value], isUpdate) => {
      const properties = put(right, path, value) as object;
      service.forgetCalls();
      const event = isUpdate ? updateEvent(inventedId(), properties, right as object) : createEvent(properties);
      await expect(service.play(LIFECYCLES[entry], event)).rejects.toThrow(/ — /);
      expect(service.operations()).toEqual([]);
    }), { seed: SEED, numRuns: runs, endOnFailure: true });
    expect(service.emulator.state()).toEqual(before);
    await fc.assert(fc.asyncProperty(odd, async ([{ path }, value]) => {
      const id = inventedId();
      await expect(
        service.play(LIFECYCLES[entry], deleteEvent(id, put(right, path, value) as object)),
      ).resolves.toMatchObject({ physicalId: id });
    }), { seed: SEED, numRuns: Math.ceil(runs / 10), endOnFailure: true });
    expect(service.emulator.state()).toEqual(before);
  }, 600_000);

  test('what is right is taken, also with a property that it does not know', async () => {
    const event = createEvent({ ...filled(entry) as object, Nonce: '1' });
    const outcome = service.play(LIFECYCLES[entry], event);
    // The verification's message finds nobody who answers it.
    if (entry === 'channel-flow-verification') await expect(outcome).rejects.toThrow(/ — /);
    else await expect(outcome).resolves.toMatchObject({ physicalId: expect.any(String) });
    expect(service.operations().length).toBeGreaterThan(0);
  });
});

test.each([undefined, '', 'fail', 'replace', 'REPLACE ', ' FAIL', 'Fail', 'X', null, true])(
  'OnExisting %p replaces nothing',
  async OnExisting => {
    const properties = { ...filled('channel-flow-association') as object, OnExisting } as never;
    const carried = service.emulator.state().associations;
    await expect(service.play(channelFlowAssociation, createEvent(properties))).rejects.toThrow('OnExisting must be');
    expect(service.emulator.state().associations).toEqual(carried);
  },
);
