import { appendFile } from 'node:fs/promises';
import { unsignedAuthorization } from './unsigned-authorization';

interface LogGroups { readonly logGroups: { readonly logGroupName: string }[] }
interface LogEvents { readonly events: { readonly timestamp: number; readonly message: string }[] }

/** Appends what all Lambda functions of the local AWS have logged to a file; it would be gone with ministack. */
export async function saveFunctionLogs(awsEndpoint: string, file: string): Promise<void> {
  const { logGroups } = await logs<LogGroups>(awsEndpoint, 'DescribeLogGroups', {});
  const texts = await Promise.all(logGroups.map(async ({ logGroupName }) => {
    const { events } = await logs<LogEvents>(awsEndpoint, 'FilterLogEvents', { logGroupName, limit: 10_000 });
    return [
      `== ${logGroupName}`,
      ...events.map(({ timestamp, message }) => `${new Date(timestamp).toISOString()} ${message.trimEnd()}`), '',
    ];
  }));
  await appendFile(file, texts.flat().join('\n'));
}

/** Two operations do not warrant a client of their own. */
async function logs<Answer>(awsEndpoint: string, operation: string, input: object): Promise<Answer> {
  const response = await fetch(awsEndpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `Logs_20140328.${operation}`,
      'Authorization': unsignedAuthorization('logs'),
    },
    body: JSON.stringify(input),
  });
  if (!response.ok) {
    throw new Error(`${operation} was answered with status ${response.status}: ${await response.text()}`);
  }
  return await response.json() as Answer;
}
