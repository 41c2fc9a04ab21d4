import { CfnResource, RemovalPolicy, Resource, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IBearer } from './bearer';
import { IChannel } from './channel';
import type { IChannelFlow } from './channel-flow';
import { CHANNEL_FLOW_RESOURCE_TYPE } from './handlers/channel-flow/properties';
import {
  CHANNEL_FLOW_ASSOCIATION_RESOURCE_TYPE, ChannelFlowAssociationProperties,
} from './handlers/channel-flow-association/properties';
import { AppRegistry, dependOnAdmins } from './private/app-registry';
import { customResource } from './private/provider';
import { followRemovalPolicy, isRetained } from './private/retention';
import { checkInAppInstance, checkRegion, checkSameEnvironment, validateAtSynthesis } from './private/validation';

/**
 * What to do when the channel carries a flow already that is not of this stack.
 */
export enum OnExisting {
  /** The deployment fails and the channel keeps the flow. */
  FAIL = 'FAIL',
  /** The channel gets this flow. The other one comes back when the association is deleted. */
  REPLACE = 'REPLACE',
}

/**
 * Options of an association, apart from what it associates.
 */
export interface ChannelFlowAssociationOptions {
  /**
   * The identity used to associate and disassociate the channel: an admin of the app instance or a moderator of the
   * channel.
   */
  readonly bearer: IBearer;

  /**
   * What to do when the channel carries a flow already that is not of this stack.
   *
   * @default OnExisting.FAIL
   */
  readonly onExisting?: OnExisting;

  /**
   * Whether the channel stays associated when the association is removed from the stack.
   *
   * @default - that of the channel flow; RemovalPolicy.DESTROY for a channel flow that is not defined in the app
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Properties of a `ChannelFlowAssociation`.
 */
export interface ChannelFlowAssociationProps extends ChannelFlowAssociationOptions {
  /**
   * The flow that processes the messages of the channel.
   */
  readonly channelFlow: IChannelFlow;

  /**
   * The channel. It carries at most one flow, so an app associates it at most once.
   */
  readonly channel: IChannel;
}

/**
 * The association of a channel with a channel flow: the flow processes each message of the channel before it is
 * delivered.
 *
 * Another flow is swapped in place. When the association is deleted, the channel is freed, or gets back the flow that
 * the association displaced.
 *
 * @see https://docs.aws.amazon.com/chime-sdk/latest/dg/using-channel-flows.html
 * @resource AWS::CloudFormation::CustomResource
 */
export class ChannelFlowAssociation extends Resource {
  constructor(scope: Construct, id: string, props: ChannelFlowAssociationProps) {
    super(scope, id);
    const { channel, channelFlow } = props;
    const flowResource = resourceOf(channelFlow);

    const resource = customResource<ChannelFlowAssociationProperties>(this, CHANNEL_FLOW_ASSOCIATION_RESOURCE_TYPE, {
      ChannelArn: channel.channelArn,
      ChannelFlowArn: channelFlow.channelFlowArn,
      Bearer: props.bearer.bearerArn,
      OnExisting: props.onExisting ?? OnExisting.FAIL,
    }, props.removalPolicy ?? (flowResource ? undefined : RemovalPolicy.DESTROY));
    if (flowResource) followRemovalPolicy(resource, flowResource);
    dependOnAdmins(resource, channelFlow.appInstanceArn);
    AppRegistry.of(this).addAssociation(channel.channelArn, this);

    validateAtSynthesis(this, () => [
      ...checkRegion(this),
      ...checkSameEnvironment(this, 'channel flow', channelFlow.env),
      ...checkSameEnvironment(this, 'channel', channel.env),
      ...checkInAppInstance('channel', channel.channelArn, channelFlow.appInstanceArn),
      ...checkInAppInstance('bearer', props.bearer.bearerArn, channelFlow.appInstanceArn),
      ...this.checkOnlyAssociation(channel),
      ...flowResource && isRetained(resource) && !isRetained(flowResource)
        ? [`the association is retained but its channel flow ${channelFlow.node.path} is not, and a flow takes its `
          + 'associations '
          + 'with it when it is deleted: retain both or neither']
        : [],
    ]);
  }

  private checkOnlyAssociation(channel: IChannel): string[] {
    const others = AppRegistry.of(this).associationsOf(channel.channelArn).filter(association => association !== this);
    const name = Token.isUnresolved(channel.channelArn) ? channel.node.path : channel.channelArn;
    return others.length === 0 ? [] : [
      `channel ${name} must have one association, got ${others.length + 1}: remove this one or `
      + others.map(({ node }) => node.path).join(', '),
    ];
  }
}

/** The resource behind a flow that is made in the app. */
function resourceOf(channelFlow: IChannelFlow): CfnResource | undefined {
  const resource = channelFlow.node.defaultChild;
  return resource && CfnResource.isCfnResource(resource) && resource.cfnResourceType === CHANNEL_FLOW_RESOURCE_TYPE
    ? resource
    : undefined;
}
