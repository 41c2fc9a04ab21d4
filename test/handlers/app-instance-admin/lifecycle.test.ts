import {
  CreateAppInstanceAdminCommand, CreateAppInstanceBotCommand, DeleteAppInstanceAdminCommand, DeleteAppInstanceCommand,
  DeleteAppInstanceUserCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { appInstanceAdmin } from '../../../src/handlers/app-instance-admin/lifecycle';
import { createEvent, deleteEvent, inventedId, startService, updateEvent, type Service } from '../fixture';
import { World } from '../world';

let service: Service;
let world: World;
let user: string;

beforeAll(async () => { service = await startService(); });
afterAll(async () => service.close());

describe.each(['not-found', 'forbidden'] as const)('what is gone answers %s', missing => {
  beforeEach(async () => {
    service.emulator.reset();
    service.emulator.setBehaviour({ missingUser: missing, listTagsOfMissing: missing, missingAppInstance: missing });
    world = await World.create(service);
    user = await world.user('moderator');
    service.forgetCalls();
  });

  test('Create promotes, Delete demotes, and no claim stays', async () => {
    const { physicalId, data } = await create();
    expect(service.operations()).toEqual([
      'DescribeAppInstanceAdmin', 'ListTagsForResource', 'TagResource', 'CreateAppInstanceAdmin',
    ]);
    expect(data).toEqual({ AppInstanceAdminArn: user });
    expect(isAdmin()).toBe(true);
    await remove(physicalId);
    expect(isAdmin()).toBe(false);
    expect(world.tagsOf(user)).toEqual({});
  });

  test('Create promotes a bot, too', async () => {
    const { AppInstanceBotArn: bot } = await service.clients.identity.send(new CreateAppInstanceBotCommand({
      AppInstanceArn: world.appInstance,
      Name: 'moderator',
      ClientRequestToken: 'bot',
      Configuration: {
        Lex: {
          LexBotAliasArn: 'arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHIJ/TSTALIASID', LocaleId: 'en_US',
        },
      },
    }));
    await service.play(appInstanceAdmin, createEvent(properties(bot)));
    expect(isAdmin(bot)).toBe(true);
  });

  test('Create of somebody who is admin already leaves him one on Delete', async () => {
    await promoteByHand();
    service.forgetCalls();
    const { physicalId } = await create();
    expect(service.operations()).toEqual(['DescribeAppInstanceAdmin', 'ListTagsForResource', 'TagResource']);
    await remove(physicalId);
    expect(isAdmin()).toBe(true);
    expect(world.tagsOf(user)).toEqual({});
  });

  test('Create that is delivered again changes nothing', async () => {
    await create();
    service.forgetCalls();
    await create();
    expect(service.operations()).toEqual(['DescribeAppInstanceAdmin', 'ListTagsForResource']);
  });

  test('Create that fails after it promoted demotes again', async () => {
    service.emulator.setBehaviour({
      faults: [
        { operation: 'CreateAppInstanceAdmin', call: 1, error: 'lost-answer' },
        { operation: 'CreateAppInstanceAdmin', call: 2, error: 'BadRequest' },
      ],
    });
    await expect(create()).rejects.toMatchObject({ name: 'BadRequestException' });
    expect(isAdmin()).toBe(false);
    expect(world.tagsOf(user)).toEqual({});
  });

  test('Create that can\'t learn whether somebody is admin touches nothing', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'DescribeAppInstanceAdmin', error: 'BadRequest' }] });
    await expect(create()).rejects.toMatchObject({ name: 'BadRequestException' });
    expect(service.operations()).toEqual(['DescribeAppInstanceAdmin']);
  });

  test('Create delivered twice, or with its answer lost, is one promotion that Delete takes back', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'CreateAppInstanceAdmin', call: 1, error: 'lost-answer' }] });
    const event = createEvent(properties());
    await service.play(appInstanceAdmin, event);
    const { physicalId } = await service.play(appInstanceAdmin, event);
    await remove(physicalId);
    expect(isAdmin()).toBe(false);
  });

  test('Create that fails leaves no claim', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'CreateAppInstanceAdmin', error: 'BadRequest' }] });
    await expect(create()).rejects.toThrow();
    expect(world.tagsOf(user)).toEqual({});
  });

  test('Create that fails and can\'t drop its claim names it by its id', async () => {
    service.emulator.setBehaviour({
      faults: [
        { operation: 'CreateAppInstanceAdmin', error: 'BadRequest' },
        { operation: 'UntagResource', call: 1, error: 'Forbidden' },
      ],
    });
    const failure = await create().catch(error => error);
    expect(failure).toMatchObject({
      name: 'FailedWithPhysicalId',
      physicalId: expect.stringContaining(user),
      message: expect.stringMatching(
        /^CreateAppInstanceAdmin failed: BadRequestException: .*; and the claim on .*\/user\/moderator could not be dropped: UntagResource failed: /,
      ),
      cause: { name: 'BadRequestException' },
    });
    await remove(failure.physicalId);
    expect(world.tagsOf(user)).toEqual({});
  });

  test('a renamed construct id leaves the admin in office', async () => {
    const old = await create('Old');
    const renamed = await create('New');
    service.forgetCalls();
    await remove(old.physicalId, 'Old');
    expect(service.operations()).not.toContain('DeleteAppInstanceAdmin');
    await remove(renamed.physicalId, 'New');
    expect(isAdmin()).toBe(false);
  });

  test('an admin of several constructs and stacks stays in office until the last of them is gone', async () => {
    const stack = 'arn:aws:cloudformation:us-east-1:123456789012:stack/other/1';
    const first = await create('First');
    const second = await create('Second');
    const theirs = await service.play(appInstanceAdmin, createEvent(properties(), { StackId: stack }));
    await remove(first.physicalId, 'First');
    expect(isAdmin()).toBe(true);
    await remove(second.physicalId, 'Second');
    expect(isAdmin()).toBe(true);
    await service.play(appInstanceAdmin, deleteEvent(theirs.physicalId, properties(), { StackId: stack }));
    expect(isAdmin()).toBe(false);
  });

  test(
    'who found an admin, demoted by hand and promoted anew by another construct that left again, takes that back',
    async () => {
      await promoteByHand();
      const first = await create('First');
      await demoteByHand();
      const second = await create('Second');
      await remove(second.physicalId, 'Second');
      expect(isAdmin()).toBe(true);
      const third = await create('Third');
      await remove(third.physicalId, 'Third');
      expect(isAdmin()).toBe(true);
      await remove(first.physicalId, 'First');
      expect(isAdmin()).toBe(false);
      expect(world.tagsOf(user)).toEqual({});
    },
  );

  test('who found an admin does not take back what another construct failed to do', async () => {
    await promoteByHand();
    const first = await create('First');
    await demoteByHand();
    service.emulator.setBehaviour({ faults: [{ operation: 'CreateAppInstanceAdmin', error: 'BadRequest' }] });
    await expect(create('Second')).rejects.toThrow();
    service.emulator.setBehaviour({ faults: [] });
    await promoteByHand();
    await remove(first.physicalId, 'First');
    expect(isAdmin()).toBe(true);
    expect(world.tagsOf(user)).toEqual({});
  });

  test('Update of an id that is none promotes', async () => {
    await service.play(appInstanceAdmin, updateEvent(inventedId(), properties(), properties()));
    expect(isAdmin()).toBe(true);
  });

  test(
    'Update back from a replacement promotes anew who was demoted meanwhile; one that fails keeps the claim',
    async () => {
      const { physicalId } = await create();
      const successor = await world.user('successor');
      await demoteByHand();
      const back = updateEvent(physicalId, properties(), properties(successor));
      service.emulator.setBehaviour({ faults: [{ operation: 'CreateAppInstanceAdmin', error: 'BadRequest' }] });
      await expect(service.play(appInstanceAdmin, back)).rejects.toThrow();
      expect(Object.values(world.tagsOf(user))).toEqual([expect.stringMatching(/^promoted @[\w-]{22}$/)]);
      await service.play(appInstanceAdmin, back);
      expect(isAdmin()).toBe(true);
    },
  );

  test('Update from what is no user leaves it alone', async () => {
    const { physicalId } = await create();
    await expect(
      service.play(appInstanceAdmin, updateEvent(physicalId, properties(), properties('nobody'))),
    ).resolves.toMatchObject({ physicalId });
  });

  test('Update back from a replacement whose answer was lost demotes whom it promoted', async () => {
    const { physicalId } = await create();
    const successor = await world.user('successor');
    await service.play(appInstanceAdmin, updateEvent(physicalId, properties(successor), properties()));
    await service.play(appInstanceAdmin, updateEvent(physicalId, properties(), properties(successor)));
    expect(isAdmin()).toBe(true);
    expect(isAdmin(successor)).toBe(false);
    expect(world.tagsOf(successor)).toEqual({});
  });

  test('Create that is told wrongly that an admin is none leaves them in office', async () => {
    await service.clients.identity.send(
      new CreateAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: user }),
    );
    service.emulator.setBehaviour({
      faults: [{ operation: 'DescribeAppInstanceAdmin', error: 'Forbidden', times: 99 }],
    });
    await expect(create()).rejects.toThrow();
    expect(isAdmin()).toBe(true);
    expect(world.tagsOf(user)).toEqual({});
  });

  test('Create that is delivered twice at once still knows who promoted', async () => {
    const event = createEvent(properties());
    await Promise.all([service.play(appInstanceAdmin, event), service.play(appInstanceAdmin, event)]);
    const { physicalId } = await create();
    await remove(physicalId);
    expect(isAdmin()).toBe(false);
  });

  test('Update of the user promotes the new one; the Delete of the old id demotes the old one', async () => {
    const { physicalId } = await create();
    const successor = await world.user('successor');
    const moved = await service.play(appInstanceAdmin, updateEvent(physicalId, properties(successor), properties()));
    expect(moved.physicalId).toContain(successor);
    expect(isAdmin()).toBe(true);
    // The id says whom, whatever the properties say.
    await service.play(appInstanceAdmin, deleteEvent(physicalId, properties(successor)));
    expect(isAdmin()).toBe(false);
    expect(isAdmin(successor)).toBe(true);
  });

  test('Update that changes nothing makes no call', async () => {
    const { physicalId } = await create();
    service.forgetCalls();
    await service.play(appInstanceAdmin, updateEvent(physicalId, properties(), properties()));
    expect(service.operations()).toEqual([]);
  });

  test.each(['DeleteAppInstanceAdmin', 'ListTagsForResource'])(
    'Delete whose %s fails, fails and keeps the claim',
    async operation => {
      const { physicalId } = await create();
      service.emulator.setBehaviour({ faults: [{ operation, error: 'BadRequest' }] });
      await expect(remove(physicalId)).rejects.toThrow('a fault is set');
      expect(isAdmin()).toBe(true);
      expect(Object.values(world.tagsOf(user))).toEqual([expect.stringMatching(/^promoted @[\w-]{22}$/)]);
    },
  );

  test('Delete of somebody demoted by hand succeeds', async () => {
    const { physicalId } = await create();
    await demoteByHand();
    await remove(physicalId);
    expect(world.tagsOf(user)).toEqual({});
  });

  test('Delete where user or app instance is gone succeeds', async () => {
    const { physicalId } = await create();
    await service.clients.identity.send(new DeleteAppInstanceUserCommand({ AppInstanceUserArn: user }));
    await remove(physicalId);
    await service.clients.identity.send(new DeleteAppInstanceCommand({ AppInstanceArn: world.appInstance }));
    await remove(physicalId);
  });

  test('Delete with an invented id demotes only by its claim', async () => {
    await promoteByHand();
    service.forgetCalls();
    await remove(inventedId());
    expect(service.operations()).toEqual(['ListTagsForResource']);
    expect(isAdmin()).toBe(true);
  });

  test('Delete with an invented id, for what is no user, makes no call', async () => {
    await service.play(appInstanceAdmin, deleteEvent(inventedId(), properties('nobody')));
    expect(service.operations()).toEqual([]);
  });
});

