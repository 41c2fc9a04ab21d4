import { AssociatedChannel } from '../../../src/handlers/channel-flow-association/associated-channel';
import { Bearers } from '../../../src/handlers/service/bearers';
import { startService, type Behaviour, type Service } from '../fixture';
import { World } from '../world';

let service: Service;
let world: World;
let arn: string;
let channel: AssociatedChannel;
let first: string;
let second: string;

beforeAll(async () => { service = await startService(); });
afterAll(async () => service.close());
beforeEach(() => arrange());

async function arrange(behaviour: Behaviour = {}) {
  service.emulator.reset();
  world = await World.create(service);
  arn = await world.channel('lobby');
  [first, second] = [await world.flow('first'), await world.flow('second')];
  service.emulator.setBehaviour(behaviour);
  const bearers = new Bearers(
    world.appInstance, { named: [world.admin], orAnyAdmin: true }, service.clients, service.clock(),
  );
  channel = new AssociatedChannel(arn, bearers, service.clients);
  service.forgetCalls();
}

const calls = (name: string) => service.operations().filter(operation => operation === name).length;

describe('carry', () => {
  test.each(['overwrite', 'conflict'] as const)(
    'puts a flow in the place of another, where the service would %s',
    async associateOverExisting => {
      await arrange({ associateOverExisting });
      await world.associate(arn, first);
      await channel.setFlow(second, first);
      expect(await world.flowOn(arn)).toBe(second);
    },
  );

  test('takes nothing off that it was not told of', async () => {
    await arrange({ associateOverExisting: 'conflict' });
    await world.associate(arn, first);
    const third = await world.flow('third');
    service.forgetCalls();
    for (const from of [third, undefined]) {
      await expect(channel.setFlow(second, from)).rejects.toMatchObject({ name: 'ConflictException' });
    }
    expect(service.operations()).toEqual([
      'AssociateChannelFlow', 'DescribeChannel', 'AssociateChannelFlow', 'DescribeChannel',
    ]);
    expect(await world.flowOn(arn)).toBe(first);
  });

  test('is done where another delivery was faster', async () => {
    await arrange({ associateSameFlow: 'conflict' });
    await world.associate(arn, first);
    service.forgetCalls();
    await channel.setFlow(first, undefined);
    expect(service.operations()).toEqual(['AssociateChannelFlow', 'DescribeChannel']);
  });

  test.each([[2, 'resolves'], [3, 'rejects']] as const)(
    'tries three times: after %i conflicts on a bare channel it %s',
    async (times, ends) => {
      service.emulator.setBehaviour({ faults: [{ operation: 'AssociateChannelFlow', error: 'Conflict', times }] });
      const carried = channel.setFlow(first, undefined);
      if (ends === 'resolves') await carried;
      else await expect(carried).rejects.toMatchObject({ name: 'ConflictException' });
      expect(calls('AssociateChannelFlow')).toBe(3);
      expect(calls('DisassociateChannelFlow')).toBe(0);
    },
  );

  test('fails at once for another reason', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'AssociateChannelFlow', error: 'BadRequest' }] });
    await expect(channel.setFlow(first, undefined)).rejects.toMatchObject({ name: 'BadRequestException' });
    expect(service.operations()).toEqual(['AssociateChannelFlow']);
  });
});

describe('free', () => {
  test.each(['success', 'not-found', 'conflict', 'bad-request'] as const)(
    'is done where the flow is off already (%s)',
    async disassociateNotAssociated => {
      await arrange({ disassociateNotAssociated });
      await channel.clearFlow(first);
      await world.associate(arn, second);
      await channel.clearFlow(first);
      expect(await world.flowOn(arn)).toBe(second);
    },
  );

  test.each(['NotFound', 'Conflict', 'BadRequest'] as const)(
    'fails where the service refuses (%s) although the flow is there',
    async error => {
      await world.associate(arn, first);
      service.emulator.setBehaviour({ faults: [{ operation: 'DisassociateChannelFlow', error }] });
      await expect(channel.clearFlow(first)).rejects.toMatchObject({ name: `${error}Exception` });
    },
  );

  test('fails for another reason, although the flow is off already', async () => {
    service.emulator.setBehaviour({
      faults: [{ operation: 'DisassociateChannelFlow', error: 'AccessDenied', times: 99 }],
    });
    await expect(channel.clearFlow(first)).rejects.toThrow('not authorized');
    expect(calls('DescribeChannel')).toBe(0);
  });
});

test('a bare channel carries no flow', async () => {
  await expect(channel.flow()).resolves.toBeUndefined();
});
