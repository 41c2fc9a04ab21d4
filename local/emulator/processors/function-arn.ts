export interface FunctionArn {
  readonly region: string;
  readonly accountId: string;
  /** Without version or alias. */
  readonly name: string;
  /** The ARN without version or alias. */
  readonly unqualified: string;
}

/** Takes the ARN of a Lambda function apart; flows hold no others. */
export function parseFunctionArn(arn: string): FunctionArn {
  const [, , , region, accountId, , name] = arn.split(':');
  return { region, accountId, name, unqualified: arn.split(':').slice(0, 7).join(':') };
}
