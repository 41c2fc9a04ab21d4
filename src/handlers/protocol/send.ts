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

/** PUTs the body to the address; several attempts, each the same. */
export async function send(url: URL, body: string, sleep: (ms: number) => Promise<void>): Promise<void> {
  let mayHaveArrived = false;
  for (let attempt = 0; ; attempt++) {
    try {
      return await put(url, body);
    } catch (error) {
      mayHaveArrived ||= !(error instanceof NotSent) || error.mayHaveArrived;
      if (attempt === WAITS_MS.length) {
        throw new NotSent(`the answer was not acknowledged: ${(error as Error).message}`, mayHaveArrived, { cause: error });
      }
      await sleep(WAITS_MS[attempt]);
    }
  }
}

function put(url: URL, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let connected = false;
    const fail = (message: string) => reject(new NotSent(message, connected));
    const { request } = url.protocol === 'https:' ? https : http;
    const call = request(url, {
      method: 'PUT',
      // An empty type: the address is signed for one.
      headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) },
      agent: false,
      timeout: ATTEMPT_TIMEOUT_MS,
    }, response => {
      response.resume();
      const { statusCode = 0 } = response;
      if (statusCode >= 200 && statusCode < 300) resolve();
      else fail(`status ${statusCode}`);
    });
    call.once('socket', socket => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => { connected = true; }));
    call.once('timeout', () => call.destroy(new Error('time-out')));
    call.once('error', error => fail((error as NodeJS.ErrnoException).code ?? error.message));
    call.end(body);
  });
}
