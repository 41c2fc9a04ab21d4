import { createInterface } from 'node:readline';
import type { Options } from './options';

/** What is about to happen to a real account. */
export function announcement(
  { region, messagingEndpoint, identityEndpoint, functionArn }: Options, accessKeyId: string,
): string {
  return `The probe is about to ask the real service in ${region}
  at ${messagingEndpoint} and ${identityEndpoint}
  with the access key …${accessKeyId.slice(-4)}.
It creates up to three app instances named cdk-chime-messaging-probe-…, with a few users, channels, channel flows and
messages in them, calls the service some 200 times${functionArn ? `, has ${functionArn} invoked a few times` : ''},
and deletes these app instances at the end.
Two messages go to a function that does not exist: EventBridge gets an event on each (ProcessorInvocationFailure).
It deletes as well what an earlier probe left behind, and touches no other app instance.`;
}

/** Whether the user says yes. */
export async function confirmed(
  question: string, input: NodeJS.ReadableStream, output: NodeJS.WritableStream, stop: AbortSignal,
): Promise<boolean> {
  // Lines as the terminal edits them: so Ctrl-C remains a signal.
  const lines = createInterface({ input, terminal: false });
  output.write(question);
  try {
    const answer = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      // Ctrl-D is no answer.
      lines.once('close', () => resolve(''));
      stop.addEventListener('abort', () => reject(stop.reason as Error), { once: true });
    });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
