import {
  Annotations, CfnResource, IResource, ITaggableV2, Names, RemovalPolicy, Resource, TagManager, TagType, Token,
} from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { IAppInstance } from './app-instance';
import { IBearer } from './bearer';
import { IChannel } from './channel';
import { ChannelFlowAssociation, ChannelFlowAssociationOptions } from './channel-flow-association';
import { ChannelFlowGrants } from './channel-flow-grants';
import { _BoundProcessor, ChannelFlowProcessor } from './channel-flow-processor';
import {
  CHANNEL_FLOW_ATTRIBUTES, CHANNEL_FLOW_RESOURCE_TYPE, ChannelFlowProperties,
} from './handlers/channel-flow/properties';
import { AppRegistry, dependOnAdmins } from './private/app-registry';
import { appInstanceArnOf, ArnKind, environmentOf, requireArn } from './private/arn';
import { customResource } from './private/provider';
import { destroy, isRetained, resourcesIn, retainWith } from './private/retention';
import {
  checkExecutionOrders, checkInAppInstance, checkName, checkProcessorCount, checkRegion, checkSameEnvironment,
  checkTags, validateAtSynthesis,
} from './private/validation';

/** Channel flows of an app instance, until the service is asked for more. */
const CHANNEL_FLOW_QUOTA = 100;

/**
 * An Amazon Chime SDK channel flow: it runs a processor on each message of its channels before the message is
 * delivered.
 */
export interface IChannelFlow extends IResource {
  /**
   * ARN of the channel flow.
   *
   * @attribute
   */
  readonly channelFlowArn: string;

  /**
   * ARN of the app instance that the flow belongs to.
   */
  readonly appInstanceArn: string;

  /**
   * Grants of permissions on the channel flow.
   */
  readonly grants: ChannelFlowGrants;

  /**
   * Associates a channel with the flow.
   *
   * @param id id of the association in the flow
   * @param channel the channel whose messages the flow processes
   * @param options how to associate
   */
  associate(id: string, channel: IChannel, options: ChannelFlowAssociationOptions): ChannelFlowAssociation;

  /**
   * An EventBridge rule for messages whose processor could not be invoked. The service sends the event whatever the
   * fallback action is. The event names the app instance, the channel and the function, not the flow: the rule matches
   * failures in all flows of the app instance.
   *
   * @param id id of the rule
   * @param options target and further pattern of the rule
   * @see https://docs.aws.amazon.com/chime-sdk/latest/dg/event-bridge-events.html
   */
  onProcessorInvocationFailure(id: string, options?: events.OnEventOptions): events.Rule;
}

/**
 * Properties of a `ChannelFlow`.
 */
export interface ChannelFlowProps {
  /**
   * The app instance that the flow belongs to. Changing this replaces the flow.
   */
  readonly appInstance: IAppInstance;

  /**
   * What processes the messages: 1 to 3 processors, of which the service runs one.
   */
  readonly processors: ChannelFlowProcessor[];

  /**
   * Name of the flow, 1 to 256 characters.
   *
   * @default - a name derived from the construct's path
   */
  readonly channelFlowName?: string;

  /**
   * The identity used to disassociate channels before the flow is deleted: an admin of the app instance.
   *
   * @default - an admin that the app instance has at that time
   */
  readonly bearer?: IBearer;

  /**
   * Tags of the flow, in addition to those that the CDK's `Tags` applies. At most 49 in all: the service allows 50, one
   * of which the library uses to store who owns the flow.
   *
   * @default - only the tags that the CDK's `Tags` applies
   */
  readonly tags?: { [key: string]: string };

  /**
   * What happens to the flow when it is removed from the stack. A deleted flow leaves its channels first, also those
   * that others associated. A retained flow keeps the permissions of its processors and, unless they say otherwise, its
   * associations. RemovalPolicy.SNAPSHOT is an error at synthesis.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

abstract class ChannelFlowBase extends Resource implements IChannelFlow {
  public abstract readonly channelFlowArn: string;
  public abstract readonly appInstanceArn: string;
  public readonly grants = ChannelFlowGrants.fromChannelFlow(this);

  public associate(id: string, channel: IChannel, options: ChannelFlowAssociationOptions): ChannelFlowAssociation {
    return new ChannelFlowAssociation(this, id, { ...options, channel, channelFlow: this });
  }

  public onProcessorInvocationFailure(id: string, options: events.OnEventOptions = {}): events.Rule {
    const rule = new events.Rule(options.crossStackScope ?? this, id, {
      ruleName: options.ruleName,
      description: options.description,
      eventPattern: options.eventPattern,
    });
    rule.addEventPattern({
      source: ['aws.chime'],
      detailType: ['Chime ChannelFlow Processing Status'],
      detail: { eventType: ['ProcessorInvocationFailure'], appInstanceArn: [this.appInstanceArn] },
    });
    destroy(rule);
    rule.addTarget(options.target);
    return rule;
  }
}

/**
 * An Amazon Chime SDK channel flow.
 *
 * Name, processors and tags change in place. Before the flow is deleted all its channels are disassociated, also those
 * that the stack does not know.
 *
 * @see https://docs.aws.amazon.com/chime-sdk/latest/dg/using-channel-flows.html
 * @resource AWS::CloudFormation::CustomResource
 */
export class ChannelFlow extends ChannelFlowBase implements ITaggableV2 {
  /**
   * Refers to a channel flow that exists already.
   *
   * @param scope where the import is defined
   * @param id id of the import in its scope
   * @param channelFlowArn ARN of the channel flow; fails when it is malformed
   */
  public static fromChannelFlowArn(scope: Construct, id: string, channelFlowArn: string): IChannelFlow {
    const arn = requireArn('channelFlowArn', channelFlowArn, ArnKind.CHANNEL_FLOW);
    class Import extends ChannelFlowBase {
      public readonly channelFlowArn = arn;
      public readonly appInstanceArn = appInstanceArnOf(arn, ArnKind.CHANNEL_FLOW);
    }
    return new Import(scope, id, environmentOf(arn));
  }

