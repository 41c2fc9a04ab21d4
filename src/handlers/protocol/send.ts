import * as http from 'node:http';
import * as https from 'node:https';

/** Waits between the attempts: CloudFormation's answer is all that ends the stack's waiting, so they are patient. */
const WAITS_MS = [200, 500, 1_000, 2_000, 4_000];
const ATTEMPT_TIMEOUT_MS = 10_000;

/** The answer was not acknowledged. */
export class NotSent extends Error {
  public readonly name = 'NotSent';

  public constructor(
    message: string,
    /** Whether CloudFormation may have got it all the same, and so may have gone on already. */
    public readonly mayHaveArrived: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A connection to where an answer goes, for one attempt. */
export interface Connection {
  readonly url: URL;
  /** Whether it can't carry an answer any more: it failed, or what it carried was acknowledged. */
  readonly isOver: boolean;
  put(body: string): Promise<void>;
  close(): void;
}

/**
 * Connects before there is an answer, so that the answer needn't wait for it, or takes the connection that an earlier
 * event of the container left: the bucket is the same, and signing in to it is most of an event's CPU time. A
 * connection that is kept waiting longer than an attempt may take closes by itself.
 */
export function connect(url: URL): Connection {
  const { request } = url.protocol === 'https:' ? https : http;
  const call = request(url, {
    method: 'PUT',
    // An empty type: the address is signed for one.
    headers: { 'content-type': '' },
    timeout: ATTEMPT_TIMEOUT_MS,
  });
  let [connected, isOver] = [false, false];
  const acknowledged = new Promise<void>((resolve, reject) => {
    const fail = (message: string) => reject(new NotSent(message, connected));
    call.once('socket', socket => {
      connected = call.reusedSocket;
      if (!connected) socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => { connected = true; });
    });
    call.once('response', response => {
      response.resume();
      const { statusCode = 0 } = response;
      if (statusCode >= 200 && statusCode < 300) resolve();
      else fail(`status ${statusCode}`);
    });
    call.once('timeout', () => call.destroy(new Error('time-out')));
    call.on('error', error => fail((error as NodeJS.ErrnoException).code ?? error.message));
  }).finally(() => { isOver = true; });
  // It can fail while nobody waits for it; `send` then makes another.
  acknowledged.catch(() => undefined);
  return {
    url,
    get isOver() { return isOver; },
    put: body => {
      call.setHeader('content-length', Buffer.byteLength(body));
      call.end(body);
      return acknowledged;
    },
    close: () => { call.destroy(); },
  };
}

/** PUTs the body to the address of the connection; several attempts, each the same. */
export async function send(connection: Connection, body: string, sleep: (ms: number) => Promise<void>): Promise<void> {
  let mayHaveArrived = false;
  for (let attempt = 0; ; attempt++) {
    try {
      return await (connection.isOver ? connect(connection.url) : connection).put(body);
    } catch (error) {
      mayHaveArrived ||= !(error instanceof NotSent) || error.mayHaveArrived;
      if (attempt === WAITS_MS.length) {
        throw new NotSent(
          `the answer was not acknowledged: ${(error as Error).message}`, mayHaveArrived, { cause: error },
        );
      }
      await sleep(WAITS_MS[attempt]);
    }
  }
}
