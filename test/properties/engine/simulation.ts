import { ListAppInstancesCommand } from '@aws-sdk/client-chime-sdk-identity';
import { ListTagsForResourceCommand } from '@aws-sdk/client-chime-sdk-messaging';
import { Dice } from './dice';
import { Service } from './service';
import { VirtualTime } from './virtual-time';

/**
 * Sets this test file's process up for handlers that run in virtual time; the answer is that time. What the SDK reads
 * from disk it reads before, for time stands still only for what happens in the process.
 */
export function simulateTime(): VirtualTime {
  const time = new VirtualTime();
  const realRandom = Math.random;

  beforeAll(async () => {
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    });
    const clock = { now: Date.now, sleep: async () => {}, remaining: () => 60_000 };
    const { identity, messaging, messagingOnce } = new Service(time).line(new Dice(0)).clients(clock);
    await identity.send(new ListAppInstancesCommand({}));
    for (const client of [messaging, messagingOnce]) {
      await client.send(new ListTagsForResourceCommand({ ResourceARN: 'arn:none' })).catch(() => {});
    }
    time.install();
  });
  beforeEach(() => { jest.spyOn(console, 'log').mockImplementation(); });
  afterAll(() => {
    time.uninstall();
    Math.random = realRandom;
  });
  return time;
}
