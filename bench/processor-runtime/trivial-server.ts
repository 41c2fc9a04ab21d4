import { Worker } from 'node:worker_threads';

/** In a thread of its own, so that its work is not counted with either side's. */
const CODE = `
const { createServer } = require('node:http');
const { parentPort } = require('node:worker_threads');
const body = JSON.stringify({ CallbackId: 'c', ChannelArn: 'a' });
const server = createServer((request, response) => {
  request.resume().on('end', () => response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body));
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** A server that answers every callback alike. */
export async function startServer(): Promise<{ readonly url: string; close(): void }> {
  const worker = new Worker(CODE, { eval: true });
  const port = await new Promise<number>(resolve => worker.once('message', resolve));
  return { url: `http://127.0.0.1:${port}`, close: () => void worker.terminate() };
}
