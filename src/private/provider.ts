import * as path from 'path';
import {
  CfnDeletionPolicy, CfnResource, Duration, IResolvable, RemovalPolicy, RemovalPolicyOptions, Stack,
} from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { monthlyLogGroup } from './log-group';
import { PROVIDERS, type ProviderDefinition } from './provider-definitions';
import { ReadableCode } from './readable-code';
import { destroy } from './retention';
import { checkRemovalPolicy, validateAtSynthesis } from './validation';

/** The bundled handlers, in one file; the path is the same from `src/private` and from `lib/private`. */
const BUNDLE = path.join(__dirname, '..', '..', 'lib', 'lambda');

/**
 * The id, in every stack, of what its providers and the permissions of its processors hang below. Part of their logical
 * ids.
 */
const PROVIDERS_ID = 'ChimeMessaging';

/**
 * Less computes longer and more waits dearer: cost times time of an event in a new function is the least here
 * (bench/README.md).
 */
const MEMORY_MB = 512;

/**
 * The longest that Lambda offers: it is used only while the service throttles, or a flow with many channels is drained.
 */
const TIMEOUT = Duration.minutes(15);

/** The properties of a custom resource as they are written in the template. */
export type TemplateProperties<Properties> = { readonly [Name in keyof Properties]: Properties[Name] | IResolvable };

/**
 * Makes the primary custom resource of a construct: the child `Resource`, served by the stack's provider for its type.
 *
 * @param removalPolicy none if it follows another resource
 */
export function customResource<Properties>(
  scope: Construct,
  type: string,
  properties: TemplateProperties<Properties>,
  removalPolicy?: RemovalPolicy,
): CfnResource {
  const resource = new ChimeMessagingResource(scope, 'Resource', {
    type,
    properties: { ServiceToken: Providers.of(scope).serviceTokenFor(type), ...properties },
  });
  if (removalPolicy) resource.applyRemovalPolicy(removalPolicy);
  validateAtSynthesis(scope, () => checkRemovalPolicy(resource));
  return resource;
}

/** What the constructs of the scope's stack share hangs below this one. */
export function sharedConstructs(scope: IConstruct): Construct {
  return Providers.of(scope);
}

class ChimeMessagingResource extends CfnResource {
  /**
   * Of a snapshot the CDK would complain or warn at once, and only with its feature flag; the validation says what to
   * do.
   */
  public applyRemovalPolicy(policy: RemovalPolicy | undefined, options: RemovalPolicyOptions = {}): void {
    if (policy !== RemovalPolicy.SNAPSHOT) return super.applyRemovalPolicy(policy, options);
    this.cfnOptions.deletionPolicy = CfnDeletionPolicy.SNAPSHOT;
    if (options.applyToUpdateReplacePolicy !== false) this.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.SNAPSHOT;
  }
}

/**
 * All providers of one stack: what they share, and one function and role for each resource type that the stack uses.
 * Beside them stands what flows share, see processor-permissions.ts.
 */
class Providers extends Construct {
  public static of(scope: IConstruct): Providers {
    const stack = Stack.of(scope);
    const existing = stack.node.tryFindChild(PROVIDERS_ID);
    if (existing !== undefined && !(existing instanceof Providers)) {
      throw new Error(
        `the construct id "${PROVIDERS_ID}" of stack "${stack.node.path}" is taken, got ${existing.constructor.name}: `
        + 'cdk-chime-messaging keeps its functions there; give the other construct another id, or install the library '
          + 'once',
      );
    }
    return existing ?? new Providers(stack, PROVIDERS_ID);
  }

  private readonly logGroup: logs.LogGroup;
  /** One object for all functions, so that a stack stages the bundle once. */
  private readonly code = new ReadableCode(BUNDLE);

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.logGroup = monthlyLogGroup(this, 'Logs');
  }

  public serviceTokenFor(type: string): string {
    const definition = PROVIDERS[type];
    const existing = this.node.tryFindChild(definition.id) as Provider | undefined;
    const provider = existing
      ?? new Provider(this, definition.id, { ...definition, code: this.code, logGroup: this.logGroup });
    return provider.serviceToken;
  }
}

interface ProviderProps extends ProviderDefinition {
  readonly code: lambda.Code;
  readonly logGroup: logs.ILogGroup;
}

/** The function that answers for one resource type in one stack. */
class Provider extends Construct {
  public readonly serviceToken: string;

  constructor(scope: Construct, id: string, props: ProviderProps) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: props.description,
      inlinePolicies: { Provider: this.policy(props) },
    });
    const handler = new lambda.Function(this, 'Handler', {
      description: props.description,
      code: props.code,
      handler: `index.${props.entry}`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: MEMORY_MB,
      timeout: TIMEOUT,
      logGroup: props.logGroup,
      role,
    });
    destroy(role, handler);
    this.serviceToken = handler.functionArn;
  }

  /**
   * Static and account-wide, never built from the resources in the template: a resource that leaves the template is
   * deleted after the role was updated, and a permission that left with it would be gone when the Delete runs.
   */
  private policy({ onAppInstances, onEverything, logGroup }: ProviderProps): iam.PolicyDocument {
    return new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          actions: onAppInstances.map(action => `chime:${action}`),
          resources: [Stack.of(this).formatArn({ service: 'chime', resource: 'app-instance', resourceName: '*' })],
        }),
        ...onEverything.length === 0 ? [] : [new iam.PolicyStatement({
          actions: onEverything.map(action => `chime:${action}`),
          resources: ['*'],
        })],
        new iam.PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
      ],
    });
  }
}
