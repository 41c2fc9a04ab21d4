import * as identity from './identity-operations';
import * as messaging from './messaging-operations';

export type Service = 'messaging' | 'identity';

type OperationOf<SchemaName> = SchemaName extends `${infer Operation}$` ? Operation : never;
export type OperationName = OperationOf<keyof typeof messaging | keyof typeof identity>;

/**
 * The operations of both services, as the SDK's schemas define them; a test compares the lists with what the clients
 * export. Named one by one, so that a bundler leaves the clients themselves out.
 */
export const SERVICES = { messaging: Object.values(messaging), identity: Object.values(identity) };
