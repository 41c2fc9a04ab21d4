import { unsignedAuthorization } from './unsigned-authorization';

/** The status of a stack, such as `UPDATE_ROLLBACK_COMPLETE`; cdk tells only the beginning of it. */
export async function stackStatus(awsEndpoint: string, stackName: string): Promise<string> {
  const response = await fetch(awsEndpoint, {
    method: 'POST',
    headers: { Authorization: unsignedAuthorization('cloudformation') },
    body: new URLSearchParams({ Action: 'DescribeStacks', Version: '2010-05-15', StackName: stackName }),
  });
  const text = await response.text();
  const [, status] = /<StackStatus>(\w+)</.exec(text) ?? [];
  if (status === undefined) {
    throw new Error(`DescribeStacks of ${stackName} was answered with status ${response.status}: ${text}`);
  }
  return status;
}
