import { randomUUID } from 'node:crypto';
import type { LifecycleEvent } from '../../src/handlers/protocol/lifecycle';

export const STACK_ID = 'arn:aws:cloudformation:us-east-1:123456789012:stack/chat/6f2d5e70-0000-11ee-9d2c-0a1b2c3d4e5f';

type Overrides = Partial<Pick<LifecycleEvent<unknown>, 'RequestId' | 'StackId' | 'LogicalResourceId'>>;

export function createEvent<Properties>(properties: Properties, overrides?: Overrides): LifecycleEvent<Properties> {
  return { RequestType: 'Create', ...frame(overrides), ResourceProperties: properties };
}

export function updateEvent<Properties>(
  physicalId: string,
  properties: Properties,
  oldProperties: Properties,
  overrides?: Overrides,
): LifecycleEvent<Properties> {
  return {
    RequestType: 'Update',
    ...frame(overrides),
    PhysicalResourceId: physicalId,
    ResourceProperties: properties,
    OldResourceProperties: oldProperties,
  };
}

export function deleteEvent<Properties>(
  physicalId: string, properties: Properties, overrides?: Overrides,
): LifecycleEvent<Properties> {
  return { RequestType: 'Delete', ...frame(overrides), PhysicalResourceId: physicalId, ResourceProperties: properties };
}

/** The id that CloudFormation invents when it never learnt one. */
export function inventedId(logicalId = 'Resource'): string {
  return `chat-${logicalId}-1X2Y3Z4A5B6C7`;
}

function frame(overrides: Overrides = {}) {
  return { RequestId: randomUUID(), StackId: STACK_ID, LogicalResourceId: 'Resource', ...overrides };
}
