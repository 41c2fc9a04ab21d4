import { createServer, IncomingHttpHeaders } from 'node:http';
import { AddressInfo } from 'node:net';

export interface AwsCall {
  readonly method?: string;
  readonly path?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: any;
}

/** Stands in for AWS: writes down what it is asked, and answers what it is told to. */
export interface FakeAws {
  readonly url: string;
  readonly calls: AwsCall[];
  answer: { status: number; body: object };
  close(): void;
}

export async function startFakeAws(status: number, body: object = {}): Promise<FakeAws> {
  const calls: AwsCall[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    calls.push({ method: request.method, path: request.url, headers: request.headers, body: JSON.parse(text) });
    response.writeHead(fake.answer.status, { 'content-type': 'application/json' }).end(
      JSON.stringify(fake.answer.body),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeAws = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: { status, body },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return fake;
}
