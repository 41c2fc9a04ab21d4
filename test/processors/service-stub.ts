import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call of an AWS service that speaks JSON 1.1. */
export interface ServiceCall {
  readonly target: string;
  readonly input: Record<string, unknown>;
}

export type ServiceAnswer = { readonly status?: number; readonly body: Record<string, unknown> } | 'hang';

/** An AWS service of one operation, over a real connection. */
export class ServiceStub {
  public static async start(): Promise<ServiceStub> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ServiceStub(server);
  }

  public calls: ServiceCall[] = [];

  private constructor(private readonly server: Server) {
    server.on('request', async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const call = {
        target: String(request.headers['x-amz-target']), input: JSON.parse(Buffer.concat(parts).toString()),
      };
      this.calls.push(call);
      const answer = this.answer(call, this.calls.length);
      if (answer === 'hang') return;
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer.body));
    });
  }

  public answer: (
    call: ServiceCall, count: number,
  ) => ServiceAnswer = () => ({ status: 500, body: { __type: 'InternalServerException' } });

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
