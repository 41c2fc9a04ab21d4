import { RemovalPolicy, Resource, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IAppInstance } from './app-instance';
import { IBearer } from './bearer';
import {
  APP_INSTANCE_ADMIN_ATTRIBUTES, APP_INSTANCE_ADMIN_RESOURCE_TYPE, AppInstanceAdminProperties,
} from './handlers/app-instance-admin/properties';
import { AppRegistry } from './private/app-registry';
import { customResource } from './private/provider';
import { checkInAppInstance, checkRegion, checkSameEnvironment, validateAtSynthesis } from './private/validation';

/**
 * Properties of an `AppInstanceAdmin`.
 */
export interface AppInstanceAdminProps {
  /**
   * The app instance to administer.
   */
  readonly appInstance: IAppInstance;

  /**
   * The user or bot of that app instance who becomes its admin.
   */
  readonly user: IBearer;

  /**
   * Whether the user stays an admin when the promotion is removed from the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The promotion of a user or bot to admin of its app instance.
 *
 * As a `bearer` an admin may do everything in the app instance, such as associating channels with channel flows.
 * Channels, channel flows and associations in the same stack are ordered after all admins of their app instance, and
 * thus leave before them.
 *
 * @see https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_identity-chime_CreateAppInstanceAdmin.html
 * @resource AWS::CloudFormation::CustomResource
 */
export class AppInstanceAdmin extends Resource implements IBearer {
  /**
   * ARN of the admin. It equals the ARN of the user; what uses it is created after the promotion.
   *
   * @attribute
   */
  public readonly appInstanceAdminArn: string;

  constructor(scope: Construct, id: string, props: AppInstanceAdminProps) {
    super(scope, id);

    const resource = customResource<AppInstanceAdminProperties>(this, APP_INSTANCE_ADMIN_RESOURCE_TYPE, {
      AppInstanceArn: props.appInstance.appInstanceArn,
      AppInstanceAdminArn: props.user.bearerArn,
    }, props.removalPolicy ?? RemovalPolicy.DESTROY);
    this.appInstanceAdminArn = Token.asString(resource.getAtt(APP_INSTANCE_ADMIN_ATTRIBUTES.ARN));
    AppRegistry.of(this).addAdmin(props.appInstance.appInstanceArn, this);

    validateAtSynthesis(this, () => [
      ...checkRegion(this),
      ...checkSameEnvironment(this, 'app instance', props.appInstance.env),
      ...checkInAppInstance('user', props.user.bearerArn, props.appInstance.appInstanceArn),
    ]);
  }

  /**
   * ARN of the admin, for use as a bearer.
   */
  public get bearerArn(): string {
    return this.appInstanceAdminArn;
  }
}
