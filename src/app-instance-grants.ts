import * as iam from 'aws-cdk-lib/aws-iam';
import type { IAppInstance } from './app-instance';
import { grantByOwnPolicy } from './private/own-policy-grant';

/**
 * Grants of permissions on an app instance and what is in it. Each grant is a policy of its own.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonchime.html
 */
export class AppInstanceGrants {
  /**
   * The grants of an app instance.
   *
   * @param appInstance the app instance
   */
  public static fromAppInstance(appInstance: IAppInstance): AppInstanceGrants {
    return new AppInstanceGrants(appInstance);
  }

  private constructor(private readonly appInstance: IAppInstance) {}

  /**
   * Lets the grantee describe the app instance and list its users, admins, bots, channels, channel flows and tags.
   *
   * @param grantee who is granted the permission
   */
  public read(grantee: iam.IGrantable): iam.Grant {
    const arn = this.appInstance.appInstanceArn;
    return grantByOwnPolicy(this.appInstance, grantee, {
      name: 'Read',
      actions: [
        'chime:DescribeAppInstance',
        'chime:ListAppInstanceAdmins',
        'chime:ListAppInstanceBots',
        'chime:ListAppInstanceUsers',
        'chime:ListChannelFlows',
        'chime:ListChannels',
        'chime:ListTagsForResource',
      ],
      resourceArns: [arn, `${arn}/*`],
    });
  }

  /**
   * Lets the grantee read the app instance and change its name, metadata and tags. Deleting it is not among it.
   *
   * @param grantee who is granted the permission
   */
  public manage(grantee: iam.IGrantable): iam.Grant {
    const read = this.read(grantee);
    return grantByOwnPolicy(this.appInstance, grantee, {
      name: 'Manage',
      actions: ['chime:UpdateAppInstance', 'chime:TagResource', 'chime:UntagResource'],
      resourceArns: [this.appInstance.appInstanceArn],
    }).combine(read);
  }

  /**
   * Lets the grantee send messages to the channels of the app instance, as its users and bots.
   *
   * @param grantee who is granted the permission
   */
  public sendChannelMessage(grantee: iam.IGrantable): iam.Grant {
    const arn = this.appInstance.appInstanceArn;
    return grantByOwnPolicy(this.appInstance, grantee, {
      name: 'SendChannelMessage',
      actions: ['chime:SendChannelMessage'],
      resourceArns: [`${arn}/user/*`, `${arn}/bot/*`, `${arn}/channel/*`],
    });
  }

  /**
   * Lets the grantee respond for a processor: decide what happens to a message that a channel flow holds. The function
   * that a `ChannelFlowProcessor` was made from has this permission already; this is for another function that responds
   * instead of it.
   *
   * @param grantee who is granted the permission
   */
  public channelFlowCallback(grantee: iam.IGrantable): iam.Grant {
    return grantByOwnPolicy(this.appInstance, grantee, {
      name: 'ChannelFlowCallback',
      actions: ['chime:ChannelFlowCallback'],
      resourceArns: [`${this.appInstance.appInstanceArn}/channel/*`],
    });
  }
}
