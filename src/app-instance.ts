import {
  CfnResource, IResource, ITaggableV2, Names, RemovalPolicy, Resource, TagManager, TagType, Token,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AppInstanceGrants } from './app-instance-grants';
import {
  APP_INSTANCE_ATTRIBUTES, APP_INSTANCE_RESOURCE_TYPE, AppInstanceProperties,
} from './handlers/app-instance/properties';
import { ArnKind, environmentOf, requireArn } from './private/arn';
import { customResource } from './private/provider';
import { checkMetadata, checkName, checkRegion, checkTags, validateAtSynthesis } from './private/validation';

/**
 * An Amazon Chime SDK app instance: the container of the users, channels and channel flows of one application.
 */
export interface IAppInstance extends IResource {
  /**
   * ARN of the app instance.
   *
   * @attribute
   */
  readonly appInstanceArn: string;

  /**
   * Grants of permissions on the app instance and what is in it.
   */
  readonly grants: AppInstanceGrants;
}

/**
 * Properties of a `TaggedAppInstance`.
 */
export interface TaggedAppInstanceProps {
  /**
   * Name of the app instance, 1 to 256 characters.
   *
   * @default - a name derived from the construct's path
   */
  readonly appInstanceName?: string;

  /**
   * Metadata of the app instance, up to 1024 characters.
   *
   * @default - no metadata
   */
  readonly metadata?: string;

  /**
   * Tags of the app instance, in addition to those that the CDK's `Tags` applies. At most 49 in all: the service allows
   * 50, one of which says to the library whose the app instance is.
   *
   * @default - only the tags that the CDK's `Tags` applies
   */
  readonly tags?: { [key: string]: string };

  /**
   * What happens to the app instance when it is removed from the stack. Deleting an app instance deletes all its users,
   * channels and messages, for good.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

abstract class AppInstanceBase extends Resource implements IAppInstance {
  public abstract readonly appInstanceArn: string;
  public readonly grants = AppInstanceGrants.fromAppInstance(this);
}

/**
 * An Amazon Chime SDK app instance, created with its tags.
 *
 * Changes of name, metadata and tags are made in place; tags that others put on the app instance are left alone.
 *
 * @see https://docs.aws.amazon.com/chime-sdk/latest/dg/create-app-instance.html
 * @resource AWS::CloudFormation::CustomResource
 */
export class TaggedAppInstance extends AppInstanceBase implements ITaggableV2 {
  /**
   * Refers to an app instance that exists already. Its tags can be managed by `AppInstanceTags`.
   *
   * @param scope where the import is defined
   * @param id id of the import in its scope
   * @param appInstanceArn ARN of the app instance; fails when it is malformed
   */
  public static fromAppInstanceArn(scope: Construct, id: string, appInstanceArn: string): IAppInstance {
    const arn = requireArn('appInstanceArn', appInstanceArn, ArnKind.APP_INSTANCE);
    class Import extends AppInstanceBase {
      public readonly appInstanceArn = arn;
    }
    return new Import(scope, id, environmentOf(arn));
  }

  public readonly appInstanceArn: string;

  /**
   * Name of the app instance.
   */
  public readonly appInstanceName: string;

  /**
   * Tags of the app instance; the CDK's `Tags` reaches them.
   */
  public readonly cdkTagManager: TagManager;

  constructor(scope: Construct, id: string, props: TaggedAppInstanceProps = {}) {
    super(scope, id);
    this.cdkTagManager = new TagManager(TagType.KEY_VALUE, APP_INSTANCE_RESOURCE_TYPE, props.tags);
    this.appInstanceName = props.appInstanceName ?? Names.uniqueResourceName(this, { maxLength: 256, separator: '-' });

    const resource: CfnResource = customResource<AppInstanceProperties>(this, APP_INSTANCE_RESOURCE_TYPE, {
      Name: this.appInstanceName,
      Metadata: props.metadata,
      Tags: this.cdkTagManager.renderedTags,
    }, props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.appInstanceArn = Token.asString(resource.getAtt(APP_INSTANCE_ATTRIBUTES.ARN));

    validateAtSynthesis(this, () => [
      ...checkRegion(this),
      ...checkName('appInstanceName', this.appInstanceName),
      ...checkMetadata(props.metadata),
      ...checkTags(this.cdkTagManager.renderTags(), 1),
    ]);
  }
}
