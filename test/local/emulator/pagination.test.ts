import { createAdmin, createAppInstance, createChannel, createFlow, failure, Fixture, startFixture } from './fixture';

let fixture: Fixture;
let appInstanceArn: string;
let flowArns: string[];

beforeAll(async () => {
  fixture = await startFixture();
  appInstanceArn = await createAppInstance(fixture);
  flowArns = [];
  for (let i = 0; i < 60; i++) {
    flowArns.push(await createFlow(fixture, appInstanceArn, `flow ${i}`));
  }
});
afterAll(() => fixture.close());

function list(input: { MaxResults?: number; NextToken?: string; AppInstanceArn?: string } = {}) {
  return fixture.messaging.listChannelFlows({ AppInstanceArn: appInstanceArn, ...input });
}

async function allPages(MaxResults?: number): Promise<string[][]> {
  const pages: string[][] = [];
  let NextToken: string | undefined;
  do {
    const page = await list({ MaxResults, NextToken });
    pages.push(page.ChannelFlows!.map(flow => flow.ChannelFlowArn!));
    NextToken = page.NextToken;
  } while (NextToken);
  return pages;
}

test('a page holds 50 by default', async () => {
  expect((await allPages()).map(page => page.length)).toEqual([50, 10]);
});

test.each([1, 7, 20, 50])('pages of %d hold everything once, in order', async size => {
  const pages = await allPages(size);
  expect(pages.flat()).toEqual(flowArns);
  expect(Math.max(...pages.map(page => page.length))).toBe(size);
});

test('the last page has no token, also when it is full', async () => {
  expect((await list({ MaxResults: 30, NextToken: (await list({ MaxResults: 30 })).NextToken })).NextToken)
    .toBeUndefined();
});

test.each([0, 51, -1])('MaxResults %d is refused', async MaxResults => {
  expect(await failure(list({ MaxResults }))).toMatchObject({
    name: 'BadRequestException', message: `1 validation error detected: MaxResults must be 1 to 50, got ${MaxResults}`,
  });
});

test('a token that is none is refused', async () => {
  expect(await failure(list({ NextToken: 'nonsense' }))).toMatchObject({ name: 'BadRequestException', status: 400 });
});

test('a token of another list is refused', async () => {
  const { NextToken } = await list({ MaxResults: 1 });
  const other = await createAppInstance(fixture);
  expect((await failure(list({ AppInstanceArn: other, NextToken }))).name).toBe('BadRequestException');
  expect((await failure(fixture.identity.listAppInstanceUsers({ AppInstanceArn: appInstanceArn, NextToken }))).name)
    .toBe('BadRequestException');
});

test('a page goes on where the last one ended, though entries went away', async () => {
  const arn = await createAppInstance(fixture);
  const flows = [
    await createFlow(fixture, arn, 'a'), await createFlow(fixture, arn, 'b'), await createFlow(fixture, arn, 'c'),
  ];
  const { NextToken } = await list({ AppInstanceArn: arn, MaxResults: 2 });
  await fixture.messaging.deleteChannelFlow({ ChannelFlowArn: flows[1] });
  expect((await list({ AppInstanceArn: arn, NextToken })).ChannelFlows!.map(flow => flow.ChannelFlowArn)).toEqual([
    flows[2],
  ]);
});

describe('lists that lag behind', () => {
  afterEach(() => fixture.emulator.setBehaviour({ listConsistencyMs: 0 }));

  test('show what is new late, and what is gone still', async () => {
    fixture.emulator.setBehaviour({ listConsistencyMs: 1000 });
    const arn = await createAppInstance(fixture);
    const flowArn = await createFlow(fixture, arn);
    const count = async () => (await list({ AppInstanceArn: arn })).ChannelFlows!.length;
    expect(await count()).toBe(0);
    fixture.advance(1000);
    expect(await count()).toBe(1);
    await fixture.messaging.deleteChannelFlow({ ChannelFlowArn: flowArn });
    expect(await count()).toBe(1);
    expect((await failure(fixture.messaging.describeChannelFlow({ ChannelFlowArn: flowArn }))).name).toBe(
      'NotFoundException',
    );
    fixture.advance(1000);
    expect(await count()).toBe(0);
  });

  test('show associations late', async () => {
    fixture.emulator.setBehaviour({ listConsistencyMs: 1000 });
    const arn = await createAppInstance(fixture);
    const [adminArn, flowArn] = [await createAdmin(fixture, arn), await createFlow(fixture, arn)];
    const channelArn = await createChannel(fixture, arn, adminArn);
    const association = { ChannelArn: channelArn, ChannelFlowArn: flowArn, ChimeBearer: adminArn };
    const count = async () =>
      (await fixture.messaging.listChannelsAssociatedWithChannelFlow({ ChannelFlowArn: flowArn })).Channels!.length;
    await fixture.messaging.associateChannelFlow(association);
    expect(await count()).toBe(0);
    fixture.advance(1000);
    expect(await count()).toBe(1);
    await fixture.messaging.disassociateChannelFlow(association);
    expect(await count()).toBe(1);
    fixture.advance(1000);
    expect(await count()).toBe(0);
  });
});
