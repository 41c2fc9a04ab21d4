import { DeleteChannelCommand } from '@aws-sdk/client-chime-sdk-messaging';
import { deleteChannelFlow } from '../../../src/handlers/channel-flow/delete';
import { Bearers } from '../../../src/handlers/service/bearers';
import { startService, type Behaviour, type FakeClock, type Service } from '../fixture';
import { World } from '../world';

let service: Service;
let world: World;
let flow: string;

beforeAll(async () => { service = await startService(); });
afterAll(async () => service.close());
beforeEach(() => arrange());

async function arrange(behaviour: Behaviour = {}) {
  jest.spyOn(console, 'log').mockImplementation();
  service.emulator.reset();
  service.emulator.setBehaviour(behaviour);
  world = await World.create(service);
  flow = await world.flow('moderation');
}

function remove(clock: FakeClock = service.clock()): Promise<void> {
  const bearers = new Bearers(world.appInstance, { named: [world.admin], orAnyAdmin: true }, service.clients, clock);
  return deleteChannelFlow(flow, bearers, service.clients, clock);
}

/** Waits between the attempts to delete; those of the pace are shorter. */
const waits = (clock: FakeClock) => clock.sleeps.filter(ms => ms >= 250);
const sum = (some: number[]) => some.reduce((total, ms) => total + ms, 0);

/** Each wait is random: half of the most that it may be, or more. */
function expectAtMost(waited: number[], most: number[]): void {
  expect(waited).toHaveLength(most.length);
  waited.forEach((ms, index) => {
    expect(ms).toBeLessThanOrEqual(most[index]);
    expect(ms).toBeGreaterThanOrEqual(most[index] / 2);
  });
}

/** Channels that the service lists although they are gone, and that block the flow. */
async function lingering(count: number): Promise<string[]> {
  service.emulator.setBehaviour({ deletedChannelListing: 'lingers', deletedChannelBlocksFlow: true });
  const channels = [];
  for (let i = 0; i < count; i++) {
    const channel = await world.channel(`channel ${i}`);
    await world.associate(channel, flow);
    await service.clients.messaging.send(new DeleteChannelCommand({ ChannelArn: channel, ChimeBearer: world.admin }));
    channels.push(channel);
  }
  return channels;
}

test('waits for what stays in the way longer each time, and two minutes in all', async () => {
  await lingering(1);
  const clock = service.clock();
  const started = clock.now();
  await expect(remove(clock)).rejects.toThrow(/^DeleteChannelFlow failed: ConflictException: /);
  const waited = waits(clock);
  expectAtMost(waited, [500, 1_000, 2_000, 4_000, 8_000, ...Array(waited.length - 5).fill(15_000)]);
  // The calls and the pace's short sleeps take time too, and a wait that they leave no room for is not begun.
  expect(clock.now() - started).toBeGreaterThan(105_000);
  expect(sum(waited)).toBeLessThanOrEqual(120_000);
});

test('gives up before the invocation ends', async () => {
  await lingering(1);
  const clock = service.clock(22_000);
  await expect(remove(clock)).rejects.toThrow(/^DeleteChannelFlow failed: ConflictException: /);
  expectAtMost(waits(clock).slice(0, 4), [500, 1_000, 2_000, 4_000]);
  expect(sum(waits(clock))).toBeLessThan(22_000);
});

test.each([[1, ''], [5, ''], [6, ' and 1 more'], [7, ' and 2 more']])(
  'names up to five of %i channels that are gone, but stay in the way',
  async (count, more) => {
    const channels = await lingering(count);
    const { message } = await remove().catch(error => error);
    const [, named] = / — still associated, but gone themselves: (.*?); delete the stack again later, or finish by hand, /.exec(message)!;
    expect(named.endsWith(more)).toBe(true);
    const shown = named.slice(0, named.length - more.length).split(', ');
    expect(new Set(shown).size).toBe(Math.min(count, 5));
    expect(channels).toEqual(expect.arrayContaining(shown));
  },
);

test('says so where nothing is listed that could be in the way', async () => {
  service.emulator.setBehaviour({ faults: [{ operation: 'DeleteChannelFlow', error: 'Conflict', times: 99 }] });
  await expect(remove()).rejects.toThrow(
    / — no channel is listed any more; delete the stack again later, or finish by hand, /,
  );
});