  public readonly channelFlowArn: string;
  public readonly appInstanceArn: string;

  /**
   * Name of the channel flow.
   *
   * @attribute
   */
  public readonly channelFlowName: string;

  /**
   * Tags of the channel flow; the CDK's `Tags` reaches them.
   */
  public readonly cdkTagManager: TagManager;

  constructor(scope: Construct, id: string, props: ChannelFlowProps) {
    super(scope, id);
    this.cdkTagManager = new TagManager(TagType.KEY_VALUE, CHANNEL_FLOW_RESOURCE_TYPE, props.tags);
    this.appInstanceArn = props.appInstance.appInstanceArn;
    const name = props.channelFlowName ?? Names.uniqueResourceName(this, { maxLength: 256, separator: '-' });
    const processors = props.processors.map(
      (processor, index) => processor._bind(this, this.appInstanceArn, index + 1),
    );

    const resource = customResource<ChannelFlowProperties>(this, CHANNEL_FLOW_RESOURCE_TYPE, {
      AppInstanceArn: this.appInstanceArn,
      Name: name,
      Processors: processors.map(({ property }) => property),
      Bearer: props.bearer?.bearerArn,
      Tags: this.cdkTagManager.renderedTags,
    }, props.removalPolicy ?? RemovalPolicy.DESTROY);
    this.channelFlowArn = Token.asString(resource.getAtt(CHANNEL_FLOW_ATTRIBUTES.ARN));
    this.channelFlowName = Token.asString(resource.getAtt(CHANNEL_FLOW_ATTRIBUTES.NAME));

    AppRegistry.of(this).addFlow(this.appInstanceArn, this);
    processors.forEach(({ processor }) => AppRegistry.of(this).addFunction(this.channelFlowArn, processor));
    this.keepPermissionsWith(resource, processors);
    dependOnAdmins(resource, this.appInstanceArn);
    this.warnAboutSurplusProcessors(processors);

    validateAtSynthesis(this, () => {
      if (isRetained(resource)) {
        processors.forEach(processor => processor.warnIfNotRetained());
      } else {
        this.warnWithoutBearer(props);
      }
      this.warnAboutQuota(props.appInstance);
      return [
        ...checkRegion(this),
        ...checkSameEnvironment(this, 'app instance', props.appInstance.env),
        ...props.bearer ? checkInAppInstance('bearer', props.bearer.bearerArn, this.appInstanceArn) : [],
        ...checkName('channelFlowName', name),
        ...checkProcessorCount(processors.length),
        // The place of a surplus processor is not an order that the user chose.
        ...checkExecutionOrders(processors.map(({ executionOrder }) => executionOrder).filter(
          (order, index) => index < 3 || order !== index + 1,
        )),
        ...processors.flatMap(processor => processor.validate(props.appInstance.env)),
        ...checkTags(this.cdkTagManager.renderTags(), 1),
      ];
    });
  }

  /** The permissions are there before the flow, leave after it, and stay if it stays. */
  private keepPermissionsWith(resource: CfnResource, processors: _BoundProcessor[]): void {
    const permissions = processors.flatMap(processor => processor.permissions);
    if (permissions.length === 0) return;
    resource.node.addDependency(...permissions);
    retainWith(resource, ...resourcesIn(...permissions));
  }

  private warnAboutSurplusProcessors(processors: _BoundProcessor[]): void {
    if (processors.length > 1) {
      Annotations.of(this).addWarningV2('cdk-chime-messaging:oneProcessor',
        `the flow has ${processors.length} processors, and the service runs one: do the work of all in one function`);
    }
  }

  /** By the first of the flows, so that it is said once. */
  private warnAboutQuota(appInstance: IAppInstance): void {
    const flows = AppRegistry.of(this).flowsOf(this.appInstanceArn);
    if (flows[0] === this && flows.length > CHANNEL_FLOW_QUOTA) {
      Annotations.of(appInstance)
        .addWarningV2('cdk-chime-messaging:channelFlowQuota', `the app instance has ${flows.length} channel flows in `
        + `this app, and the service allows ${CHANNEL_FLOW_QUOTA} unless it was asked for more: have the quota raised `
          + 'before the '
        + 'deployment, and acknowledge this warning');
    }
  }

  private warnWithoutBearer(props: ChannelFlowProps): void {
    if (!props.bearer && AppRegistry.of(this).adminsOf(this.appInstanceArn).length === 0) {
      Annotations.of(this).addWarningV2(
        'cdk-chime-messaging:noBearer',
        'the channel flow has no bearer; without one it '
          + 'cannot be deleted while channels are associated with it: pass an admin of the app instance as bearer, or '
            + 'create an '
          + 'AppInstanceAdmin; acknowledge this warning if the app instance has an admin that is defined elsewhere',
      );
    }
  }
}
