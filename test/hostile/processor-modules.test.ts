/**
 * Modules that stand in for a function and mean harm: whatever they throw, reject with or post, now or later, the
 * emulator goes on, tells it as a crash, and the next message is answered.
 *
 *     HOSTILE_SEED=<seed> HOSTILE_RUNS=<runs> npx jest test/hostile/processor-modules
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { RUNS, SEED } from './runs';
import {
  type MessageFixture, putFlow, read, send, startMessageFixture, statusOf,
} from '../local/emulator/message-fixture';
import { until } from '../support/until';

/** Code of values that harm whoever looks at them. */
const VALUES = [
  'null', 'undefined', 'Symbol("s")', '10n', 'NaN', '() => {}', '"x".repeat(1_000_000)', 'Object.create(null)',
  'new WeakMap()',
  '{ __proto__: null, awsRequestId: {}, problem: null }', '{ get stack() { throw null; }, toString() { throw null; } }',
  'Object.assign(new Error("e"), { stack: { toString() { throw null; } } })',
  'Object.assign(new Error("e"), { stack: Symbol("s") })',
  '(() => { const { proxy, revoke } = Proxy.revocable(function () {}, {}); revoke(); return proxy; })()',
  '(() => { const cycle = []; cycle.push(cycle); return cycle; })()', 'new Proxy({}, { get() { throw undefined; } })',
  'class { static stack = 1n; }',
  'new SharedArrayBuffer(8)', 'new (require("node:worker_threads").MessageChannel)().port1',
  'new AggregateError([null], Symbol.iterator.description)',
] as const;

/** What a module does with it; the rest of the message's life is the emulator's. */
const DEEDS: Record<string, (value: string) => string> = {
  'throws it': value => `throw ${value};`,
  'rejects with it': value => `return Promise.reject(${value});`,
  'throws it later': value => `setTimeout(() => { throw ${value}; }); return new Promise(() => {});`,
  'throws it after its end': value => `setTimeout(() => { throw ${value}; });`,
  'rejects with it, unheard': value => `Promise.reject(${value}); return new Promise(() => {});`,
  'posts it': value => `require('node:worker_threads').parentPort.postMessage(${value});`,
  'posts it by every port': value => `
    const { MessagePort } = require('node:worker_threads');
    const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function () { post.call(this, ${value}); };
    throw new Error('posted');`,
  'leaves with it': value => `process.exit(${value});`,
  'closes its port': value => `require('node:worker_threads').parentPort.close(); throw ${value};`,
  'makes it the handler of the rest': value =>
    `process.on('uncaughtException', () => { throw ${value}; }); setTimeout(() => { throw null; });`,
};

/** Does what the message says, in a thread of the emulator; answers the message `well`. */
const MODULE = `
const { ChimeSDKMessaging } = require(${JSON.stringify(require.resolve('@aws-sdk/client-chime-sdk-messaging'))});
const deeds = require('./deeds.json');
exports.handler = async ({ CallbackId, ChannelMessage: { MessageId, ChannelArn, Content } }) => {
  if (Content !== 'well') return new Function('require', deeds[Content])(require);
  const ChannelMessage = { MessageId, Content: 'answered' };
  await new ChimeSDKMessaging({}).channelFlowCallback({ CallbackId, ChannelArn, ChannelMessage });
};`;

const deeds = Object.entries(DEEDS).flatMap(
  ([deed, code]) => VALUES.map(value => ({ deed: `${deed}: ${value}`, code: code(`(${value})`) })),
);

let folder: string;
let fixture: MessageFixture;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-modules-'));
  writeFileSync(
    join(folder, 'deeds.json'), JSON.stringify(Object.fromEntries(deeds.map(({ deed, code }) => [deed, code]))),
  );
  writeFileSync(join(folder, 'module.cjs'), MODULE);
  fixture = await startMessageFixture({
    processors: { module: join(folder, 'module.cjs') }, processorTimeoutMs: 2_000,
  });
  await putFlow(fixture, ['module', 'ABORT']);
});
afterAll(async () => {
  await fixture.close();
  rmSync(folder, { recursive: true, force: true });
});

/** In a thread that a module has spoilt the answer may fail; a later message gets another thread. */
async function answersWell(): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { MessageId } = await send(fixture, { Content: 'well' });
    const isSent = async () => (await statusOf(fixture, MessageId))?.Value === 'SENT';
    await until(async () => await isSent() || crashes().some(({ messageId }) => messageId === MessageId));
    if (await isSent()) return expect((await read(fixture, MessageId)).Content).toBe('answered');
    expect(attempt).toBeLessThan(10);
  }
}

const crashes = () => fixture.emulator.events().filter(event => event.kind === 'processor-crash');

test(`${Math.ceil(RUNS / 50)} times five deeds of seed ${SEED}: the emulator goes on`, async () => {
  const some = fc.array(fc.constantFrom(...deeds.map(({ deed }) => deed)), { minLength: 5, maxLength: 5 });
  await fc.assert(fc.asyncProperty(some, async contents => {
    await Promise.all(contents.map(Content => send(fixture, { Content })));
    await answersWell();
  }), { seed: SEED, numRuns: Math.ceil(RUNS / 50), endOnFailure: true });
  for (const { problem } of crashes()) {
    expect(typeof problem).toBe('string');
    expect(problem.length).toBeLessThanOrEqual(4_096);
  }
  expect(crashes().length).toBeGreaterThan(0);
}, 24 * 3_600_000);

test.each(VALUES)('a handler in this process throws %s', async value => {
  const inProcess = await startMessageFixture({
    processors: { here: () => { throw new Function('require', `return (${value});`)(require); } },
  });
  try {
    await putFlow(inProcess, ['here', 'ABORT']);
    await send(inProcess);
    await until(() => inProcess.emulator.events().some(({ kind }) => kind === 'processor-crash'));
  } finally {
    await inProcess.close();
  }
});
