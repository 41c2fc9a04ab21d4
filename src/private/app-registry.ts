import { CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Dependable, IConstruct, IDependable } from 'constructs';
import { settingsOf } from './function-revision';

/**
 * What the constructs of one app must know of each other, though no property links them: the admins of an app instance,
 * the flows of an app instance, the associations of a channel, the functions of a flow, the processors of a stack's
 * flows.
 */
export class AppRegistry {
  public static of(scope: IConstruct): AppRegistry {
    const root = scope.node.root;
    let registry = AppRegistry.registries.get(root);
    if (!registry) {
      registry = new AppRegistry();
      AppRegistry.registries.set(root, registry);
    }
    return registry;
  }

  private static readonly registries = new WeakMap<IConstruct, AppRegistry>();

  private readonly admins = new Map<string, IConstruct[]>();
  private readonly flows = new Map<string, IConstruct[]>();
  private readonly associations = new Map<string, IConstruct[]>();
  private readonly functions = new Map<string, lambda.IFunction[]>();
  private readonly processors = new Map<Stack, Set<iam.IPrincipal>>();

  private constructor() {}

  public addAdmin(appInstanceArn: string, admin: IConstruct): void {
    append(this.admins, identityOf(appInstanceArn), admin);
  }

  /** Admins of the app instance, whichever object stands for it, in all stacks of the app. */
  public adminsOf(appInstanceArn: string): readonly IConstruct[] {
    return this.admins.get(identityOf(appInstanceArn)) ?? [];
  }

  public addFlow(appInstanceArn: string, channelFlow: IConstruct): void {
    append(this.flows, identityOf(appInstanceArn), channelFlow);
  }

  /** Channel flows that the app makes for the app instance, whichever object stands for it. */
  public flowsOf(appInstanceArn: string): readonly IConstruct[] {
    return this.flows.get(identityOf(appInstanceArn)) ?? [];
  }

  public addAssociation(channelArn: string, association: IConstruct): void {
    append(this.associations, identityOf(channelArn), association);
  }

  public associationsOf(channelArn: string): readonly IConstruct[] {
    return this.associations.get(identityOf(channelArn)) ?? [];
  }

  public addFunction(channelFlowArn: string, processor: lambda.IFunction): void {
    append(this.functions, identityOf(channelFlowArn), processor);
  }

  /** The functions that process the messages of a flow, if the app makes the flow. */
  public functionsOf(channelFlowArn: string): readonly lambda.IFunction[] {
    return this.functions.get(identityOf(channelFlowArn)) ?? [];
  }

  /** Notes that a flow of this stack refers to a function that acts as this principal. */
  public addProcessor(stack: Stack, principal: iam.IPrincipal): void {
    const principals = this.processors.get(stack) ?? new Set();
    this.processors.set(stack, principals.add(principal));
  }

  public isProcessor(stack: Stack, principal: iam.IPrincipal): boolean {
    return this.processors.get(stack)?.has(principal) ?? false;
  }
}

/**
 * Orders a resource after all admins of its app instance, also after those that are made later in the app. Without it a
 * destroy removes the admin beside the resource that still needs it as a bearer. Only admins of the same stack: between
 * stacks a dependency could close a circle that the user can't open, and there an explicit bearer carries the order.
 */
export function dependOnAdmins(resource: CfnResource, appInstanceArn: string): void {
  dependLate(resource, () => AppRegistry.of(resource).adminsOf(appInstanceArn));
}

/** Orders a resource after the association of a channel, also one that is made later in the app. */
export function dependOnAssociations(resource: CfnResource, channelArn: string): void {
  dependLate(resource, () => AppRegistry.of(resource).associationsOf(channelArn));
}

/**
 * Orders a resource after new code and permissions of a flow's functions, which reach CloudFormation as no change of
 * the flow.
 */
export function dependOnFunctions(resource: CfnResource, channelFlowArn: string): void {
  dependLate(resource, () => {
    const functions = AppRegistry.of(resource).functionsOf(channelFlowArn);
    return [...functions, ...settingsOf(resource, functions)];
  });
}

function dependLate(resource: CfnResource, dependencies: () => readonly IConstruct[]): void {
  const late: IDependable = {};
  Dependable.implement(late, {
    get dependencyRoots() {
      return dependencies().filter(dependency => Stack.of(dependency) === Stack.of(resource));
    },
  });
  resource.node.addDependency(late);
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  map.set(key, [...map.get(key) ?? [], value]);
}

/** The ARN itself, or the attribute behind the token: equal for all objects that stand for one thing. */
function identityOf(arn: string): string {
  if (Token.isUnresolved(arn)) {
    const [token] = Tokenization.reverseString(arn).tokens;
    if (Tokenization.reverseString(arn).length === 1 && Reference.isReference(token)) {
      return `${token.target.node.path}.${token.displayName}`;
    }
  }
  return arn;
}
