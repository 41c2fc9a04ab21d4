import { ArnKind, requireArn } from './private/arn';

/**
 * The identity used to call Amazon Chime SDK messaging: an app instance user, an app instance admin or a bot.
 *
 * IAM permissions alone are not enough to act on channels: the service also checks what the app instance user or bot,
 * on whose behalf the call is made, is allowed to do.
 *
 * @see https://docs.aws.amazon.com/chime-sdk/latest/dg/call-from-backend.html
 */
export interface IBearer {
  /**
   * ARN of the app instance user or bot.
   */
  readonly bearerArn: string;
}

/**
 * Bearers that are not constructs of the app.
 */
export class Bearer {
  /**
   * A bearer known by its ARN. Fails when the ARN names neither an app instance user nor a bot.
   *
   * @param bearerArn ARN of an app instance user, promoted to admin or not, or of a bot
   */
  public static fromArn(bearerArn: string): IBearer {
    return { bearerArn: requireArn('bearerArn', bearerArn, ArnKind.BEARER) };
  }

  private constructor() {}
}
