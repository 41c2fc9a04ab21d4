import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A callback as it came over the wire. */
export interface Callback {
  readonly channelArn: string;
  readonly body: {
    readonly CallbackId: string;
    readonly DeleteResource?: boolean;
    readonly ChannelMessage: { readonly MessageId: string; readonly [member: string]: unknown };
  };
}

/**
 * What the server does to a callback instead of taking it:
 * a status refuses it, `lost` takes it and answers 500, `cut` takes it and closes the connection, `hang` never answers.
 */
export type Fault = { status: number; name?: string; message?: string } | 'lost' | 'cut' | 'hang';

/**
 * The messaging service as far as a processor sees it: takes one answer for each callback id, over a real connection.
 */
export class CallbackServer {
  public static async start(): Promise<CallbackServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new CallbackServer(server);
  }

  /** Every attempt. */
  public attempts: Callback[] = [];
  /** The answers that were taken, by callback id. */
  public readonly answers = new Map<string, Callback>();
  /** How many connections were opened. */
  public connections = 0;
  /** What the service says to a second answer; unconfirmed, so tests play each. */
  public secondAnswer = 409;
  /** Asked before each attempt is taken. */
  public fault: (callback: Callback, attempt: number) => Fault | undefined;

  private constructor(private readonly server: Server) {
    this.fault = () => undefined;
    server.on('connection', () => this.connections++);
    server.on('request', (request, response) => void this.serve(request, response));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public reset(): void {
    this.attempts = [];
    this.answers.clear();
    this.secondAnswer = 409;
    this.fault = () => undefined;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const callback = await parse(request);
    this.attempts.push(callback);
    const fault = this.fault(callback, this.attempts.length);
    if (fault === 'hang') return;
    if (typeof fault === 'object') return refuse(response, fault.status, fault.name, fault.message);
    const { CallbackId } = callback.body;
    if (this.answers.has(CallbackId)) return refuse(response, this.secondAnswer);
    this.answers.set(CallbackId, callback);
    if (fault === 'lost') return refuse(response, 500);
    if (fault === 'cut') return void request.socket.destroy();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ CallbackId, ChannelArn: callback.channelArn }));
  }
}

async function parse(request: IncomingMessage): Promise<Callback> {
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
  if (request.method !== 'POST' || searchParams.get('operation') !== 'channel-flow-callback') {
    throw new Error(`no callback: ${request.method} ${request.url}`);
  }
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return {
    channelArn: decodeURIComponent(pathname.replace(/^\/channels\//, '')),
    body: JSON.parse(Buffer.concat(parts).toString()) as Callback['body'],
  };
}

const NAMES: Record<number, string> = {
  400: 'BadRequestException',
  401: 'UnauthorizedClientException',
  403: 'ForbiddenException',
  404: 'NotFoundException',
  409: 'ConflictException',
  429: 'ThrottledClientException',
  500: 'ServiceFailureException',
  503: 'ServiceUnavailableException',
};

function refuse(
  response: ServerResponse, status: number, name = NAMES[status] ?? 'OddException', message = 'refused',
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': name });
  response.end(JSON.stringify({ Code: name.replace(/Exception$/, ''), Message: message }));
}
