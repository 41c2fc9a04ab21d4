import { IResource, ITaggableV2, Names, RemovalPolicy, Resource, TagManager, TagType, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IAppInstance } from './app-instance';
import { IBearer } from './bearer';
import {
  APP_INSTANCE_USER_ATTRIBUTES, APP_INSTANCE_USER_RESOURCE_TYPE, AppInstanceUserProperties,
} from './handlers/app-instance-user/properties';
import { ArnKind, environmentOf, requireArn } from './private/arn';
import { customResource } from './private/provider';
import {
  checkId, checkMetadata, checkRegion, checkSameEnvironment, checkTags, checkUserName, validateAtSynthesis,
} from './private/validation';

/** The owner tag, and the one that says who promoted the user to admin. */
const TAGS_OF_THE_LIBRARY = 2;

/**
 * An Amazon Chime SDK app instance user.
 */
export interface IAppInstanceUser extends IResource, IBearer {
  /**
   * ARN of the app instance user.
   *
   * @attribute
   */
  readonly appInstanceUserArn: string;
}

/**
 * Properties of an `AppInstanceUser`.
 */
export interface AppInstanceUserProps {
  /**
   * The app instance that the user belongs to.
   */
  readonly appInstance: IAppInstance;

  /**
   * Id of the user in the app instance: 1 to 64 letters, digits or `:-_.@`, with a letter or digit at both ends. A new
   * id replaces the user.
   *
   * @default - an id derived from the construct's path
   */
  readonly appInstanceUserId?: string;

  /**
   * Name of the user, 1 to 100 characters.
   *
   * @default - the id of the user
   */
  readonly appInstanceUserName?: string;

  /**
   * Metadata of the user, up to 1024 characters.
   *
   * @default - no metadata
   */
  readonly metadata?: string;

  /**
   * Tags of the user, in addition to those that the CDK's `Tags` applies. At most 48 in all: the service allows 50, two
   * of which are the library's.
   *
   * @default - only the tags that the CDK's `Tags` applies
   */
  readonly tags?: { [key: string]: string };

  /**
   * What happens to the user when it is removed from the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

abstract class AppInstanceUserBase extends Resource implements IAppInstanceUser {
  public abstract readonly appInstanceUserArn: string;

  public get bearerArn(): string {
    return this.appInstanceUserArn;
  }
}

/**
 * A user of an Amazon Chime SDK app instance.
 *
 * @see https://docs.aws.amazon.com/chime-sdk/latest/dg/create-app-instance.html
 * @resource AWS::CloudFormation::CustomResource
 */
export class AppInstanceUser extends AppInstanceUserBase implements ITaggableV2 {
  /**
   * Refers to an app instance user that exists already.
   *
   * @param scope where the import is defined
   * @param id id of the import in its scope
   * @param appInstanceUserArn ARN of the user; fails when it is malformed
   */
  public static fromAppInstanceUserArn(scope: Construct, id: string, appInstanceUserArn: string): IAppInstanceUser {
    const arn = requireArn('appInstanceUserArn', appInstanceUserArn, ArnKind.USER);
    class Import extends AppInstanceUserBase {
      public readonly appInstanceUserArn = arn;
    }
    return new Import(scope, id, environmentOf(arn));
  }

  public readonly appInstanceUserArn: string;

  /**
   * Id of the user in the app instance.
   */
  public readonly appInstanceUserId: string;

  /**
   * Name of the user.
   */
  public readonly appInstanceUserName: string;

  /**
   * Tags of the user; the CDK's `Tags` reaches them.
   */
  public readonly cdkTagManager: TagManager;

  constructor(scope: Construct, id: string, props: AppInstanceUserProps) {
    super(scope, id);
    this.cdkTagManager = new TagManager(TagType.KEY_VALUE, APP_INSTANCE_USER_RESOURCE_TYPE, props.tags);
    this.appInstanceUserId = props.appInstanceUserId
      ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    this.appInstanceUserName = props.appInstanceUserName ?? this.appInstanceUserId;

    const resource = customResource<AppInstanceUserProperties>(this, APP_INSTANCE_USER_RESOURCE_TYPE, {
      AppInstanceArn: props.appInstance.appInstanceArn,
      AppInstanceUserId: this.appInstanceUserId,
      Name: this.appInstanceUserName,
      Metadata: props.metadata,
      Tags: this.cdkTagManager.renderedTags,
    }, props.removalPolicy ?? RemovalPolicy.DESTROY);
    this.appInstanceUserArn = Token.asString(resource.getAtt(APP_INSTANCE_USER_ATTRIBUTES.ARN));

    validateAtSynthesis(this, () => [
      ...checkRegion(this),
      ...checkSameEnvironment(this, 'app instance', props.appInstance.env),
      ...checkId('appInstanceUserId', this.appInstanceUserId),
      ...checkUserName('appInstanceUserName', this.appInstanceUserName),
      ...checkMetadata(props.metadata),
      ...checkTags(this.cdkTagManager.renderTags(), TAGS_OF_THE_LIBRARY),
    ]);
  }
}
