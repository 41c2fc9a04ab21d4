import {
  CreateAppInstanceAdminCommand, DeleteAppInstanceAdminCommand, DeleteAppInstanceCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { Bearers, BearersRefused, provesGone } from '../../../src/handlers/service/bearers';
import { isForbidden } from '../../../src/handlers/service/service-error';
import { startService, type FakeClock, type Service } from '../fixture';
import { World } from '../world';

const FIX = "set 'bearer' to an app instance admin, or promote one with AppInstanceAdmin";

let service: Service;
let world: World;
let clock: FakeClock;
let asked: string[];
let guest: string;

beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(async () => {
  service.emulator.reset();
  world = await World.create(service);
  guest = await world.user('guest');
  clock = service.clock();
  asked = [];
  service.forgetCalls();
});

const serviceError = (name: string, message = 'no') => Object.assign(new Error(message), { name, $metadata: {} });
const bearers = (named: (string | undefined)[], orAnyAdmin = false) =>
  new Bearers(world.appInstance, { named, orAnyAdmin }, service.clients, clock);

/** A call that only some may make. */
const allowedFor = (...allowed: string[]) => async (bearer: string) => {
  asked.push(bearer);
  if (!allowed.includes(bearer)) throw serviceError('ForbiddenException');
  return `by ${bearer}`;
};
const idsOf = (arns: string[]) => arns.map(arn => arn.split('/').pop());
const promote = (arn: string) =>
  service.clients.identity.send(
    new CreateAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: arn }),
  );
const demote = (arn: string) =>
  service.clients.identity.send(
    new DeleteAppInstanceAdminCommand({ AppInstanceArn: world.appInstance, AppInstanceAdminArn: arn }),
  );

describe.each(['read', 'write'] as const)('a %s', method => {
  test('goes by the first who is named, and asks for nobody else', async () => {
    await expect(bearers([undefined, guest, world.admin])[method](allowedFor(guest, world.admin))).resolves.toBe(
      `by ${guest}`,
    );
    expect(idsOf(asked)).toEqual(['guest']);
    expect(service.operations()).toEqual([]);
  });

  test('goes by the next where the first is refused, and begins with that one ever after', async () => {
    const both = bearers([guest, world.admin]);
    await both[method](allowedFor(world.admin));
    await both[method](allowedFor(world.admin));
    expect(idsOf(asked)).toEqual(['guest', 'admin', 'admin']);
    expect(clock.sleeps).toEqual([]);
  });

  test('goes by any admin only where any may stand in', async () => {
    await expect(bearers([guest], true)[method](allowedFor(world.admin))).resolves.toBe(`by ${world.admin}`);
    expect(idsOf(asked)).toEqual(['guest', 'admin']);
    await expect(bearers([guest])[method](allowedFor(world.admin))).rejects.toBeInstanceOf(BearersRefused);
  });

  test('is not tried again in another\'s name when it fails for another reason', async () => {
    await expect(bearers([guest, world.admin], true)[method](async bearer => {
      asked.push(bearer);
      throw serviceError('NotFoundException');
    })).rejects.toMatchObject({ name: 'NotFoundException' });
    expect(idsOf(asked)).toEqual(['guest']);
    expect(clock.sleeps).toEqual([]);
  });

  test('never takes a denial of IAM for a bearer without rights', async () => {
    await expect(bearers([guest, world.admin])[method](async bearer => {
      asked.push(bearer);
      throw serviceError('AccessDeniedException');
    })).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(idsOf(asked)).toEqual(['guest']);
  });

  test('waits for who was promoted just now', async () => {
    let refusals = 3;
    await bearers([guest])[method](async bearer => refusals-- > 0 ? allowedFor()(bearer) : allowedFor(guest)(bearer));
    expect(clock.sleeps).toHaveLength(3);
  });
});

test(
  'half a minute is all that an event waits for who was promoted just now, however many calls it makes',
  async () => {
    const some = bearers([guest]);
    for (let i = 0; i < 4; i++) await expect(some.read(allowedFor())).rejects.toBeInstanceOf(BearersRefused);
    const slept = clock.sleeps.reduce((sum, ms) => sum + ms, 0);
    expect(slept).toBeGreaterThanOrEqual(29_000);
    expect(slept).toBeLessThan(38_000);
  },
);

test('whoever may write once is not doubted again; whoever may read may be', async () => {
  const some = bearers([guest]);
  await some.read(allowedFor(guest));
  await some.write(async bearer => asked.length < 3 ? allowedFor()(bearer) : allowedFor(guest)(bearer));
  expect(clock.sleeps).toHaveLength(2);
  for (const method of [
    'read', 'write',
  ] as const) await expect(some[method](allowedFor())).rejects.toBeInstanceOf(BearersRefused);
  expect(clock.sleeps).toHaveLength(2);
});

