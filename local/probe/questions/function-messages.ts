import type { ChannelMessage, SendChannelMessageCommandInput } from '@aws-sdk/client-chime-sdk-messaging';
import { outcomeOf } from '../outcome';
import { Unanswered } from '../question';
import type { Workspace } from '../workspace';

/** The obstacle of questions that take a processor. */
export function withoutFunction({ functionArn }: Workspace): string | undefined {
  return functionArn === undefined ? 'takes a function: see --lambda-arn' : undefined;
}

/** A message as the user's function returned it: its content is the callback's id by then. */
export async function answeredByFunction(
  workspace: Workspace, input: Partial<SendChannelMessageCommandInput> = {},
): Promise<ChannelMessage> {
  const ChannelArn = await workspace.channelWithFunction();
  const { MessageId } = await workspace.send(ChannelArn, { Content: 'reveal', ...input });
  const status = await workspace.statusOf(ChannelArn, MessageId);
  if (status.output?.Status?.Value !== 'SENT') {
    throw new Unanswered('the function of --lambda-arn has not answered: see its logs and permissions', [status]);
  }
  const message = await outcomeOf(
    workspace.service.messaging.getChannelMessage({ ChannelArn, MessageId, ChimeBearer: workspace.owner }),
  );
  if (message.output === undefined || message.output.ChannelMessage!.Content === 'reveal') {
    throw new Unanswered(
      'the function of --lambda-arn has not answered with its callback id: is it the one of --print-function?',
      [message],
    );
  }
  return message.output.ChannelMessage!;
}