test('looks at once whether channels came while others went, and waits only then', async () => {
  await world.associate(await world.channel('lobby'), flow);
  service.emulator.setBehaviour({ deleteConsistencyMs: 3_000 });
  const clock = service.clock();
  await remove(clock);
  // Not half a second: something was disassociated before the first look.
  expect(waits(clock)[0]).toBeGreaterThanOrEqual(500);
  expectAtMost(waits(clock), [1_000, 2_000, 4_000].slice(0, waits(clock).length));
});

test('that is refused although the flow is there fails', async () => {
  service.emulator.setBehaviour({ faults: [{ operation: 'DeleteChannelFlow', error: 'Forbidden' }] });
  await expect(remove()).rejects.toMatchObject({ name: 'ForbiddenException' });
  expect(service.emulator.state().channelFlows).toHaveLength(1);
});

describe('draining', () => {
  const disassociations = () =>
    service.operations().filter(operation => operation === 'DisassociateChannelFlow').length;
  const lines = () => (console.log as jest.Mock).mock.calls.map(([line]) => JSON.parse(line));

  async function associated(count = 1): Promise<string[]> {
    const channels = [];
    for (let i = 0; i < count; i++) {
      channels.push(await world.channel(`channel ${i}`));
      await world.associate(channels[i], flow);
    }
    service.forgetCalls();
    return channels;
  }

  test.each([['ServiceFailure', 5], ['ServiceUnavailable', 5], ['ThrottledClient', 30]] as const)(
    'tries a channel again after %s, %i times',
    async (error, times) => {
      await associated();
      service.emulator.setBehaviour({ faults: [{ operation: 'DisassociateChannelFlow', error, times }] });
      await remove();
      expect(disassociations()).toBe(times + 1);
      expect(service.emulator.state().channelFlows).toEqual([]);
    },
  );

  test('fails when a channel failed for a minute', async () => {
    await associated();
    service.emulator.setBehaviour({
      faults: [{ operation: 'DisassociateChannelFlow', error: 'ServiceFailure', times: 99 }],
    });
    const clock = service.clock();
    const start = clock.now();
    await expect(remove(clock)).rejects.toMatchObject({ name: 'ServiceFailureException' });
    expect(clock.now() - start).toBeGreaterThan(50_000);
    expect(clock.now() - start).toBeLessThan(65_000);
  });

  test.each(['Conflict', 'BadRequest'] as const)('takes %s for an answer to what somebody else did', async error => {
    const [channel] = await associated();
    service.emulator.setBehaviour({
      faults: [
        { operation: 'DisassociateChannelFlow', error }, { operation: 'DeleteChannelFlow', call: 2, error: 'Conflict' },
      ],
    });
    const clock = service.clock();
    const asIfGone = async (ms: number) => {
      if (ms >= 250) {
        await service.clients.messaging.send(
          new DeleteChannelCommand({ ChannelArn: channel, ChimeBearer: world.admin }),
        );
      }
      await clock.sleep(ms);
    };
    await remove({ ...clock, sleep: asIfGone });
    expect(disassociations()).toBe(1);
  });

  test('logs its progress once a page, with nothing in it but numbers and the flow', async () => {
    await associated(60);
    await remove();
    expect(lines()).toEqual([
      { channelFlow: flow, disassociated: expect.any(Number), gone: 0 },
      { channelFlow: flow, disassociated: expect.any(Number), gone: 0 },
    ]);
    expect(lines()[0].disassociated).toBeGreaterThan(0);
  });

  test('logs nothing where there is nothing to do', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'DeleteChannelFlow', error: 'Conflict' }] });
    await remove();
    expect(lines()).toEqual([]);
  });

  test.each([[1, '1 channel remain'], [2, '2 channels remain'], [60, '60 channels remain']])(
    'that runs out of time counts what remains: %i',
    async (count, message) => {
      await associated(count);
      const { name, message: said } = await remove(service.clock(15_000)).catch(error => error);
      expect(name).toBe('Unfinished');
      expect(said).toContain(message);
      expect(disassociations()).toBe(0);
      // Although every worker wants to know it.
      expect(service.operations().filter(operation => operation === 'ListChannelsAssociatedWithChannelFlow').length)
        .toBeLessThanOrEqual(4);
    },
  );

  test('ends at the first that fails', async () => {
    await associated(60);
    service.emulator.setBehaviour({
      faults: [{ operation: 'DisassociateChannelFlow', call: 3, error: 'ServiceFailure', times: 999 }],
    });
    await expect(remove()).rejects.toMatchObject({ name: 'ServiceFailureException' });
    expect(disassociations()).toBeLessThan(3 + 25 * 6 + 1);
    expect(service.emulator.state().associations.length).toBeGreaterThan(50);
  });
});
