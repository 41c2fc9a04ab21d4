import type { ProbeMessages, Settled } from '../../../src/handlers/channel-flow-verification/probe-messages';
import { runProbes } from '../../../src/handlers/channel-flow-verification/probe-run';
import type { ProbeProperty } from '../../../src/handlers/channel-flow-verification/properties';
import { fakeClock, type FakeClock } from '../fake-clock';

const LETS_THROUGH = { Expect: 'DENIED', Content: 'you idiot' } as const;
const DELIVERY_MS = 300;

// With a second between them the attempts begin at 0, 1.3 and 2.6 s.
test.each([1_400, 2_800])(
  'says what the processor does, also when an attempt would be cut off by the end at %d ms',
  async timeoutMs => {
    const clock = fakeClock();
    const [result] = await runProbes([LETS_THROUGH], slowChannel(clock), timeoutMs, clock);

    expect(result).toMatchObject({ outcome: 'delivered', asExpected: false });
  },
);

test('goes on after an attempt without an answer while there is time for one that is quicker', async () => {
  const clock = fakeClock();
  let attempts = 0;
  const [result] = await runProbes(
    [LETS_THROUGH], slowChannel(clock, () => attempts++ === 0 ? Infinity : DELIVERY_MS), 15_000, clock,
  );

  expect(attempts).toBeGreaterThan(1);
  expect(result).toMatchObject({ outcome: 'delivered' });
});

const [DELIVERED, DENIED, REPLACED] = [
  { Expect: 'DELIVERED', Content: 'new' }, { Expect: 'DENIED', Content: 'new' },
  { Expect: 'REPLACED', Content: 'new', Replacement: 'better' },
] as const;
const FALLBACK = 'failed by its fallback action, because the processor could not be invoked';
const sent = (content: string): End => ({ status: 'SENT', content });
const ended = (status: Settled['status'], detail?: string): End => ({ status, detail });

type End = Omit<Settled, 'at'>;

test.each<[string, ProbeProperty, End[], string, boolean]>([
  ['a message that is to be delivered, and is', DELIVERED, [sent('new')], 'delivered', true],
  ['a message that is to be delivered, and is replaced', DELIVERED, [sent('better')], 'replaced', false],
  ['a message that is to be delivered, and is denied', DELIVERED, [ended('DENIED')], 'denied', false],
  ['a message that is to be denied, and is', DENIED, [ended('DENIED')], 'denied', true],
  ['a message that is to be denied, and is delivered', DENIED, [sent('new')], 'delivered', false],
  ['a message that is to be denied, and is replaced', DENIED, [sent('better')], 'replaced', false],
  ['a message that is to be replaced, and is', REPLACED, [sent('better')], 'replaced', true],
  ['a message that is to be replaced, and is delivered', REPLACED, [sent('new')], 'delivered', false],
  [
    'a message that is to be replaced, and is otherwise', REPLACED, [sent('worse')], 'replaced by something else',
    false,
  ],
  ['a message that is to be replaced, and is denied', REPLACED, [ended('DENIED')], 'denied', false],
  ['a processor that can\'t be invoked', DELIVERED, [ended('FAILED')], FALLBACK, false],
  [
    'a processor that can\'t be invoked, and why', DENIED, [ended('FAILED', 'no permission')],
    `${FALLBACK} (no permission)`, false,
  ],
  ['a processor that doesn\'t answer', DELIVERED, [ended('PENDING')], 'never answered by the processor', false],

  [
    'an edit that is to be delivered, and is', { ...DELIVERED, EditOf: 'old' }, [sent('old'), sent('new')], 'delivered',
    true,
  ],
  [
    'an edit that is to be denied, and is', { ...DENIED, EditOf: 'old' }, [sent('old'), ended('DENIED')], 'denied',
    true,
  ],
  [
    'an edit that is to be denied, and leaves the message as it was', { ...DENIED, EditOf: 'old' },
    [sent('old'), sent('old')], 'denied', true,
  ],
  [
    'an edit that is to be denied, and is delivered', { ...DENIED, EditOf: 'old' }, [sent('old'), sent('new')],
    'delivered', false,
  ],
  [
    'an edit that is to be denied, and gets no answer', { ...DENIED, EditOf: 'old' },
    [sent('old'), { status: 'PENDING', content: 'old' }], 'never answered by the processor', false,
  ],
  [
    'an edit that is to be delivered, and leaves the message as it was', { ...DELIVERED, EditOf: 'old' },
    [sent('old'), sent('old')], 'replaced', false,
  ],
  [
    'an edit of what is denied itself', { ...DENIED, EditOf: 'old' }, [ended('DENIED')],
    'not edited, because the message before was denied', false,
  ],
  [
    'an edit of what gets no answer', { ...DELIVERED, EditOf: 'old' }, [ended('PENDING')],
    'not edited, because the message before was never answered by the processor', false,
  ],
])('says of %s how it ended', async (_, probe, ends, outcome, asExpected) => {
  const clock = fakeClock();
  const said: string[] = [];
  const channel: Pick<ProbeMessages, 'send' | 'edit' | 'settled'> = {
    send: async content => { said.push(content); return 'id'; },
    edit: async (id, content) => void said.push(`${id}: ${content}`),
    settled: async () => {
      await clock.sleep(DELIVERY_MS);
      return { ...ends.shift()!, at: clock.now() };
    },
  };
  const [result] = await runProbes([probe], channel as ProbeMessages, 1_000, clock);

  expect(result).toEqual({
    expected: probe.Expect.toLowerCase(), outcome, asExpected, milliseconds: expect.any(Number),
  });
  // It is the last message whose time is told.
  expect(result.milliseconds).toBeGreaterThanOrEqual(DELIVERY_MS);
  expect(result.milliseconds).toBeLessThan(2 * DELIVERY_MS);
  expect(said).toEqual(
    probe.EditOf === undefined ? ['new'] : outcome.startsWith('not edited') ? ['old'] : ['old', 'id: new'],
  );
  expect(ends).toEqual([]);
});

