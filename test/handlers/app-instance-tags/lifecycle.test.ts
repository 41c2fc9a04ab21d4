import { DeleteAppInstanceCommand, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-chime-sdk-identity';
import { appInstanceTags } from '../../../src/handlers/app-instance-tags/lifecycle';
import type { AppInstanceTagsProperties } from '../../../src/handlers/app-instance-tags/properties';
import { keyClaimTag } from '../../../src/handlers/claims/key-claims';
import { createEvent, deleteEvent, inventedId, startService, updateEvent, type Service } from '../fixture';
import { World } from '../world';

type Tags = Record<string, string>;

let service: Service;
let world: World;

beforeAll(async () => { service = await startService(); });
afterAll(async () => service.close());

describe.each([['success', 'not-found'], ['bad-request', 'forbidden']] as const)(
  'untag answers %s, what is gone %s',
  (untagMissingKey, listTagsOfMissing) => {
    beforeEach(async () => {
      service.emulator.reset();
      service.emulator.setBehaviour({ untagMissingKey, listTagsOfMissing, missingAppInstance: listTagsOfMissing });
      world = await World.create(service);
      await setByHand({ auditor: 'x' });
      service.forgetCalls();
    });

    test('Create tags, Delete untags its own keys and nobody else\'s', async () => {
      // That somebody else's key has the same value says nothing.
      const { physicalId } = await create({ team: 'care', cost: 'x' });
      expect(tags()).toEqual({ auditor: 'x', team: 'care', cost: 'x' });
      await remove(physicalId, { team: 'care', cost: 'x' });
      expect(allTags()).toEqual({ auditor: 'x' });
    });

    test('Create refuses a key that somebody else set to another value', async () => {
      await setByHand({ cost: '1', reviewer: 'y' });
      // That somebody else has the wanted value under another key says nothing.
      await expect(create({ auditor: 'y', team: 'care', cost: '2' })).rejects.toThrow(
        /has auditor, cost already, with another value and not from this library — remove the key there or from 'tags'/,
      );
      expect(allTags()).toEqual({ auditor: 'x', cost: '1', reviewer: 'y' });
    });

    test('Create leaves a key alone that somebody else set to the same value; Delete too', async () => {
      await setByHand({ reviewer: 'y' });
      const { physicalId } = await create({ auditor: 'x' });
      await remove(physicalId, { auditor: 'x' });
      expect(allTags()).toEqual({ auditor: 'x', reviewer: 'y' });
    });

    test('Create delivered twice is harmless', async () => {
      const event = createEvent(properties({ team: 'care' }));
      const once = await service.play(appInstanceTags, event);
      service.forgetCalls();
      expect(await service.play(appInstanceTags, event)).toEqual(once);
      expect(service.operations()).toEqual(['ListTagsForResource']);
      expect(tags()).toEqual({ auditor: 'x', team: 'care' });
    });

    test('Update adds, changes, removes, and back', async () => {
      const [former, wanted] = [{ team: 'care', old: '1' }, { team: 'sales', fresh: '2' }];
      const { physicalId } = await create(former);
      expect((await update(physicalId, wanted, former)).physicalId).toBe(physicalId);
      expect(tags()).toEqual({ auditor: 'x', ...wanted });
      await update(physicalId, former, wanted);
      expect(tags()).toEqual({ auditor: 'x', ...former });
      await remove(physicalId, former);
      expect(allTags()).toEqual({ auditor: 'x' });
    });

    test(
      'Create and Update refuse a key with another value that another stack claims, and change nothing',
      async () => {
        const { physicalId } = await create({ team: 'care' });
        const before = allTags();
        await expect(theirs({ team: 'other', stage: 'prod' })).rejects.toThrow(
          /has team already, with another value, claimed by another stack — take the same value, or remove the key from 'tags'/,
        );
        expect(allTags()).toEqual(before);
        const their = await theirs({ stage: 'prod' });
        const both = allTags();
        await expect(service.play(appInstanceTags, updateEvent(
          their.physicalId, properties({ stage: 'prod', team: 'other' }), properties({ stage: 'prod' }), OTHERS,
        ))).rejects.toThrow('claimed by another stack');
        expect(allTags()).toEqual(both);
        await service.play(appInstanceTags, deleteEvent(their.physicalId, properties({ stage: 'prod' }), OTHERS));
        await remove(physicalId, { team: 'care' });
        expect(allTags()).toEqual({ auditor: 'x' });
      },
    );

    test('Create refuses a key that another stack claims and somebody removed', async () => {
      await create({ team: 'care' });
      await service.clients.identity.send(
        new UntagResourceCommand({ ResourceARN: world.appInstance, TagKeys: ['team'] }),
      );
      await expect(theirs({ team: 'care' })).rejects.toThrow(
        'has team already, with another value, claimed by another stack',
      );
    });

    test.each(['first', 'last'])(
      'a key that two stacks want with one value stays until the last of them is gone, the one who wrote it %s',
      async order => {
        const mine = await create({ team: 'care' });
        const their = await theirs({ team: 'care' });
        // Who only found it may not give it another value.
        await expect(service.play(
          appInstanceTags,
          updateEvent(their.physicalId, properties({ team: 'other' }), properties({ team: 'care' }), OTHERS),
        )).rejects.toThrow('claimed by another stack');
        const leave = [
          () => remove(mine.physicalId, { team: 'care' }),
          () => service.play(appInstanceTags, deleteEvent(their.physicalId, properties({ team: 'care' }), OTHERS)),
        ];
        if (order === 'last') leave.reverse();
        await leave[0]();
        expect(tags()).toEqual({ auditor: 'x', team: 'care' });
        await leave[1]();
        expect(allTags()).toEqual({ auditor: 'x' });
      },
    );

    test('who found a key may change it when the stack that wrote it has gone', async () => {
      const mine = await create({ team: 'care' });
      const their = await theirs({ team: 'care' });
      await remove(mine.physicalId, { team: 'care' });
      await service.play(
        appInstanceTags,
        updateEvent(their.physicalId, properties({ team: 'other' }), properties({ team: 'care' }), OTHERS),
      );
      expect(tags()).toEqual({ auditor: 'x', team: 'other' });
    });

    test('an own claim that somebody wrote removes nothing but itself', async () => {
      const { physicalId } = await create({ team: 'care' });
      const [[key, value]] = Object.entries(allTags()).filter(([name]) => name.startsWith('cdk-chime-messaging:'));
      // The claim of a resource that is allowed to know more keys, as another stack would seal it.
      await setByHand({
        [key]: keyClaimTag(
          world.appInstance,
          { StackId: 'arn:guessed', LogicalResourceId: 'Tags' },
          { written: new Set(['auditor', 'team']), shared: new Set() },
        ).Value,
      });
      await remove(physicalId, { auditor: 'x', team: 'care' });
      expect(allTags()).toEqual({ auditor: 'x', team: 'care' });
      expect(value).not.toBe('');
    });

    test('Update that changes nothing makes no call', async () => {
      const { physicalId } = await create({ team: 'care' });
      service.forgetCalls();
      await update(physicalId, { team: 'care' }, { team: 'care' });
      expect(service.operations()).toEqual([]);
    });

    test('Update that removes a tag writes none, and gives the key up', async () => {
      const { physicalId } = await create({ team: 'care', old: '1' });
      service.forgetCalls();
      await update(physicalId, { team: 'care' }, { team: 'care', old: '1' });
      // The last call is the claim's.
      expect(service.operations()).toEqual(['ListTagsForResource', 'UntagResource', 'TagResource']);
      await setByHand({ old: '1' });
      await remove(physicalId, { team: 'care' });
      expect(allTags()).toEqual({ auditor: 'x', old: '1' });
    });

    test(
      'Update that removes a tag leaves it to another construct, and to another stack, that want it too',
      async () => {
        const { physicalId } = await create({ team: 'care', cost: '1' });
        await create({ team: 'care' }, 'Other');
        await service.play(appInstanceTags, createEvent(
          properties({ cost: '1' }), { StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/other/1' },
        ));
        await update(physicalId, {}, { team: 'care', cost: '1' });
        expect(tags()).toEqual({ auditor: 'x', team: 'care', cost: '1' });
        await remove(physicalId, {});
        expect(tags()).toEqual({ auditor: 'x', team: 'care', cost: '1' });
      },
    );

    test('Update of an id that is none tags', async () => {
      await update(inventedId(), { team: 'care' }, { team: 'care' });
      expect(tags()).toEqual({ auditor: 'x', team: 'care' });
    });

    test.each([1, 3])('Update that fails in the %d. TagResource leaves all as it was', async call => {
      const [former, wanted] = [{ team: 'care', old: '1' }, { team: 'sales', fresh: '2' }];
      const { physicalId } = await create(former);
      const before = allTags();
      service.emulator.setBehaviour({ faults: [{ operation: 'TagResource', call, error: 'BadRequest' }] });
      await expect(update(physicalId, wanted, former)).rejects.toThrow();
      expect(allTags()).toEqual(before);
    });

    test('Update that fails leaves all as it was, and its rollback succeeds', async () => {
      const [former, wanted] = [{ team: 'care', old: '1' }, { team: 'sales', fresh: '2' }];
      const { physicalId } = await create(former);
      const before = allTags();
      service.emulator.setBehaviour({ faults: [{ operation: 'TagResource', call: 2, error: 'BadRequest' }] });
      service.forgetCalls();
      await expect(update(physicalId, wanted, former)).rejects.toThrow();
      expect(allTags()).toEqual(before);
      // What never came is not taken away.
      expect(service.operations()).toEqual(
        ['ListTagsForResource', 'TagResource', 'UntagResource', 'TagResource', 'ListTagsForResource', 'TagResource'],
      );
      expect(service.emulator.calls().at(-1)!.input.Tags).not.toContainEqual(
        expect.objectContaining({ Key: 'auditor' }),
      );
      await update(physicalId, former, wanted);
      expect(allTags()).toEqual(before);
    });

    test('Update that fails after it tagged leaves all as it was', async () => {
      const [former, wanted] = [{ team: 'care', old: '1' }, { team: 'sales', fresh: '2' }];
      const { physicalId } = await create(former);
      const before = allTags();
      service.emulator.setBehaviour({
        faults: [
          { operation: 'TagResource', call: 2, error: 'lost-answer' },
          { operation: 'TagResource', call: 3, error: 'BadRequest' },
        ],
      });
      await expect(update(physicalId, wanted, former)).rejects.toThrow();
      expect(allTags()).toEqual(before);
    });

    test(
      'Create and Update that can\'t put the tags back say so, and Create names what it left by its id',
      async () => {
        service.emulator.setBehaviour({
          faults: [
            { operation: 'TagResource', call: 2, error: 'BadRequest' },
            { operation: 'UntagResource', error: 'Forbidden' },
          ],
        });
        const failure = await create({ team: 'care' }).catch(error => error);
        expect(failure).toMatchObject({
          name: 'FailedWithPhysicalId',
          physicalId: expect.stringContaining(`${world.appInstance}#`),
          message: expect.stringMatching(
            /^TagResource failed: BadRequestException: .*; and the tags of .* could not be put back: UntagResource failed: Forbidden/,
          ),
          cause: { name: 'BadRequestException' },
        });

        service.emulator.setBehaviour({
          faults: [
            { operation: 'TagResource', call: 2, error: 'BadRequest' },
            { operation: 'ListTagsForResource', call: 2, error: 'Forbidden' },
          ],
        });
        await expect(update(failure.physicalId, { team: 'sales', cost: '1' }, { team: 'care' })).rejects.toMatchObject({
          name: 'Error',
          message: expect.stringMatching(
            /^TagResource failed: BadRequestException: .*; and the tags of .* could not be put back: ListTagsForResource failed: Forbidden/,
          ),
          cause: { name: 'BadRequestException' },
        });
        await remove(failure.physicalId, { team: 'sales' });
        expect(allTags()).toEqual({ auditor: 'x' });
      },
    );

    test('Create that fails leaves nothing', async () => {
      service.emulator.setBehaviour({ faults: [{ operation: 'TagResource', call: 2, error: 'BadRequest' }] });
      await expect(create({ team: 'care' })).rejects.toThrow();
      expect(allTags()).toEqual({ auditor: 'x' });
    });

    test('Update of the app instance tags the new one; the Delete of the old id untags the old one', async () => {
      const { physicalId } = await create({ team: 'care' });
      const other = await World.create(service);
      const moved = await service.play(appInstanceTags, updateEvent(
        physicalId, { ...properties({ team: 'care' }), AppInstanceArn: other.appInstance },
        properties({ team: 'care' }), { LogicalResourceId: 'Tags' },
      ));
      expect(moved.physicalId).toContain(other.appInstance);
      expect(tags()).toEqual({ auditor: 'x', team: 'care' });
      await remove(physicalId, { team: 'care' });
      expect(allTags()).toEqual({ auditor: 'x' });
      expect(other.tagsOf(other.appInstance)).toMatchObject({ team: 'care' });
    });

    test('Update back from a replacement whose answer was lost untags what it tagged', async () => {
      const elsewhere = (await World.create(service)).appInstance;
      const there = { ...properties({ team: 'care' }), AppInstanceArn: elsewhere };
      const { physicalId } = await create({ team: 'care' });
      const frame = { LogicalResourceId: 'Tags' };
      await service.play(appInstanceTags, updateEvent(physicalId, there, properties({ team: 'care' }), frame));
      await service.play(appInstanceTags, updateEvent(physicalId, properties({ team: 'care' }), there, frame));
      expect(tags()).toEqual({ auditor: 'x', team: 'care' });
      expect(world.tagsOf(elsewhere)).toEqual({});
    });

    test('Delete that is delivered twice at once succeeds twice', async () => {
      const { physicalId } = await create({ team: 'care' });
      await Promise.all([remove(physicalId, { team: 'care' }), remove(physicalId, { team: 'care' })]);
      expect(allTags()).toEqual({ auditor: 'x' });
    });

    test('a renamed construct id changes no tag of the user\'s', async () => {
      const old = await create({ team: 'care' }, 'Old');
      const renamed = await create({ team: 'care' }, 'New');
      await remove(old.physicalId, { team: 'care' }, 'Old');
      expect(tags()).toEqual({ auditor: 'x', team: 'care' });
      await remove(renamed.physicalId, { team: 'care' }, 'New');
      expect(allTags()).toEqual({ auditor: 'x' });
    });

    test('Delete with an invented id finds what a lost Create tagged; without a claim it touches nothing', async () => {
      await create({ team: 'care' });
      await remove(inventedId(), { team: 'care' });
      expect(allTags()).toEqual({ auditor: 'x' });
      await setByHand({ team: 'care' });
      service.forgetCalls();
      await remove(inventedId(), { team: 'care' });
      expect(service.operations()).toEqual(['ListTagsForResource']);
      expect(tags()).toEqual({ auditor: 'x', team: 'care' });
    });

    test('Delete with an invented id, of what is no app instance, makes no call', async () => {
      await service.play(appInstanceTags, deleteEvent(inventedId(), { ...properties({}), AppInstanceArn: 'x' }));
      expect(service.operations()).toEqual([]);
    });

    test.each(['BadRequest', 'Forbidden'] as const)('Delete that can\'t read the tags (%s) fails', async error => {
      const { physicalId } = await create({ team: 'care' });
      service.emulator.setBehaviour({ faults: [{ operation: 'ListTagsForResource', error }] });
      await expect(remove(physicalId, { team: 'care' })).rejects.toThrow('a fault is set');
      expect(tags()).toEqual({ auditor: 'x', team: 'care' });
    });

    test('Delete where the app instance is gone succeeds', async () => {
      const { physicalId } = await create({ team: 'care' });
      await service.clients.identity.send(new DeleteAppInstanceCommand({ AppInstanceArn: world.appInstance }));
      await remove(physicalId, { team: 'care' });
    });
  },
);

test('full of tags: the reason says what to remove, and nothing is touched', async () => {
  service.emulator.reset();
  world = await World.create(service);
  await setByHand(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`key-${i}`, 'value'])));
  await expect(create({ team: 'care' })).rejects.toThrow(
    /TagResource failed: ResourceLimitExceededException: .* — remove a tag of/,
  );
  expect(Object.keys(allTags())).toHaveLength(50);
});

