import { IResource, ITaggableV2, Names, RemovalPolicy, Resource, TagManager, TagType, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IAppInstance } from './app-instance';
import { IBearer } from './bearer';
import { CHANNEL_ATTRIBUTES, CHANNEL_RESOURCE_TYPE, ChannelProperties } from './handlers/channel/properties';
import { dependOnAdmins } from './private/app-registry';
import { ArnKind, environmentOf, requireArn } from './private/arn';
import { customResource } from './private/provider';
import {
  checkId, checkInAppInstance, checkMetadata, checkName, checkRegion, checkSameEnvironment, checkTags,
  validateAtSynthesis,
} from './private/validation';

/** The owner tag, two claims while an association is renamed, and what they displaced. */
const TAGS_OF_THE_LIBRARY = 4;

/**
 * An Amazon Chime SDK channel: where the members of an app instance exchange messages.
 */
export interface IChannel extends IResource {
  /**
   * ARN of the channel.
   *
   * @attribute
   */
  readonly channelArn: string;
}

/**
 * Who may add members to a channel.
 */
export enum ChannelMode {
  /** Its members, moderators and the admins of the app instance. */
  UNRESTRICTED = 'UNRESTRICTED',
  /** Its moderators and the admins of the app instance. */
  RESTRICTED = 'RESTRICTED',
}

/**
 * Who may find and join a channel.
 */
export enum ChannelPrivacy {
  /** Anybody in the app instance. */
  PUBLIC = 'PUBLIC',
  /** Its members, and those whom they add. */
  PRIVATE = 'PRIVATE',
}

/**
 * Properties of a `Channel`.
 */
export interface ChannelProps {
  /**
   * The app instance that the channel belongs to.
   */
  readonly appInstance: IAppInstance;

  /**
   * The identity used to create, update and delete the channel: an admin, or a user, who becomes the channel's
   * moderator.
   */
  readonly bearer: IBearer;

  /**
   * Name of the channel, 1 to 256 characters.
   *
   * @default - a name derived from the construct's path
   */
  readonly channelName?: string;

  /**
   * Id of the channel in the app instance: 1 to 64 letters, digits or `:-_.@`, with a letter or digit at both ends. A
   * new id replaces the channel.
   *
   * @default - an id derived from the stack and the construct
   */
  readonly channelId?: string;

  /**
   * Who may add members.
   *
   * @default ChannelMode.UNRESTRICTED
   */
  readonly mode?: ChannelMode;

  /**
   * Who may find and join the channel. Another privacy replaces the channel.
   *
   * @default ChannelPrivacy.PUBLIC
   */
  readonly privacy?: ChannelPrivacy;

  /**
   * Metadata of the channel, up to 1024 characters.
   *
   * @default - no metadata
   */
  readonly metadata?: string;

  /**
   * Tags of the channel, in addition to those that the CDK's `Tags` applies. At most 46 in all: the service allows 50,
   * and the library needs up to four to keep associations with channel flows apart.
   *
   * @default - only the tags that the CDK's `Tags` applies
   */
  readonly tags?: { [key: string]: string };

  /**
   * What happens to the channel when it is removed from the stack. Deleting a channel permanently deletes its messages.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * An Amazon Chime SDK channel.
 *
 * @see https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_messaging-chime_CreateChannel.html
 * @resource AWS::CloudFormation::CustomResource
 */
export class Channel extends Resource implements IChannel, ITaggableV2 {
  /**
   * Refers to a channel that exists already.
   *
   * @param scope where the import is defined
   * @param id id of the import in its scope
   * @param channelArn ARN of the channel; fails when it is malformed
   */
  public static fromChannelArn(scope: Construct, id: string, channelArn: string): IChannel {
    const arn = requireArn('channelArn', channelArn, ArnKind.CHANNEL);
    class Import extends Resource implements IChannel {
      public readonly channelArn = arn;
    }
    return new Import(scope, id, environmentOf(arn));
  }

  public readonly channelArn: string;

  /**
   * Name of the channel.
   */
  public readonly channelName: string;

  /**
   * Tags of the channel; the CDK's `Tags` reaches them.
   */
  public readonly cdkTagManager: TagManager;

  constructor(scope: Construct, id: string, props: ChannelProps) {
    super(scope, id);
    this.cdkTagManager = new TagManager(TagType.KEY_VALUE, CHANNEL_RESOURCE_TYPE, props.tags);
    this.channelName = props.channelName ?? Names.uniqueResourceName(this, { maxLength: 256, separator: '-' });

    const resource = customResource<ChannelProperties>(this, CHANNEL_RESOURCE_TYPE, {
      AppInstanceArn: props.appInstance.appInstanceArn,
      Name: this.channelName,
      Bearer: props.bearer.bearerArn,
      ChannelId: props.channelId,
      Mode: props.mode,
      Privacy: props.privacy,
      Metadata: props.metadata,
      Tags: this.cdkTagManager.renderedTags,
    }, props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    dependOnAdmins(resource, props.appInstance.appInstanceArn);
    this.channelArn = Token.asString(resource.getAtt(CHANNEL_ATTRIBUTES.ARN));

    validateAtSynthesis(this, () => [
      ...checkRegion(this),
      ...checkSameEnvironment(this, 'app instance', props.appInstance.env),
      ...checkInAppInstance('bearer', props.bearer.bearerArn, props.appInstance.appInstanceArn),
      ...checkName('channelName', this.channelName),
      ...checkId('channelId', props.channelId),
      ...checkMetadata(props.metadata),
      ...checkTags(this.cdkTagManager.renderTags(), TAGS_OF_THE_LIBRARY),
    ]);
  }
}
