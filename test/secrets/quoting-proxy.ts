import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';

/** How a service may write what it quotes. */
export const FORMS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': text => text,
  'cut': text => text.slice(0, 100),
  'cut in the middle': text => `${text.slice(0, 20)}...${text.slice(-20)}`,
  'JSON in JSON': text => JSON.stringify(JSON.stringify(text)),
  'for a URL': text => encodeURIComponent(text),
  'twice for a URL': text => encodeURIComponent(encodeURIComponent(text)),
  'in base64': text => Buffer.from(text).toString('base64'),
  'in base64url': text => Buffer.from(text).toString('base64url'),
  'in hexadecimal': text => Buffer.from(text).toString('hex'),
  'for HTML': text => text.replace(/[^A-Za-z0-9 ]/g, letter => `&#${letter.charCodeAt(0)};`),
  'all for HTML': text => text.replace(/[^]/g, letter => `&#x${letter.charCodeAt(0).toString(16)};`),
  'in escapes': text => text.replace(/[^]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'decomposed': text => text.normalize('NFD'),
  'composed': text => text.normalize('NFC'),
  'compatible': text => text.normalize('NFKD'),
  'in capitals': text => text.toUpperCase(),
  'in small letters': text => text.toLowerCase(),
  'over lines': text => text.replace(/.{5}/g, '$&\n    at '),
  'with blanks between': text => [...text].join(' '),
  'reversed': text => [...text].reverse().join(''),
  'as bytes': text => [...Buffer.from(text)].join(', '),
  'as IAM would say it': text => `User: ${text} is not authorized to perform: chime:${text} on resource: `
    + `${text} because no ${text} policy allows the ${text} action`,
  'as a constraint': text => `1 validation error detected: Value '${text}' at '${text}' failed to satisfy constraint: `
    + `Member must satisfy ${text}`,
};

/** Before the emulator: a service that quotes, in the message of every error, all that it was sent, in all forms. */
export interface QuotingProxy {
  readonly url: string;
  close(): Promise<void>;
}

export async function startQuotingProxy(target: string): Promise<QuotingProxy> {
  const server = createServer(async (incoming, outgoing) => {
    const sent = await readText(incoming);
    const forwarded = request(
      `${target}${incoming.url}`,
      { method: incoming.method, headers: { ...incoming.headers, host: new URL(target).host } },
      async answer => {
        const body = await readText(answer);
        const isError = (answer.statusCode ?? 0) >= 400;
        const { 'content-length': _, ...headers } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 500, headers).end(isError ? quoting(body, incoming, sent) : body);
      },
    );
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
  const all = [`${method} ${decodeURIComponent(url)}`, ...rawHeaders, sent, ...valuesIn(sent)];
  const quoted = all.flatMap(text => Object.values(FORMS).map(form => form(text))).join('; ');
  return JSON.stringify({ ...more, Message: `${Message}; got ${quoted}`, RequestId: sent.slice(0, 60), Value: sent });
}

/** Each scalar by itself, and what is JSON in it. */
function valuesIn(json: string): string[] {
  const found: string[] = [];
  try {
    JSON.parse(json, (name, value) => {
      if (typeof value !== 'object') {
        found.push(name, String(value), ...typeof value === 'string' && value.startsWith('{') ? valuesIn(value) : []);
      }
      return value;
    });
  } catch {
    // No JSON, nothing in it.
  }
  return found;
}
