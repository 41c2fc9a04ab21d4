import { randomUUID } from 'node:crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { Answer, errorAnswer, serve } from './api';
import { LOCAL_PREFIX, serveLocal } from './control-api';
import { World } from './world';
import { ServiceError } from '../protocol/errors';
import { DroppedConnection } from '../switches/faults';

const MAX_BODY_BYTES = 1024 * 1024;

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

export function createEmulatorServer(world: World): Server {
  const server = createServer((request, response) => {
    handle(world, request)
      .then(answer => deliver(response, answer))
      // What fails here is the connection; there is nobody left to tell.
      .catch(() => response.destroy());
  });
  // Clients keep connections for longer than Node's 5 s, and a busy machine lets them meet the end of one.
  server.keepAliveTimeout = 120_000;
  return server;
}

async function handle(world: World, request: IncomingMessage): Promise<Answer | DroppedConnection> {
  const strange = rejectForeignOrigin(request);
  if (strange) return strange;
  const body = await readBody(request);
  if (body instanceof ServiceError) return errorAnswer(body);
  const url = parseUrl(request.url ?? '/');
  if (!url) return errorAnswer(ServiceError.of('BadRequest', 'the request target is not a path'));
  const method = request.method ?? 'GET';
  return url.pathname.startsWith(LOCAL_PREFIX)
    ? serveLocal(world, method, url.pathname, body)
    : serve(world, method, { url, headers: request.headers, body });
}

/** What browsers say of requests that the user, or the same origin, made. */
const OWN_SITES: readonly (string | undefined)[] = [undefined, 'none', 'same-origin'];

/** Nobody but programs of this machine is served: a web page must not reach the emulator through the user's browser. */
function rejectForeignOrigin({ headers, rawHeaders }: IncomingMessage): Answer | undefined {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts !== 1) return errorAnswer(ServiceError.of('BadRequest', `a request must have one Host, got ${hosts}`));
  if (!LOOPBACK_HOST.test(headers.host ?? '')) {
    return errorAnswer(ServiceError.of(
      'Forbidden', `the emulator answers to 127.0.0.1, localhost and [::1] only, got Host ${headers.host}`,
    ));
  }
  const site = headers['sec-fetch-site'];
  if (!OWN_SITES.includes(site?.toString())) {
    return errorAnswer(
      ServiceError.of('Forbidden', `the emulator does not answer to other sites, got Sec-Fetch-Site ${site}`),
    );
  }
  if (headers.origin !== undefined) {
    return errorAnswer(
      ServiceError.of('Forbidden', `the emulator does not answer to web pages, got Origin ${headers.origin}`),
    );
  }
  return undefined;
}

function parseUrl(target: string): URL | undefined {
  try {
    return target.startsWith('/') ? new URL(`http://emulator${target}`) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The body, or why it is refused; the rest of one that is too large is read and dropped, so that the caller gets the
 * answer.
 */
async function readBody(request: IncomingMessage): Promise<string | ServiceError> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      request.resume();
      return new ServiceError(
        413, 'RequestEntityTooLargeException', 'BadRequest', `the body is larger than ${MAX_BODY_BYTES} bytes`,
      );
    }
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    return ServiceError.of('BadRequest', 'the body is not valid UTF-8');
  }
}

function deliver(response: ServerResponse, answer: Answer | DroppedConnection): void {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, {
    'x-amzn-requestid': randomUUID(),
    ...answer.errorType ? { 'x-amzn-errortype': answer.errorType } : {},
    ...answer.body !== undefined
      ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer.body) }
      : {},
    ...answer.status === 413 ? { connection: 'close' } : {},
  });
  response.end(answer.body);
}
