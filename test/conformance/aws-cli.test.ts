import { runPython } from './python-environment';
import { Emulator, startEmulator } from '../../local/emulator';

let emulator: Emulator;
beforeAll(async () => { emulator = await startEmulator(); });
afterAll(() => emulator.close());

type Service = 'chime-sdk-messaging' | 'chime-sdk-identity';

async function aws(service: Service, operation: string, options: Record<string, string>): Promise<any> {
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const { exitCode, stdout, stderr } = await runPython(
    'aws', [service, operation, ...args, '--output', 'json'], emulator,
  );
  if (exitCode !== 0) throw new Error(stderr.trim());
  return stdout && JSON.parse(stdout);
}

const PROCESSORS = JSON.stringify([{
  Name: 'moderate',
  ExecutionOrder: 1,
  FallbackAction: 'ABORT',
  Configuration: {
    Lambda: { ResourceArn: 'arn:aws:lambda:us-east-1:000000000000:function:f', InvocationType: 'ASYNC' },
  },
}]);

test('the AWS CLI takes a channel flow through its life', async () => {
  const { AppInstanceArn } = await aws('chime-sdk-identity', 'create-app-instance', { name: 'support' });
  const { AppInstanceUserArn } = await aws('chime-sdk-identity', 'create-app-instance-user', {
    'app-instance-arn': AppInstanceArn, 'app-instance-user-id': 'admin', 'name': 'Admin',
  });
  await aws('chime-sdk-identity', 'create-app-instance-admin', {
    'app-instance-arn': AppInstanceArn, 'app-instance-admin-arn': AppInstanceUserArn,
  });
  const { ChannelFlowArn } = await aws('chime-sdk-messaging', 'create-channel-flow', {
    'app-instance-arn': AppInstanceArn, 'name': 'moderation', 'processors': PROCESSORS, 'tags': 'Key=team,Value=care',
  });
  const { ChannelArn } = await aws('chime-sdk-messaging', 'create-channel', {
    'app-instance-arn': AppInstanceArn, 'name': 'lobby', 'chime-bearer': AppInstanceUserArn,
  });
  const association = {
    'channel-arn': ChannelArn, 'channel-flow-arn': ChannelFlowArn, 'chime-bearer': AppInstanceUserArn,
  };
  await aws('chime-sdk-messaging', 'associate-channel-flow', association);

  const { Channels } = await aws(
    'chime-sdk-messaging', 'list-channels-associated-with-channel-flow', { 'channel-flow-arn': ChannelFlowArn },
  );
  expect(Channels).toEqual([{ ChannelArn, Name: 'lobby', Mode: 'UNRESTRICTED', Privacy: 'PUBLIC' }]);
  const { ChannelFlow } = await aws(
    'chime-sdk-messaging', 'describe-channel-flow', { 'channel-flow-arn': ChannelFlowArn },
  );
  expect(ChannelFlow).toMatchObject({ Name: 'moderation', Processors: JSON.parse(PROCESSORS) });
  expect(await aws('chime-sdk-messaging', 'list-tags-for-resource', { 'resource-arn': ChannelFlowArn })).toEqual({
    Tags: [{ Key: 'team', Value: 'care' }],
  });

  await expect(
    aws('chime-sdk-messaging', 'delete-channel-flow', { 'channel-flow-arn': ChannelFlowArn }),
  ).rejects.toThrow(
    'An error occurred (ConflictException) when calling the DeleteChannelFlow operation: '
    + `channel flow ${ChannelFlowArn} is associated with channels: disassociate them first`);
  await aws('chime-sdk-messaging', 'disassociate-channel-flow', association);
  await aws('chime-sdk-messaging', 'delete-channel-flow', { 'channel-flow-arn': ChannelFlowArn });
  expect(emulator.state()).toMatchObject({ channelFlows: [], associations: [] });
}, 120_000);
