import { channelFlow } from '../../../src/handlers/channel-flow/lifecycle';
import { Unfinished } from '../../../src/handlers/service/clock';
import { deliveredProcessor } from '../../support/processors';
import { createEvent, deleteEvent, startService, type Behaviour, type FakeClock, type Service } from '../fixture';
import { LAMBDA_ARN, World } from '../world';

const CHANNELS = 300;

let service: Service;
let world: World;
let channels: string[];
let flow: string;

beforeAll(async () => { service = await startService(); });
afterAll(async () => service.close());
beforeEach(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  service.emulator.reset();
  world = await World.create(service);
  ({ physicalId: flow } = await service.play(channelFlow, createEvent(properties())));
  channels = [];
  for (let i = 0; i < CHANNELS; i++) {
    channels.push(await world.channel(`channel ${i}`));
    await world.associate(channels[i], flow);
  }
});

test('without faults each channel is called for once, and lists cost little', async () => {
  const calls = await drain();
  expect(calls.filter(({ operation }) => operation === 'DisassociateChannelFlow')).toHaveLength(CHANNELS);
  expect(calls.length / CHANNELS).toBeLessThanOrEqual(1.05);
});

test(
  'one in twenty throttled and one in a hundred failing: none is left, and none is called for once it is done',
  async () => {
    service.emulator.setBehaviour({ faults: everyNth(20, 'ThrottledClient').concat(everyNth(101, 'ServiceFailure')) });
    const calls = await drain();
    const done = calls.filter(({ operation, status }) => operation === 'DisassociateChannelFlow' && status! < 300);
    expect(done).toHaveLength(CHANNELS);
    expect(calls.length / CHANNELS).toBeLessThanOrEqual(1.15);
  },
);

test('lists that lag behind bring no second call for a channel that is done', async () => {
  service.emulator.setBehaviour({ listConsistencyMs: 2_000 });
  const calls = await drain();
  expect(calls.filter(({ operation }) => operation === 'DisassociateChannelFlow')).toHaveLength(CHANNELS);
});

test('a rate limit is found by trying', async () => {
  service.emulator.setBehaviour({ requestRate: { DisassociateChannelFlow: { perSecond: 200, burst: 40 } } });
  const calls = await drain();
  const throttled = calls.filter(({ operation, status }) => operation === 'DisassociateChannelFlow' && status === 429);
  expect(throttled.length).toBeLessThanOrEqual(CHANNELS / 10);
});

test('channels that are associated meanwhile go as well', async () => {
  const late: Promise<void>[] = [];
  const clock = service.clock();
  let slept = 0;
  const draining = service.play(channelFlow, deleteEvent(flow, properties()), {
    ...clock,
    sleep: async ms => {
      if (++slept % 50 === 0 && late.length < 8) {
        late.push(world.channel(`late ${slept}`).then(channel => world.associate(channel, flow)));
      }
      await clock.sleep(ms);
    },
  });
  await draining;
  // One that came after the flow was deleted was refused, as it should be.
  await Promise.allSettled(late);
  expect(service.emulator.state().associations).toEqual([]);
  expect(service.emulator.state().channelFlows).toEqual([]);
});

test('an invocation that ends itself, and one that is killed, are continued by the next', async () => {
  await expect(service.play(channelFlow, deleteEvent(flow, properties()), briefClock(16_000))).rejects.toBeInstanceOf(
    Unfinished,
  );
  const afterFirst = service.emulator.state().associations.length;
  expect(afterFirst).toBeLessThan(CHANNELS);
  await expect(service.play(channelFlow, deleteEvent(flow, properties()), killedClock(20))).rejects.toThrow('killed');
  expect(service.emulator.state().associations.length).toBeLessThan(afterFirst);
  await drain();
});

async function drain() {
  const before = service.emulator.calls().length;
  await service.play(channelFlow, deleteEvent(flow, properties()));
  expect(service.emulator.state().associations).toEqual([]);
  expect(service.emulator.state().channelFlows).toEqual([]);
  return service.emulator.calls().slice(before);
}

function everyNth(nth: number, error: 'ThrottledClient' | 'ServiceFailure'): NonNullable<Behaviour['faults']> {
  return Array.from(
    { length: Math.floor(1.3 * CHANNELS / nth) },
    (_, i) => ({ operation: 'DisassociateChannelFlow', call: (i + 1) * nth, error }),
  );
}

/** Ends the invocation after some of the drain. */
function briefClock(remaining: number): FakeClock {
  return service.clock(remaining);
}

/** Kills the function in its n-th sleep. */
function killedClock(sleeps: number): FakeClock {
  const clock = service.clock();
  let slept = 0;
  return {
    ...clock,
    sleep: ms => {
      if (++slept > sleeps) throw new Error('killed');
      return clock.sleep(ms);
    },
  };
}

function properties() {
  return {
    AppInstanceArn: world.appInstance,
    Name: 'moderation',
    Bearer: world.admin,
    Processors: [deliveredProcessor('moderate', { functionArn: LAMBDA_ARN })],
  };
}
