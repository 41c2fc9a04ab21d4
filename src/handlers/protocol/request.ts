import type { LifecycleEvent } from './lifecycle';
import { kindOf } from '../../lambda-environment/value-kind';

/** An event that is not a custom resource request. */
export class Malformed extends Error {
  public readonly name = 'Malformed';
}

type Shape = Partial<Record<keyof LifecycleEvent<unknown>, unknown>>;

const REQUEST_TYPES = ['Create', 'Update', 'Delete'];

/** The lifecycle's part of what CloudFormation sent; throws `Malformed` for what CloudFormation never sends. */
export function parseRequest(event: unknown): LifecycleEvent<never> {
  if (!isObject(event)) throw new Malformed('the event is not an object: this function serves CloudFormation only');
  const {
    RequestType, RequestId, StackId, LogicalResourceId, PhysicalResourceId, ResourceProperties, OldResourceProperties,
  } = event as Shape;
  const problems: string[] = [];
  if (!REQUEST_TYPES.includes(RequestType as string)) {
    problems.push(`RequestType is ${kindOf(RequestType)}, not ${REQUEST_TYPES.join(', ')}`);
  }
  for (const [name, value] of Object.entries({ RequestId, StackId, LogicalResourceId })) {
    if (typeof value !== 'string' || value === '') problems.push(`${name} is ${kindOf(value)}, not a string`);
  }
  if (RequestType !== 'Create' && (typeof PhysicalResourceId !== 'string' || PhysicalResourceId === '')) {
    problems.push(`PhysicalResourceId is ${kindOf(PhysicalResourceId)}, not a string`);
  }
  if (!isObject(ResourceProperties)) {
    problems.push(`ResourceProperties is ${kindOf(ResourceProperties)}, not an object`);
  }
  if (OldResourceProperties !== undefined && !isObject(OldResourceProperties)) {
    problems.push(`OldResourceProperties is ${kindOf(OldResourceProperties)}, not an object`);
  }
  if (problems.length > 0) {
    throw new Malformed(
      `the event is not a custom resource request: ${problems.join('; ')} — `
        + 'invoke this function by CloudFormation only',
    );
  }
  return {
    RequestType,
    RequestId,
    StackId,
    LogicalResourceId,
    PhysicalResourceId,
    ResourceProperties: ownProperties(ResourceProperties),
    ...OldResourceProperties !== undefined && { OldResourceProperties: ownProperties(OldResourceProperties) },
  } as LifecycleEvent<never>;
}

/** Less what is between CloudFormation and the protocol. */
function ownProperties(properties: unknown) {
  const { ServiceToken, ServiceTimeout, ...own } = properties as Record<string, unknown>;
  return own;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
