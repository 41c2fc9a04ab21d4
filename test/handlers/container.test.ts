/** Connections that a container keeps between its events, while the way to the service does not. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmulator, type Emulator } from '../../local/emulator';

let emulator: Emulator;
let way: Server;
let container: ChildProcessWithoutNullStreams;
let outcomes: AsyncIterator<string>;
const open = new Set<Socket>();
let connections = 0;

/** Everything between the container and the service; what it closes is closed for both. */
function startWay(): Server {
  const port = Number(new URL(emulator.url).port);
  return createServer(socket => {
    connections++;
    open.add(socket.on('error', () => {}).on('close', () => open.delete(socket)));
    const onward = connect(port, '127.0.0.1').on('error', () => {});
    socket.pipe(onward).pipe(socket);
    socket.on('close', () => onward.destroy());
  }).listen(0, '127.0.0.1');
}

beforeEach(async () => {
  connections = 0;
  emulator = await startEmulator({ port: 0 });
  way = startWay();
  await once(way, 'listening');
  const url = `http://127.0.0.1:${(way.address() as AddressInfo).port}`;
  container = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'container-process.ts')], {
    env: {
      ...process.env,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY: url,
    },
  });
  container.stderr.resume();
  outcomes = createInterface({ input: container.stdout })[Symbol.asyncIterator]();
});

afterEach(async () => {
  container.kill('SIGKILL');
  way.close();
  open.forEach(socket => socket.destroy());
  await emulator.close();
});

async function event(): Promise<string> {
  container.stdin.write('\n');
  return (await outcomes.next()).value;
}

test('serve the next event, too', async () => {
  expect([await event(), await event(), await event()]).toEqual(['succeeded', 'succeeded', 'succeeded']);
  expect(connections).toBe(1);
});

test.each(['end', 'destroy', 'resetAndDestroy'] as const)(
  'that the service closes while they are idle (%s) are replaced',
  async how => {
    expect(await event()).toBe('succeeded');
    open.forEach(socket => socket[how]());
    await delay(50);
    expect([await event(), connections]).toEqual(['succeeded', 2]);
  },
);

test.each(['end', 'destroy', 'resetAndDestroy'] as const)(
  'that went stale while the container was frozen (%s) are replaced',
  async how => {
    expect(await event()).toBe('succeeded');
    container.kill('SIGSTOP');
    open.forEach(socket => socket[how]());
    await delay(50);
    container.stdin.write('\n');
    container.kill('SIGCONT');
    expect([(await outcomes.next()).value, connections]).toEqual(['succeeded', 2]);
  },
);

test('that died without a word are replaced when no answer comes', async () => {
  expect(await event()).toBe('succeeded');
  // The way goes on to take what is sent, and passes nothing on.
  open.forEach(socket => socket.unpipe().on('data', () => {}));
  expect([await event(), connections]).toEqual(['succeeded', 2]);
});