test('an app instance that is none is refused', async () => {
  await expect(service.play(appInstanceTags, createEvent({ AppInstanceArn: 'x', Tags: [] }))).rejects.toThrow(
    "'appInstance' must be an app instance ARN, got x",
  );
});

function properties(wanted: Tags): AppInstanceTagsProperties {
  return { AppInstanceArn: world.appInstance, Tags: Object.entries(wanted).map(([Key, Value]) => ({ Key, Value })) };
}

function create(wanted: Tags, LogicalResourceId = 'Tags') {
  return service.play(appInstanceTags, createEvent(properties(wanted), { LogicalResourceId }));
}

function update(id: string, wanted: Tags, former: Tags) {
  return service.play(
    appInstanceTags, updateEvent(id, properties(wanted), properties(former), { LogicalResourceId: 'Tags' }),
  );
}

function remove(id: string, wanted: Tags, LogicalResourceId = 'Tags') {
  return service.play(appInstanceTags, deleteEvent(id, properties(wanted), { LogicalResourceId }));
}

const OTHERS = { StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/other/1', LogicalResourceId: 'Tags' };

function theirs(wanted: Tags) {
  return service.play(appInstanceTags, createEvent(properties(wanted), OTHERS));
}

async function setByHand(wanted: Tags) {
  await service.clients.identity.send(new TagResourceCommand({
    ResourceARN: world.appInstance, Tags: Object.entries(wanted).map(([Key, Value]) => ({ Key, Value })),
  }));
}

function allTags(): Tags {
  return world.tagsOf(world.appInstance);
}

/** Without the claims. */
function tags(): Tags {
  return Object.fromEntries(Object.entries(allTags()).filter(([key]) => !key.startsWith('cdk-chime-messaging:')));
}
