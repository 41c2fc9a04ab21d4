/**
 * A function's container: makes one call of the service for each line that it reads, by clients that it keeps, and says
 * how each ended.
 */
import { createInterface } from 'node:readline';
import { ListAppInstancesCommand } from '@aws-sdk/client-chime-sdk-identity';
import { clients } from '../../src/handlers/service/sdk-clients';

createInterface({ input: process.stdin }).on('line', async () => {
  const ends = Date.now() + 30_000;
  const clock = {
    now: Date.now,
    sleep: (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms)),
    remaining: () => ends - Date.now(),
  };
  const outcome = await clients(clock).identity.send(new ListAppInstancesCommand({})).then(
    () => 'succeeded', error => `failed: ${error}`,
  );
  process.stdout.write(`${outcome}\n`);
});
