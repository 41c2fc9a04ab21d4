import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Before the emulator: a service that quotes, in the message of every error, all that it was sent. */
export interface QuotingProxy {
  readonly url: string;
  close(): Promise<void>;
}

export async function startQuotingProxy(target: string): Promise<QuotingProxy> {
  const server = createServer(async (incoming, outgoing) => {
    const sent = await text(incoming);
    const forwarded = request(`${target}${incoming.url}`, { method: incoming.method, headers: { ...incoming.headers, host: new URL(target).host } }, async answer => {
      const body = await text(answer);
      const isError = (answer.statusCode ?? 0) >= 400;
      const { 'content-length': _, ...headers } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 500, headers).end(isError ? quoting(body, incoming, sent) : body);
    });
    forwarded.on('error', () => incoming.socket.destroy());
    forwarded.end(sent);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function quoting(body: string, { method, url = '', rawHeaders }: IncomingMessage, sent: string): string {
  const { Message, ...more } = JSON.parse(body);
  return JSON.stringify({ ...more, Message: `${Message}; got ${method} ${decodeURIComponent(url)} ${rawHeaders.join(' ')} ${sent}` });
}
