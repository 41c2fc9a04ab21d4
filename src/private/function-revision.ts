import { createHash } from 'crypto';
import { CfnElement, CfnParameter, CfnResource, Fn, Stack, Stage, TagManager } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { pathFrom, resolveReferences } from './references';

/** What a resource is in its template: the members that CloudFormation reads. */
interface Fragment {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, any>>;
}

const FUNCTIONS: readonly string[] = [lambda.CfnFunction, lambda.CfnVersion, lambda.CfnAlias].map(
  type => type.CFN_RESOURCE_TYPE_NAME,
);
const POLICIES: readonly string[] = [iam.CfnPolicy, iam.CfnManagedPolicy, iam.CfnRolePolicy].map(
  type => type.CFN_RESOURCE_TYPE_NAME,
);

/** What happens to a resource that is removed, and notes of the CDK, do not change what it does. */
const NO_PART_OF_IT = ['DeletionPolicy', 'UpdateReplacePolicy', 'Metadata'];

/**
 * A text that changes when CloudFormation sees a change of the functions, of what they depend on, of their roles'
 * policies or of the settings of their asynchronous invocation, in whichever stack of the app; and with nothing else.
 * Resources are compared as they are in the templates, so code counts by the hash of its asset. To be read at
 * synthesis.
 */
export function revisionOf(home: CfnResource, functions: readonly lambda.IFunction[], further?: string): string {
  const templates = new Templates(home);
  const dependencies = templates.dependenciesOf(functions);
  const seen = Object.fromEntries([...dependencies, ...templates.settingsOf(functions, dependencies)]
    .map(element => [templates.keyOf(element), templates.fragmentOf(element)]));
  const revision = createHash('sha256')
    .update(JSON.stringify(inOrder([functions.map(fn => templates.render(fn, fn.functionArn)), seen, further])))
    .digest('hex')
    .slice(0, 32);
  // Their values are known at deployment only. What must not be shown is left out, and what would refer to another
  // stack.
  const parameters = dependencies.filter(
    element => element instanceof CfnParameter && !element.noEcho && element.stack === home.stack,
  );
  return Fn.join('-', [revision, ...(parameters as CfnParameter[]).map(valueOf)]);
}

/**
 * What belongs to the functions without being a part of them or referred to by them: policies of their roles, for
 * example.
 */
export function settingsOf(home: CfnResource, functions: readonly lambda.IFunction[]): CfnResource[] {
  const templates = new Templates(home);
  return templates.settingsOf(functions, templates.dependenciesOf(functions));
}

/** The resources of a stage as they will be in the templates of its stacks. */
class Templates {
  private readonly elements = new Map<string, CfnElement>();
  private readonly fragments = new Map<CfnElement, Fragment>();

  /** @param home whose stack needs no name in the keys */
  constructor(private readonly home: CfnResource) {
    const stage = Stage.of(home);
    for (const element of (stage ?? home.node.root).node.findAll()) {
      if (CfnElement.isCfnElement(element) && element !== home && Stage.of(element) === stage) {
        this.elements.set(this.keyOf(element), element);
      }
    }
  }

  /** The logical id, and what tells the stack from that of home. */
  public keyOf({ stack, logicalId }: CfnElement): string {
    return this.keyIn(stack, stack.resolve(logicalId));
  }

  /** A value with keys in the place of logical ids. */
  public render(scope: IConstruct, value: unknown): unknown {
    return resolveReferences(scope, value, ({ target, displayName }) => {
      if (!CfnElement.isCfnElement(target)) return { Ref: displayName };
      return displayName === 'Ref' ? { Ref: this.keyOf(target) } : { 'Fn::GetAtt': [this.keyOf(target), displayName] };
    });
  }

  public fragmentOf(element: CfnElement): Fragment {
    const fragment = this.fragments.get(element) ?? this.newFragmentOf(element);
    this.fragments.set(element, fragment);
    return fragment;
  }

  /** The functions and all that they refer to, directly and through others. */
  public dependenciesOf(functions: readonly lambda.IFunction[]): CfnElement[] {
    const found = new Set<CfnElement>();
    const visit = (scope: IConstruct, value: unknown) => {
      for (const id of referencesIn(value)) {
        const element = this.elements.get(id.startsWith('/') ? id : this.keyIn(Stack.of(scope), id));
        if (element && !found.has(element)) {
          found.add(element);
          visit(element, this.fragmentOf(element));
        }
      }
    };
    functions.forEach(fn => visit(fn, this.render(fn, [fn.functionArn, fn.role?.roleName])));
    return [...found];
  }

