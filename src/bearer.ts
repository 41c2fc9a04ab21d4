import { ArnKind, requireArn } from './private/arn';

/**
 * In whose name calls to Amazon Chime SDK messaging are made: an app instance user, an app instance admin or a bot.
 *
 * IAM alone does not let a caller act on channels; the service also asks for the app instance user or bot on whose behalf
 * the call is made, and looks at what that one may do.
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
