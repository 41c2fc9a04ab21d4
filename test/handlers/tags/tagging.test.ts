import { messagingTagging, type Tagging } from '../../../src/handlers/tags/tagging';
import { startService, type Service } from '../fixture';
import { World } from '../world';

let service: Service;
let world: World;
let tagging: Tagging;
let channel: string;

beforeAll(async () => { service = await startService(); });
afterAll(() => service.close());
beforeEach(async () => {
  service.emulator.reset();
  world = await World.create(service);
  channel = await world.channel('lobby');
  await world.tag(channel, { team: 'care', stage: 'prod' });
  tagging = messagingTagging(service.clients.messaging);
  service.forgetCalls();
});

test('lists what is there', async () => {
  await expect(tagging.list(channel)).resolves.toEqual(
    expect.arrayContaining([{ Key: 'team', Value: 'care' }, { Key: 'stage', Value: 'prod' }]),
  );
});

test('makes no call for nothing', async () => {
  await tagging.tag(channel, []);
  await tagging.untag(channel, []);
  expect(service.operations()).toEqual([]);
});

describe('where the service refuses to untag what is not there', () => {
  beforeEach(() => service.emulator.setBehaviour({ untagMissingKey: 'bad-request' }));

  test('untags what is there of the keys', async () => {
    await tagging.untag(channel, ['team', 'gone']);
    expect(world.tagsOf(channel)).toEqual({ stage: 'prod' });
    expect(service.operations()).toEqual(['UntagResource', 'ListTagsForResource', 'UntagResource']);
  });

  test('has nothing to do where all of them are gone', async () => {
    await tagging.untag(channel, ['gone']);
    expect(service.operations()).toEqual(['UntagResource', 'ListTagsForResource']);
  });

  test('fails where a key that is there is refused again', async () => {
    service.emulator.setBehaviour({ faults: [{ operation: 'UntagResource', error: 'BadRequest', times: 2 }] });
    await expect(tagging.untag(channel, ['team'])).rejects.toMatchObject({ name: 'BadRequestException' });
  });
});

test('fails where untagging is refused for another reason, and looks no further', async () => {
  service.emulator.setBehaviour({ faults: [{ operation: 'UntagResource', error: 'Forbidden' }] });
  await expect(tagging.untag(channel, ['team'])).rejects.toMatchObject({ name: 'ForbiddenException' });
  expect(service.operations()).toEqual(['UntagResource']);
});
