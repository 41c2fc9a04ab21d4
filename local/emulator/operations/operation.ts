import type * as identity from '@aws-sdk/client-chime-sdk-identity';
import type * as messaging from '@aws-sdk/client-chime-sdk-messaging';
import { Call } from './access/call';
import { OperationName } from '../protocol/services';

type Sdk = typeof messaging & typeof identity;
type CommandOf<Name extends OperationName> = InstanceType<Sdk[`${Name}Command`]>;

/** The input of an operation, as the SDK types it. */
export type Input<Name extends OperationName> = CommandOf<Name>['input'];

/** Its output, less what the SDK adds of the transport; nothing for an operation without one. */
type Output<Name extends OperationName> =
  ReturnType<CommandOf<Name>['resolveMiddleware']> extends (...args: any) => Promise<{ output: infer O }>
    ? Omit<O, '$metadata'>
    : never;

/**
 * One operation of the API. The input has passed the schema and the constraints already.
 *
 * @typeParam Name the operation
 * @typeParam Found what the check found
 */
export interface Operation<Name extends OperationName, Found = void> {
  /** Finds what the call is about, and throws if the call is to be refused. Changes nothing. */
  check(call: Call<Input<Name>>): Found;
  /** Does it, and returns the output. */
  act(call: Call<Input<Name>>, found: Found): {} extends Output<Name> ? Output<Name> | void : Output<Name>;
}

/** Operations of any kind, by name. */
export type Operations = Readonly<Partial<Record<OperationName, AnyOperation>>>;

export interface AnyOperation {
  check(call: Call<any>): unknown;
  act(call: Call<any>, found: any): any;
}