describe('who is refused', () => {
  test('as no admin: the message says whom, and what to do; it proves nothing', async () => {
    const other = await world.user('other');
    const failure = await bearers([guest, other]).write(allowedFor()).catch(error => error);
    expect(failure).toMatchObject({
      name: 'BearersRefused',
      provesAbsence: false,
      message: 'a call failed: ForbiddenException: no answer — the '
        + `bearer ${guest}, ${other} is not an admin: ${FIX}`,
    });
    expect(isForbidden(failure)).toBe(true);
    expect(provesGone(failure)).toBe(false);
  });

  test('as an admin: what was called for is gone, and no other admin is asked', async () => {
    await promote(await world.user('second'));
    const failure = await bearers([guest, world.admin], true).write(allowedFor()).catch(error => error);
    expect(failure).toMatchObject({
      provesAbsence: true,
      message: expect.stringMatching(
        / — the bearer .*\/guest, .*\/admin is an admin, so what was called for is gone$/,
      ),
    });
    expect(provesGone(failure)).toBe(true);
    expect(new Set(idsOf(asked))).toEqual(new Set(['guest', 'admin']));
  });

  test('as the first of the admins that are listed, although nobody is named', async () => {
    await promote(await world.user('second'));
    await expect(bearers([], true).read(allowedFor())).rejects.toMatchObject({ provesAbsence: true });
    expect(new Set(asked).size).toBe(1);
  });

  test('as nobody: none is named and there is none; nobody is waited for', async () => {
    await demote(world.admin);
    const failure = await bearers([undefined], true).write(allowedFor()).catch(error => error);
    expect(failure).toMatchObject({
      provesAbsence: false,
      message: `no bearer: the properties name no user or bot and ${world.appInstance} has no admin — ${FIX}`,
    });
    expect(failure.cause).toBeUndefined();
    expect(asked).toEqual([]);
    // It may be that the app instance is gone: lists were looked at until that was sure.
    expect(clock.sleeps.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(30_000, -3);
  });

  test('as nobody: what is named is neither a user nor a bot', async () => {
    const failure = await bearers(['', 'admin', world.appInstance, `${world.appInstance}/channel/lobby`]).write(
      allowedFor(),
    ).catch(error => error);
    expect(failure).toMatchObject({
      provesAbsence: false, message: `no bearer: the properties name no user or bot — ${FIX}`,
    });
    expect(asked).toEqual([]);
    expect(clock.sleeps).toEqual([]);
  });

  test.each(['not-found', 'forbidden'] as const)(
    'in an app instance that is gone (%s): so is all in it',
    async missingAppInstance => {
      service.emulator.setBehaviour({ missingAppInstance });
      await World.create(service);
      await service.clients.identity.send(new DeleteAppInstanceCommand({ AppInstanceArn: world.appInstance }));
      const failure = await bearers([guest]).read(allowedFor()).catch(error => error);
      expect(failure).toMatchObject({ provesAbsence: true, message: expect.stringContaining('is not an admin') });
    },
  );

  test('while the admins can\'t be listed: the error says why', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'ListAppInstanceAdmins', error: 'BadRequest' }] });
    await expect(bearers([guest]).read(allowedFor())).rejects.toMatchObject({ name: 'BadRequestException' });
  });
});

test('a bot may stand in its own name', async () => {
  const bot = `${world.appInstance}/bot/helper`;
  await expect(bearers([bot]).read(allowedFor(bot))).resolves.toBe(`by ${bot}`);
});

test('admins of several pages stand in', async () => {
  await demote(world.admin);
  const admins = [];
  for (let i = 0; i < 60; i++) {
    admins.push(await world.user(`admin-${i}`));
    await promote(admins[i]);
  }
  await demote(admins[0]);
  await expect(bearers([admins[0]]).read(allowedFor())).rejects.toMatchObject({ provesAbsence: false });
  await expect(bearers([admins[59]]).read(allowedFor())).rejects.toMatchObject({ provesAbsence: true });
  await expect(bearers([admins[1]]).read(allowedFor())).rejects.toMatchObject({ provesAbsence: true });
});

test('only the service\'s own 404, and an admin\'s refusal, prove that a thing is gone', () => {
  expect(provesGone(serviceError('NotFoundException'))).toBe(true);
  expect(provesGone(new BearersRefused('', true))).toBe(true);
  expect(provesGone(new BearersRefused('', false))).toBe(false);
  expect(provesGone(serviceError('ForbiddenException'))).toBe(false);
  expect(provesGone(undefined)).toBe(false);
});
