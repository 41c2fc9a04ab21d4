import type { ProbeMessages, Settled } from '../../../src/handlers/channel-flow-verification/probe-messages';
import { runProbes } from '../../../src/handlers/channel-flow-verification/probe-run';
import { fakeClock, type FakeClock } from '../fake-clock';

const LETS_THROUGH = { Expect: 'DENIED', Content: 'you idiot' } as const;
const DELIVERY_MS = 300;

// With a second between them the attempts begin at 0, 1.3 and 2.6 s.
test.each([1_400, 2_800])('says what the processor does, also when an attempt would be cut off by the end at %d ms', async (timeoutMs) => {
  const clock = fakeClock();
  const [result] = await runProbes([LETS_THROUGH], slowChannel(clock), timeoutMs, clock);

  expect(result).toMatchObject({ outcome: 'delivered', asExpected: false });
});

test('goes on after an attempt without an answer while there is time for one that is quicker', async () => {
  const clock = fakeClock();
  let attempts = 0;
  const [result] = await runProbes([LETS_THROUGH], slowChannel(clock, () => attempts++ === 0 ? Infinity : DELIVERY_MS), 15_000, clock);

  expect(attempts).toBeGreaterThan(1);
  expect(result).toMatchObject({ outcome: 'delivered' });
});

/** Delivers each message as it is, after some time. */
function slowChannel(clock: FakeClock, deliveryMs = () => DELIVERY_MS): ProbeMessages {
  const channel: Pick<ProbeMessages, 'send' | 'settled'> = {
    send: async () => 'message',
    settled: async (_, ends): Promise<Settled> => {
      const [takes, left] = [deliveryMs(), ends - clock.now()];
      await clock.sleep(Math.min(takes, left));
      return takes > left ? { status: 'PENDING', at: clock.now() } : { status: 'SENT', content: LETS_THROUGH.Content, at: clock.now() };
    },
  };
  return channel as ProbeMessages;
}
