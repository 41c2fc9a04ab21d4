import { CfnResource, Duration, Lazy, RemovalPolicy, Resource, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IBearer } from './bearer';
import { IChannel } from './channel';
import { IChannelFlow } from './channel-flow';
import {
  CHANNEL_FLOW_VERIFICATION_ATTRIBUTES, CHANNEL_FLOW_VERIFICATION_RESOURCE_TYPE, ChannelFlowVerificationProperties,
  PROBES_WITH_ATTRIBUTES,
} from './handlers/channel-flow-verification/properties';
import { AppRegistry, dependOnAdmins, dependOnAssociations, dependOnFunctions } from './private/app-registry';
import { revisionOf } from './private/function-revision';
import { customResource } from './private/provider';
import { checkInAppInstance, checkRegion, checkSameEnvironment, validateAtSynthesis } from './private/validation';
import { Probe } from './probe';

/**
 * Properties of a `ChannelFlowVerification`.
 */
export interface ChannelFlowVerificationProps {
  /**
   * The flow to verify.
   */
  readonly channelFlow: IChannelFlow;

  /**
   * The channel through which the probe messages go. It must carry the flow. Its members see those that are delivered,
   * until they are removed: use a channel that serves no other purpose.
   */
  readonly channel: IChannel;

  /**
   * The identity used to send the probe messages: a member of the channel, such as its creator. An admin of the app
   * instance who is not a member cannot send.
   */
  readonly sender: IBearer;

  /**
   * The messages that are sent, and how each must end. `outcomeOf` and `millisecondsOf` are available for the first 40.
   */
  readonly probes: Probe[];

  /**
   * How long the probes may take, 1 second to 10 minutes. Until then a probe that does not end as expected is repeated,
   * because new permissions and code take a while to take effect.
   *
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;

  /**
   * Any text that changes with what the app can't see, such as the code of an imported function or the value of an SSM
   * parameter: the probes run again when it changes. Functions that the app defines, and what they depend on, do not
   * need it.
   *
   * @default - the probes run again when the flow, its functions or the probes change
   */
  readonly revision?: string;
}

/**
 * Sends probe messages through a channel flow during the deployment, and fails the deployment unless each ends as
 * expected: CloudFormation then rolls back to what worked.
 *
 * It runs when it is created, and again when the flow or the probes change, and with every change that CloudFormation
 * sees of the flow's functions, of what they depend on, of their roles' policies and of the settings of their
 * asynchronous invocation. Probe messages carry metadata that begin with `cdk-chime-messaging:probe` and are removed
 * afterwards. A change back to what was verified just before is never failed, because CloudFormation's rollback looks
 * the same.
 *
 * @see https://docs.aws.amazon.com/chime-sdk/latest/dg/using-channel-flows.html
 * @resource AWS::CloudFormation::CustomResource
 */
export class ChannelFlowVerification extends Resource {
  private readonly resource: CfnResource;
  private readonly probes: readonly Probe[];

  constructor(scope: Construct, id: string, props: ChannelFlowVerificationProps) {
    super(scope, id);
    this.probes = props.probes;
    const { channel, channelFlow, sender } = props;
    const timeout = props.timeout ?? Duration.seconds(30);

    const resource = this.resource = customResource<ChannelFlowVerificationProperties>(
      this,
      CHANNEL_FLOW_VERIFICATION_RESOURCE_TYPE,
      {
        ChannelArn: channel.channelArn,
        ChannelFlowArn: channelFlow.channelFlowArn,
        Sender: sender.bearerArn,
        Probes: props.probes.map(probe => probe._render()),
        TimeoutMilliseconds: timeout.toMilliseconds(),
        Revision: Lazy.string({
          produce: () =>
            revisionOf(this.resource, AppRegistry.of(this).functionsOf(channelFlow.channelFlowArn), props.revision),
        }),
      },
      RemovalPolicy.DESTROY,
    );
    dependOnAdmins(resource, channelFlow.appInstanceArn);
    dependOnAssociations(resource, channel.channelArn);
    dependOnFunctions(resource, channelFlow.channelFlowArn);

    validateAtSynthesis(this, () => [
      ...checkRegion(this),
      ...checkSameEnvironment(this, 'channel flow', channelFlow.env),
      ...checkSameEnvironment(this, 'channel', channel.env),
      ...checkInAppInstance('channel', channel.channelArn, channelFlow.appInstanceArn),
      ...checkInAppInstance('sender', sender.bearerArn, channelFlow.appInstanceArn),
      ...checkTimeout(timeout),
      ...props.probes.length === 0 ? ['probes must be at least 1, got none: add one'] : [],
      ...props.probes.flatMap((probe, index) => probe._validate(index + 1)),
    ]);
  }

  /**
   * How a probe ended: `delivered`, `replaced`, `denied`, or `verified before` after a rollback. Known at deployment.
   *
   * @param probe one of the first 40 probes of this verification; fails for another
   */
  public outcomeOf(probe: Probe): string {
    return this.attributeOf(probe, CHANNEL_FLOW_VERIFICATION_ATTRIBUTES.outcome);
  }

  /**
   * How many milliseconds a probe took from its sending to its end. Known at deployment.
   *
   * @param probe one of the first 40 probes of this verification; fails for another
   */
  public millisecondsOf(probe: Probe): string {
    return this.attributeOf(probe, CHANNEL_FLOW_VERIFICATION_ATTRIBUTES.milliseconds);
  }

  private attributeOf(probe: Probe, attribute: (place: number) => string): string {
    const index = this.probes.indexOf(probe);
    if (index < 0) {
      throw new Error(`the probe must be one of the ${this.probes.length} of ${this.node.path}, got another: pass an `
        + 'object from its probes');
    }
    if (index >= PROBES_WITH_ATTRIBUTES) {
      throw new Error(`outcomes are known of the first ${PROBES_WITH_ATTRIBUTES} probes of ${this.node.path}, got `
        + `probe ${index + 1}: `
        + 'put it before others, or make another verification');
    }
    return Token.asString(this.resource.getAtt(attribute(index + 1)));
  }
}

function checkTimeout(timeout: Duration): string[] {
  if (Token.isUnresolved(timeout)) return [];
  const seconds = timeout.toSeconds({ integral: false });
  return seconds >= 1 && seconds <= 600
    ? []
    : [`timeout must be 1 second to 10 minutes, got ${seconds} seconds: choose one in between`];
}
