import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** Stands in for SSM's parameters, in which cdk-amazon-chime-resources remembers what it made. */
export async function startParameterStore(): Promise<{ readonly url: string; close(): void }> {
  const values = new Map<string, string>();
  const server = createServer((request, response) => void (async () => {
    const { Name, Value } = await json(request) as { Name: string; Value?: string };
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    const there = values.has(Name);
    if (operation === 'PutParameter') values.set(Name, Value!);
    const missing = operation !== 'PutParameter' && !there;
    response.writeHead(missing ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(
      missing ? { __type: 'ParameterNotFound' } : { Parameter: { Name, Value: values.get(Name) }, Version: 1 },
    ));
    if (operation === 'DeleteParameter') values.delete(Name);
  })());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
