import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { PrerequisiteError } from './prerequisite-error';

/** A port of the loopback interface that nobody listens on. Somebody else may take it meanwhile: use it soon. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening').catch((error: Error) => {
    throw new PrerequisiteError(
      `the local deployment needs a free port on 127.0.0.1, but there is none: ${error.message}`,
    );
  });
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
