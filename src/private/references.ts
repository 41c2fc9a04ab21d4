import {
  CfnElement, DefaultTokenResolver, IFragmentConcatenator, IPostProcessor, IResolvable, IResolveContext, Reference,
  Stack, Stage, Tokenization,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * The value with its tokens resolved, and each reference as `render` has it. Unlike the resolution for a template this
 * makes no reference between stacks, and gives the same before and after the stacks are prepared for synthesis.
 */
export function resolveReferences(
  scope: IConstruct, value: unknown, render: (reference: Reference) => unknown,
): unknown {
  return Tokenization.resolve(value, { scope, resolver: new ReferenceResolver(render), preparing: false });
}

/**
 * A text that is equal, in the scope's stack, for all objects that stand for one thing, and in each synthesis: the ARN
 * itself, or the path and attribute behind the token.
 */
export function identityOf(scope: IConstruct, arn: string): string {
  const resolved = resolveReferences(scope, arn, ({ target, displayName }) => ({
    // What CloudFormation knows of the stack itself, such as its region, is the same wherever it is asked for.
    [displayName]: pathFrom(scope, CfnElement.isCfnElement(target) ? target : Stack.of(target)),
  }));
  return typeof resolved === 'string' ? resolved : JSON.stringify(resolved);
}

/**
 * Ids from the construct's stack down to it, if that is the stack of the scope too; otherwise from below the stage.
 * Without the path above that, so that the stages of an app get like templates.
 */
export function pathFrom(scope: IConstruct, construct: IConstruct): string[] {
  const stack = Stack.of(construct);
  const ids = (above: IConstruct | undefined) =>
    construct.node.scopes.slice(above?.node.scopes.length ?? 0).map(({ node }) => node.id);
  // The empty id tells a stack from a construct of that id.
  return stack === Stack.of(scope) ? ids(stack) : ['', ...ids(Stage.of(stack))];
}

class ReferenceResolver extends DefaultTokenResolver {
  constructor(private readonly render: (reference: Reference) => unknown) {
    super(new Concatenation());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    return Reference.isReference(token) ? this.render(token) : super.resolveToken(token, context, postProcessor);
  }
}

/** As CloudFormation writes it, so that the checks of properties take it for what is known at deployment. */
class Concatenation implements IFragmentConcatenator {
  public join(left: any, right: any): any {
    return typeof left === 'string' && typeof right === 'string' ? left + right : { 'Fn::Join': ['', [left, right]] };
  }
}
