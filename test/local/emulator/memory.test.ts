/** An emulator that runs for days keeps the latest of what comes without end, and what is deleted is gone. */
import { BoundedList } from '../../../local/emulator/store/bounded-list';
import { CallLog } from '../../../local/emulator/store/call-log';
import { EventLog } from '../../../local/emulator/store/event-log';
import { RequestTokens } from '../../../local/emulator/store/request-tokens';
import { State } from '../../../local/emulator/store/state';
import { VersionedMap } from '../../../local/emulator/store/versioned-map';

const MANY = 50_000;
const CHANNEL = 'arn:aws:chime:us-east-1:000000000000:app-instance/a/channel/c';

function times(count: number, action: (index: number) => void): void {
  for (let index = 0; index < count; index++) {
    action(index);
  }
}

/** All objects below, each once. */
function sizeOf(value: unknown, seen = new Set<unknown>()): number {
  const pending = [value];
  for (let next = pending.pop(); pending.length > 0 || next !== undefined; next = pending.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    pending.push(...next instanceof Map ? [...next.keys(), ...next.values()] : Object.values(next));
  }
  return seen.size;
}

test('a list keeps the latest, and all while they are few', () => {
  const list = new BoundedList<number>(10);
  times(10, index => list.add(index));
  expect(list.all()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  list.add(10);
  expect(list.all()).toEqual([6, 7, 8, 9, 10]);
});

test('a register keeps the records that were created last, and some of its past', () => {
  const register = new VersionedMap<number>(() => 0, { kept: 3, keptEnded: 1_000 });
  times(5, index => register.set(String(index), index));
  register.set('2', 20);
  expect(register.values()).toEqual([20, 3, 4]);
  times(MANY, index => register.set('2', index));
  expect(sizeOf(register)).toBeLessThan(1_100);
});

test('logs of calls and events end', () => {
  const [calls, events] = [new CallLog(), new EventLog()];
  times(MANY, index => {
    calls.add({ time: '', service: 'messaging', operation: String(index), input: {} });
    events.add(0, { kind: 'bus', detailType: String(index), detail: {} });
  });
  expect(calls.all().length).toBeLessThanOrEqual(10_000);
  expect(calls.all().at(-1)!.operation).toBe(String(MANY - 1));
  expect(events.all().length).toBeLessThanOrEqual(10_000);
  expect(events.all().at(-1)).toMatchObject({ detailType: String(MANY - 1) });
});

test('tokens are remembered for the latest requests', () => {
  const tokens = new RequestTokens();
  times(
    MANY, index => tokens.remember('SendChannelMessage', String(index), { Content: 'x'.repeat(100), index }, { index }),
  );
  expect(tokens.replay('SendChannelMessage', '0', {}, 'idempotent')).toBeUndefined();
  const latest = { index: MANY - 1, Content: 'x'.repeat(100) };
  expect(tokens.replay('SendChannelMessage', String(MANY - 1), latest, 'idempotent')).toEqual({ index: MANY - 1 });
  expect(() => tokens.replay('SendChannelMessage', String(MANY - 1), { ...latest, Content: 'y' }, 'idempotent'))
    .toThrow('with other input');
  expect(sizeOf(tokens)).toBeLessThan(30_000);
});

test('messages are kept for a while, and go with their channel', () => {
  const state = new State(() => 0);
  const key = (index: number) => `${CHANNEL} ${index}`;
  times(MANY, index => {
    state.messages.set(key(index), {
      MessageId: String(index),
      ChannelArn: CHANNEL,
      Sender: '',
      Type: 'STANDARD',
      Persistence: 'PERSISTENT',
      Redacted: false,
      CreatedTimestamp: new Date(0),
      LastUpdatedTimestamp: new Date(0),
    });
    state.denied.set(key(index), 'sender');
    state.requestTokens.remember('SendChannelMessage', String(index), {}, { ChannelArn: CHANNEL });
    state.lastDisassociation.set(`${CHANNEL}/${index}`, 0);
  });
  expect(state.messages.values()).toHaveLength(10_000);
  expect(state.denied.values()).toHaveLength(10_000);
  state.removeTree(CHANNEL);
  expect(state.messages.values()).toEqual([]);
  expect(state.lastDisassociation.size).toBe(0);
  expect(sizeOf(state)).toBeLessThan(5_000);
});