test.each([[60_000, 900_000, 10_000], [5_000, 900_000, 5_000], [60_000, 4_000, 4_000]])(
  'of %i ms, and %i that the function has, waits for one message %i at the most',
  async (timeoutMs, remaining, most) => {
    const clock = fakeClock(remaining);
    const begun = clock.now();
    const waited: number[] = [];
    const channel = slowChannel(clock, () => Infinity);
    const settled = channel.settled.bind(channel);
    channel.settled = (id, ends) => {
      waited.push(ends - clock.now());
      return settled(id, ends);
    };
    const [result] = await runProbes([LETS_THROUGH], channel, timeoutMs, clock);

    expect(result).toMatchObject({ outcome: 'never answered by the processor' });
    expect(waited[0]).toBeGreaterThan(most - 500);
    expect(waited[0]).toBeLessThanOrEqual(most);
    expect(clock.now() - begun).toBeLessThanOrEqual(Math.min(timeoutMs, remaining) + 100);
    // Attempts begin at 0, 11, 22, 33, 44 and 55 s.
    expect(waited).toHaveLength(most === 10_000 ? 6 : 1);
  },
);

test('asks again a second after an attempt that did not end as expected, and no more after one that did', async () => {
  const clock = fakeClock();
  const outcomes = [sent('better'), ended('DENIED'), sent('new')];
  const channel: Pick<ProbeMessages, 'send' | 'settled'> = {
    send: async () => 'id', settled: async () => ({ ...outcomes.shift()!, at: clock.now() }),
  };
  const [result] = await runProbes([DELIVERED], channel as ProbeMessages, 60_000, clock);

  expect(result).toMatchObject({ outcome: 'delivered', asExpected: true });
  expect(clock.sleeps).toEqual([1_000, 1_000]);
});

/** Delivers each message as it is, after some time. */
function slowChannel(clock: FakeClock, deliveryMs = () => DELIVERY_MS): ProbeMessages {
  const channel: Pick<ProbeMessages, 'send' | 'settled'> = {
    send: async () => 'message',
    settled: async (_, ends): Promise<Settled> => {
      const [takes, left] = [deliveryMs(), ends - clock.now()];
      await clock.sleep(Math.min(takes, left));
      return takes > left
        ? { status: 'PENDING', at: clock.now() }
        : { status: 'SENT', content: LETS_THROUGH.Content, at: clock.now() };
    },
  };
  return channel as ProbeMessages;
}
