import { Tag } from '@aws-sdk/client-chime-sdk-messaging';
import { Chat, createChat, failure, Fixture, newToken, startFixture } from './fixture';

let fixture: Fixture;
let chat: Chat;
beforeAll(async () => { fixture = await startFixture(); });
beforeEach(async () => { chat = await createChat(fixture); });
afterEach(() => fixture.emulator.reset());
afterAll(() => fixture.close());

const tagsOf = async (ResourceARN: string) => (await fixture.messaging.listTagsForResource({ ResourceARN })).Tags;

function tags(count: number, prefix = 'key'): Tag[] {
  return Array.from({ length: count }, (_, i) => ({ Key: `${prefix}-${i}`, Value: 'v' }));
}

test.each(['appInstanceArn', 'userArn', 'channelArn', 'flowArn'] as const)(
  'tags of %s are added, changed and removed',
  async kind => {
    const ResourceARN = chat[kind];
    await fixture.messaging.tagResource({ ResourceARN, Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] });
    await fixture.messaging.tagResource({ ResourceARN, Tags: [{ Key: 'b', Value: '3' }] });
    expect(await tagsOf(ResourceARN)).toEqual([{ Key: 'a', Value: '1' }, { Key: 'b', Value: '3' }]);
    await fixture.messaging.untagResource({ ResourceARN, TagKeys: ['a'] });
    expect(await tagsOf(ResourceARN)).toEqual([{ Key: 'b', Value: '3' }]);
  },
);

test('both services see the same tags', async () => {
  await fixture.identity.tagResource({ ResourceARN: chat.flowArn, Tags: [{ Key: 'a', Value: '1' }] });
  expect(await tagsOf(chat.flowArn)).toEqual([{ Key: 'a', Value: '1' }]);
  await fixture.messaging.untagResource({ ResourceARN: chat.flowArn, TagKeys: ['a'] });
  expect((await fixture.identity.listTagsForResource({ ResourceARN: chat.flowArn })).Tags).toEqual([]);
  expect(fixture.emulator.calls().slice(-4).map(({ service, operation }) => `${service} ${operation}`)).toEqual([
    'identity TagResource', 'messaging ListTagsForResource', 'messaging UntagResource', 'identity ListTagsForResource',
  ]);
});

test('tags are given at creation', async () => {
  const Tags = [{ Key: 'a', Value: '1' }];
  const { AppInstanceArn } = await fixture.identity.createAppInstance({
    Name: 'a', Tags, ClientRequestToken: newToken(),
  });
  const { AppInstanceUserArn } = await fixture.identity.createAppInstanceUser({
    AppInstanceArn, AppInstanceUserId: 'u', Name: 'u', Tags, ClientRequestToken: newToken(),
  });
  const { ChannelArn } = await fixture.messaging.createChannel({
    AppInstanceArn, Name: 'c', Tags, ChimeBearer: AppInstanceUserArn,
  });
  for (const arn of [AppInstanceArn, AppInstanceUserArn, ChannelArn]) {
    expect(await tagsOf(arn!)).toEqual(Tags);
  }
});

test('a resource has at most 50 tags', async () => {
  await fixture.messaging.tagResource({ ResourceARN: chat.flowArn, Tags: tags(50) });
  await fixture.messaging.tagResource({ ResourceARN: chat.flowArn, Tags: tags(50) });
  expect(await failure(fixture.messaging.tagResource({ ResourceARN: chat.flowArn, Tags: tags(1, 'more') })))
    .toMatchObject({
      name: 'ResourceLimitExceededException', status: 400,
    });
  expect(await tagsOf(chat.flowArn)).toHaveLength(50);
});

test.each([
  ['no tags', { Tags: [] }, 'Tags must be 1 to 50 items, got []'],
  ['an empty value', { Tags: [{ Key: 'a', Value: '' }] }, 'Tags[0].Value must be 1 to 256 characters, got ""'],
  ['an empty key', { Tags: [{ Key: '', Value: 'a' }] }, 'Tags[0].Key must be 1 to 128 characters, got ""'],
])('%s: refused', async (_, input, problem) => {
  const { name, message } = await failure(fixture.messaging.tagResource({ ResourceARN: chat.flowArn, ...input }));
  expect({ name, message }).toEqual({
    name: 'BadRequestException', message: `1 validation error detected: ${problem}`,
  });
});

test('no tag keys: refused', async () => {
  const { message } = await failure(fixture.messaging.untagResource({ ResourceARN: chat.flowArn, TagKeys: [] }));
  expect(message).toContain('TagKeys must be 1 to 50 items, got []');
});

test('untag a key that is not there', async () => {
  const input = { ResourceARN: chat.flowArn, TagKeys: ['missing'] };
  await fixture.messaging.untagResource(input);
  fixture.emulator.setBehaviour({ untagMissingKey: 'bad-request' });
  expect((await failure(fixture.messaging.untagResource(input))).name).toBe('BadRequestException');
});

test.each([['not-found', 'NotFoundException'], ['forbidden', 'ForbiddenException']] as const)(
  'what is gone: %s',
  async (listTagsOfMissing, name) => {
    fixture.emulator.setBehaviour({ listTagsOfMissing });
    const ResourceARN = `${chat.appInstanceArn}/channel-flow/gone`;
    expect((await failure(fixture.messaging.listTagsForResource({ ResourceARN }))).name).toBe(name);
    expect((await failure(fixture.messaging.tagResource({ ResourceARN, Tags: tags(1) }))).name).toBe(name);
    expect((await failure(fixture.messaging.untagResource({ ResourceARN, TagKeys: ['a'] }))).name).toBe(name);
  },
);

test('the ARN of another service is refused', async () => {
  const ResourceARN = 'arn:aws:lambda:us-east-1:000000000000:function:f';
  expect((await failure(fixture.messaging.listTagsForResource({ ResourceARN }))).name).toBe('BadRequestException');
});