test.each([
  ['no user', { AppInstanceAdminArn: 'x' }, "'user' must be the ARN of an app instance user or bot, got x"],
  [
    'another app instance', { AppInstanceArn: 'arn:aws:chime:us-east-1:000000000000:app-instance/other' },
    'is not of arn:aws:chime',
  ],
])('%s is refused', async (_, more, message) => {
  await expect(service.play(appInstanceAdmin, createEvent({ ...properties(), ...more }))).rejects.toThrow(message);
});

function properties(AppInstanceAdminArn = user) {
  return { AppInstanceArn: world.appInstance, AppInstanceAdminArn };
}

function create(LogicalResourceId = 'Resource') {
  return service.play(appInstanceAdmin, createEvent(properties(), { LogicalResourceId }));
}

function remove(id: string, LogicalResourceId = 'Resource') {
  return service.play(appInstanceAdmin, deleteEvent(id, properties(), { LogicalResourceId }));
}

function isAdmin(arn = user): boolean {
  return JSON.stringify(service.emulator.state().admins).includes(`"${arn}"`);
}

async function promoteByHand() {
  await service.clients.identity.send(
    new CreateAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: user }),
  );
}

async function demoteByHand() {
  await service.clients.identity.send(
    new DeleteAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: user }),
  );
}
