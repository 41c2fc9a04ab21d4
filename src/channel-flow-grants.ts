import * as iam from 'aws-cdk-lib/aws-iam';
import type { IChannelFlow } from './channel-flow';
import { grantByOwnPolicy } from './private/own-policy-grant';

/**
 * Grants of permissions on a channel flow. Each grant is a policy of its own, so that a processor of the flow can be
 * granted permissions on that flow too.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonchime.html
 */
export class ChannelFlowGrants {
  /**
   * The grants of a channel flow.
   *
   * @param channelFlow the channel flow
   */
  public static fromChannelFlow(channelFlow: IChannelFlow): ChannelFlowGrants {
    return new ChannelFlowGrants(channelFlow);
  }

  private constructor(private readonly channelFlow: IChannelFlow) {}

  /**
   * Lets the grantee associate channels of the flow's app instance with the flow, and disassociate them. The calls
   * name a user or bot of the app instance as the bearer.
   *
   * @param grantee who is granted the permission
   */
  public associate(grantee: iam.IGrantable): iam.Grant {
    const { channelFlowArn, appInstanceArn } = this.channelFlow;
    return grantByOwnPolicy(this.channelFlow, grantee, {
      name: 'Associate',
      actions: ['chime:AssociateChannelFlow', 'chime:DisassociateChannelFlow'],
      resourceArns: [
        channelFlowArn, `${appInstanceArn}/user/*`, `${appInstanceArn}/bot/*`, `${appInstanceArn}/channel/*`,
      ],
    });
  }

  /**
   * Lets the grantee describe the flow, find it in its app instance, and list its channels and tags.
   *
   * @param grantee who is granted the permission
   */
  public read(grantee: iam.IGrantable): iam.Grant {
    const { channelFlowArn, appInstanceArn } = this.channelFlow;
    const read = grantByOwnPolicy(this.channelFlow, grantee, {
      name: 'Read',
      actions: [
        'chime:DescribeChannelFlow', 'chime:ListChannelsAssociatedWithChannelFlow', 'chime:ListTagsForResource',
      ],
      resourceArns: [channelFlowArn],
    });
    // IAM's reference lists this action under channel flows; the request names their app instance.
    const list = grantByOwnPolicy(this.channelFlow, grantee, {
      name: 'Read',
      actions: ['chime:ListChannelFlows'],
      resourceArns: [appInstanceArn, `${appInstanceArn}/channel-flow/*`],
    });
    return read.combine(list);
  }

  /**
   * Lets the grantee read, change, tag and delete the flow.
   *
   * @param grantee who is granted the permission
   */
  public manage(grantee: iam.IGrantable): iam.Grant {
    const { channelFlowArn, appInstanceArn } = this.channelFlow;
    const read = this.read(grantee);
    const write = grantByOwnPolicy(this.channelFlow, grantee, {
      name: 'Manage',
      actions: ['chime:UpdateChannelFlow', 'chime:DeleteChannelFlow', 'chime:TagResource', 'chime:UntagResource'],
      resourceArns: [channelFlowArn],
    });
    // IAM's reference lists this action under channels.
    const deletion = grantByOwnPolicy(this.channelFlow, grantee, {
      name: 'Manage',
      actions: ['chime:DeleteChannelFlow'],
      resourceArns: [`${appInstanceArn}/channel/*`],
    });
    return read.combine(write).combine(deletion);
  }
}
