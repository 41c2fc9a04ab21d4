import { RemovalPolicy, Resource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IAppInstance } from './app-instance';
import { APP_INSTANCE_TAGS_RESOURCE_TYPE, AppInstanceTagsProperties } from './handlers/app-instance-tags/properties';
import { customResource } from './private/provider';
import { checkRegion, checkSameEnvironment, checkTags, validateAtSynthesis } from './private/validation';

/**
 * Properties of `AppInstanceTags`.
 */
export interface AppInstanceTagsProps {
  /**
   * The app instance that gets the tags.
   */
  readonly appInstance: IAppInstance;

  /**
   * The tags: 1 to 49, keys of 1 to 128 characters, values of 1 to 256. Keys that others manage are not touched; a key
   * that is there already with another value makes the deployment fail.
   */
  readonly tags: { [key: string]: string };

  /**
   * What happens to the tags when they are removed from the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Tags of an app instance that exists already: adds, changes and removes its own keys and never another's.
 *
 * The CDK's `Tags` does not reach them, since the app instance may belong to somebody else. An app instance that the
 * app itself makes takes its tags as a property of `TaggedAppInstance`.
 *
 * @see https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_identity-chime_TagResource.html
 * @resource AWS::CloudFormation::CustomResource
 */
export class AppInstanceTags extends Resource {
  constructor(scope: Construct, id: string, props: AppInstanceTagsProps) {
    super(scope, id);
    const tags = Object.entries(props.tags).map(([Key, Value]) => ({ Key, Value }));

    customResource<AppInstanceTagsProperties>(this, APP_INSTANCE_TAGS_RESOURCE_TYPE, {
      AppInstanceArn: props.appInstance.appInstanceArn,
      Tags: tags,
    }, props.removalPolicy ?? RemovalPolicy.DESTROY);

    validateAtSynthesis(this, () => [
      ...checkRegion(this),
      ...checkSameEnvironment(this, 'app instance', props.appInstance.env),
      ...tags.length === 0 ? ['tags must be 1 to 49, got none: add one, or remove this construct'] : [],
      ...checkTags(tags, 1),
    ]);
  }
}
