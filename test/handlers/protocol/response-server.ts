import * as http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Received {
  readonly method?: string;
  readonly path?: string;
  readonly contentType?: string;
  readonly bytes: number;
  readonly answer: Record<string, any>;
}

/** Stands in for the bucket behind a ResponseURL. */
export interface ResponseServer {
  readonly received: Received[];
  /** How the next requests are answered, one entry each; 200 when there is none left. */
  readonly script: (number | 'hang-up')[];
  /** The connections that are open, also those without a request yet. */
  readonly sockets: Set<Socket>;
  /** An address as CloudFormation signs one `age` milliseconds ago; without a date when `age` is undefined. */
  url(age?: number): string;
  close(): Promise<void>;
}

/** The secret of every address of the server: it must never be seen in a log. */
export const SIGNATURE = 'c0ffee5ecre7';

export async function startResponseServer(): Promise<ResponseServer> {
  const received: Received[] = [];
  const script: (number | 'hang-up')[] = [];
  const sockets = new Set<Socket>();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const next = script.shift() ?? 200;
      if (next === 'hang-up') return void request.socket.destroy();
      const body = Buffer.concat(chunks);
      received.push({
        method: request.method,
        path: request.url,
        contentType: request.headers['content-type'],
        bytes: body.length,
        answer: JSON.parse(body.toString()),
      });
      return response.writeHead(next).end();
    });
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    received,
    script,
    sockets,
    url: age => {
      const date = age === undefined
        ? ''
        : `X-Amz-Date=${new Date(Date.now() - age).toISOString().replace(/[-:]|\.\d+/g, '')}&`;
      return `http://127.0.0.1:${port}/stack%7CResource?${date}X-Amz-Signature=${SIGNATURE}`;
    },
    close: () => new Promise(resolve => void server.close(() => resolve())),
  };
}
