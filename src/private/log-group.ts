import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { destroy } from './retention';

/** Keeps logs for a month, and leaves with the stack. */
export function monthlyLogGroup(scope: Construct, id: string): logs.LogGroup {
  const logGroup = new logs.LogGroup(scope, id, { retention: logs.RetentionDays.ONE_MONTH });
  destroy(logGroup);
  return logGroup;
}
