/**
 * Stacks that manage tags of one app instance, with keys and values of one small set, in any order of events: none
 * changes what came by hand or what another stack manages, and nothing is left of them. And keys that look alike to a
 * claim's hashes.
 *
 *     HOSTILE_SEED=<seed> HOSTILE_RUNS=<runs> npx jest test/hostile/tags-of-stacks
 */
import * as fc from 'fast-check';
import { tagKey } from './other-stacks';
import { RUNS, SEED } from './runs';
import { appInstanceTags } from '../../src/handlers/app-instance-tags/lifecycle';
import { createEvent, deleteEvent, startService, STACK_ID, updateEvent, type Service } from '../handlers/fixture';
import { World } from '../handlers/world';

type Tags = Record<string, string>;

let service: Service;
let world: World;
beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(async () => {
  service.emulator.reset();
  world = await World.create(service);
});

const properties = (wanted: Tags) =>
  ({ AppInstanceArn: world.appInstance, Tags: Object.entries(wanted).map(([Key, Value]) => ({ Key, Value })) });
const stack = (number: number) =>
  ({ StackId: STACK_ID.replace('/chat/', `/stack-${number}/`), LogicalResourceId: 'Tags' });
const allTags = (): Tags => world.tagsOf(world.appInstance);
const tagsOnly = (): Tags =>
  Object.fromEntries(Object.entries(allTags()).filter(([key]) => !key.startsWith('cdk-chime-messaging:')));

const tagSet = fc.array(fc.tuple(tagKey, fc.constantFrom('care', 'other')), { minLength: 1, maxLength: 4 })
  .map(entries => Object.assign(Object.create(null), Object.fromEntries(entries)) as Tags);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ stack: fc.nat(2), wants: tagSet }) },
  { weight: 1, arbitrary: fc.record({ stack: fc.nat(2), wants: fc.constant(null) }) },
);
const runs = Math.ceil(RUNS / 40);

interface Held { readonly id: string; readonly tags: Tags }

test(`${runs} histories of three stacks, of seed ${SEED}, change nothing of others'`, async () => {
  await fc.assert(fc.asyncProperty(tagSet, fc.array(step, { minLength: 2, maxLength: 10 }), async (byHand, steps) => {
    service.emulator.reset();
    world = await World.create(service);
    await world.tag(world.appInstance, byHand);
    const held = new Map<number, Held>();
    // Who wrote a key first, of those that have managed it since: only they may give it another value.
    const writers = new Map<string, number>();
    for (const { stack: number, wants } of [...steps, ...[0, 1, 2].map(left => ({ stack: left, wants: null }))]) {
      const before = allTags();
      const mine = held.get(number);
      if (wants === null && mine === undefined) continue;
      const event = mine === undefined ? createEvent(properties(wants!), stack(number))
        : wants === null ? deleteEvent(mine.id, properties(mine.tags), stack(number))
          : updateEvent(mine.id, properties(wants), properties(mine.tags), stack(number));
      const outcome = await service.play(appInstanceTags, event).catch((error: Error) => error);
      if (outcome instanceof Error) {
        expect(outcome.message).toMatch(/already, with another value/);
        expect(allTags()).toEqual(before);
        continue;
      }
      if (wants === null) held.delete(number);
      else held.set(number, { id: outcome.physicalId, tags: wants });
      const now = tagsOnly();
      expect(now).toMatchObject(byHand);
      for (const [other, { tags }] of held) {
        for (const [key, value] of Object.entries(tags)) {
          expect(Object.keys(now)).toContain(key);
          if (other === number) expect(now[key]).toBe(value);
          // Another's key has the value that it had, unless the one who wrote it first gave it another.
          else if (writers.get(key) !== number) expect(now[key]).toBe(before[key]);
        }
      }
      for (const key of Object.keys(now)) {
        const managers = [...held].filter(([, { tags }]) => key in tags).map(([manager]) => manager);
        if (!managers.includes(writers.get(key)!)) writers.delete(key);
        if (!writers.has(key) && managers.length === 1) writers.set(key, managers[0]);
      }
    }
    expect(allTags()).toEqual(byHand);
  }), { seed: SEED, numRuns: runs, endOnFailure: true });
}, 600_000);

/** Keys with one hash: of 30 bits, as claims once had them; and of the 24 bits that a claim of 48 keys has room for. */
const ALIKE: [string, string, string][] = [
  ['30 bits of their hash', 'key-8337', 'key-15029'], ['24 bits of what a claim holds', 'key-2604', 'key-5760'],
];
const FILLING = Object.fromEntries(Array.from({ length: 46 }, (_, index) => [`filling-${index}`, 'x']));

describe.each(ALIKE)('keys alike by %s', (_, own, foreign) => {
  describe.each<[string, Tags]>([['a few', {}], ['48', FILLING]])('in a claim of %s keys', (_few, more) => {
    const wanted: Tags = { ...more, [own]: 'mine' };

    beforeEach(() => world.tag(world.appInstance, { [foreign]: 'theirs' }));

    test('a foreign one is not taken over', async () => {
      const { physicalId } = await service.play(appInstanceTags, createEvent(properties(wanted), stack(0)));
      const update = updateEvent(
        physicalId, properties({ ...wanted, [foreign]: 'mine' }), properties(wanted), stack(0),
      );
      await expect(service.play(appInstanceTags, update)).rejects.toThrow(
        `${foreign} already, with another value and not from this library`,
      );
      expect(tagsOnly()).toEqual({ ...wanted, [foreign]: 'theirs' });
    });

    test('a foreign one does not go with the own one', async () => {
      const { physicalId } = await service.play(appInstanceTags, createEvent(properties(wanted), stack(0)));
      await service.play(
        appInstanceTags, updateEvent(physicalId, properties({ ...more, last: 'x' }), properties(wanted), stack(0)),
      );
      expect(tagsOnly()).toEqual({ ...more, last: 'x', [foreign]: 'theirs' });
      await service.play(appInstanceTags, deleteEvent(physicalId, properties(wanted), stack(0)));
      expect(allTags()).toEqual({ [foreign]: 'theirs' });
    });

    test('another stack\'s claim on the one says nothing of the other', async () => {
      await service.play(appInstanceTags, createEvent(properties(wanted), stack(0)));
      const { physicalId } = await service.play(
        appInstanceTags, createEvent(properties({ [foreign]: 'theirs' }), stack(1)),
      );
      await service.play(appInstanceTags, deleteEvent(physicalId, properties({ [foreign]: 'theirs' }), stack(1)));
      expect(tagsOnly()).toEqual({ ...wanted, [foreign]: 'theirs' });
    });
  });
});

test('48 keys are exchanged for 48 others, and go', async () => {
  const many = (name: string) =>
    Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`${name}-${index}`, 'x'.repeat(256)]));
  await world.tag(world.appInstance, { auditor: 'x' });
  const { physicalId } = await service.play(appInstanceTags, createEvent(properties(many('former')), stack(0)));
  await service.play(
    appInstanceTags, updateEvent(physicalId, properties(many('latter')), properties(many('former')), stack(0)),
  );
  expect(tagsOnly()).toEqual({ ...many('latter'), auditor: 'x' });
  expect(Object.values(allTags()).every(value => value.length <= 256)).toBe(true);
  await service.play(appInstanceTags, deleteEvent(physicalId, properties(many('latter')), stack(0)));
  expect(allTags()).toEqual({ auditor: 'x' });
});