  /** Policies of the roles of these functions, and how they are invoked asynchronously. */
  public settingsOf(functions: readonly lambda.IFunction[], dependencies: readonly CfnElement[]): CfnResource[] {
    const roles = [
      ...functions.map(fn => fn.role && this.render(fn, fn.role.roleName)),
      ...dependencies.map(element => this.fragmentOf(element))
        .filter(({ Type }) => Type === lambda.CfnFunction.CFN_RESOURCE_TYPE_NAME)
        .map(({ Properties }) => ({ Ref: Properties?.Role?.['Fn::GetAtt']?.[0] })),
    ];
    return [...this.elements.values()].filter(CfnResource.isCfnResource).filter(resource => {
      if (POLICIES.includes(resource.cfnResourceType)) {
        const { Roles = [], RoleName } = this.fragmentOf(resource).Properties ?? {};
        return [...[Roles].flat(), RoleName].some(role => role && roles.some(other => equal(role, other)));
      }
      return resource.cfnResourceType === lambda.CfnEventInvokeConfig.CFN_RESOURCE_TYPE_NAME
        && functions.some(fn => this.isInvocationOf(fn, this.fragmentOf(resource)));
    });
  }

  /** Whether these settings of asynchronous invocation are those of the function, version or alias. */
  private isInvocationOf(fn: lambda.IFunction, { Properties: { FunctionName, Qualifier } = {} }: Fragment): boolean {
    const [id] = referencesIn(this.render(fn, fn.functionArn));
    const element = this.elements.get(id);
    const { Type, Properties } = element ? this.fragmentOf(element) : {} as Fragment;
    if (Type === lambda.CfnVersion.CFN_RESOURCE_TYPE_NAME || Type === lambda.CfnAlias.CFN_RESOURCE_TYPE_NAME) {
      return equal(FunctionName, Properties?.FunctionName)
        && (equal(Qualifier, Properties?.Name) || referencesIn(Qualifier).includes(id));
    }
    const name = Qualifier === '$LATEST' ? FunctionName : `${FunctionName}:${Qualifier}`;
    return [fn.functionName, fn.functionArn].some(other => equal(name, this.render(fn, other)));
  }

  private newFragmentOf(element: CfnElement): Fragment {
    const [section = {}] = Object.values(
      this.render(element, element._toCloudFormation()) as Record<string, Record<string, any>>,
    );
    const [{ DependsOn, Properties, ...rest } = {} as any] = Object.values(section);
    const tags = (TagManager.of(element)?.tagPropertyName ?? 'Tags').replace(/^./, first => first.toUpperCase());
    return {
      ...without(rest, NO_PART_OF_IT),
      ...DependsOn && { DependsOn: [DependsOn].flat().sort() },
      // Those of a function can be seen in it; others are about costs and owners.
      ...Properties && { Properties: FUNCTIONS.includes(rest.Type) ? Properties : without(Properties, [tags]) },
    };
  }

  private keyIn(stack: Stack, logicalId: string): string {
    return `${pathFrom(this.home, stack).join('/')}/${logicalId}`;
  }
}

/**
 * Keys and logical ids of what a rendered value refers to. A custom resource does not depend on how its provider works.
 */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return Object.entries(value).filter(([name]) => name !== 'ServiceToken').flatMap(([name, member]) => [
    ...idsIn(name, member), ...referencesIn(member),
  ]);
}

function idsIn(name: string, value: any): string[] {
  const [first] = [value].flat();
  if (name === 'DependsOn') return value;
  if (typeof first !== 'string') return [];
  switch (name) {
    case 'Ref': case 'Condition': case 'Fn::If': case 'Fn::FindInMap': return [first];
    case 'Fn::GetAtt': return Array.isArray(value) ? [first] : first.split('.').slice(0, 1);
    case 'Fn::Sub': return [...first.matchAll(/\$\{([^!.}]+)/g)].map(([, id]) => id);
    default: return [];
  }
}

function valueOf(parameter: CfnParameter): string {
  return /^(AWS::SSM::Parameter::Value<)?(List<|CommaDelimitedList)/.test(parameter.type)
    ? Fn.join(',', parameter.valueAsList)
    : parameter.value.toString();
}

function without(members: Record<string, any>, names: readonly string[]): Record<string, any> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

function equal(one: unknown, other: unknown): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

/** Members by their names, so that their order makes no difference. */
function inOrder(value: any): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  return Object.fromEntries(Object.keys(value).sort().map(name => [name, inOrder(value[name])]));
}
