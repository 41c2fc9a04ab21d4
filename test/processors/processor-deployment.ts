import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { runFunction, type Ran } from './bundled-function';
import { ENV, logicalId } from '../fixture';
import { CallbackServer } from '../processor-runtime/callback-server';
import { functionEnvironment, messageEvent } from '../processor-runtime/fixture';

/** How a message ended: the content that was sent, or that it was denied. */
export type Outcome = { readonly sent: unknown } | 'denied' | 'unanswered';

export interface Processed extends Ran {
  readonly outcomes: Outcome[];
}

/** A processor as its construct makes it, with its code, environment and timeout taken from the synthesized app. */
export class ProcessorDeployment {
  private readonly file: string;
  private readonly environment: Record<string, string>;

  /** @param make makes the construct in the stack */
  public constructor(make: (stack: Stack) => lambda.Function) {
    const app = new App({ context: { 'aws:cdk:enable-asset-metadata': true } });
    const stack = new Stack(app, 'Stack', { env: ENV });
    const processor = make(stack);
    const assembly = app.synth();
    const { Properties, Metadata } = assembly.getStackByName(stack.stackName).template.Resources[logicalId(
      stack, processor,
    )];
    this.file = join(assembly.directory, Metadata['aws:asset:path'], Properties.Handler.replace(/\.handler$/, '.mjs'));
    this.environment = Properties.Environment.Variables;
  }

  /** Sends the messages through the function. */
  public async process(
    messages: Record<string, unknown>[], endpoints: Record<string, string> = {}, ms?: number,
  ): Promise<Processed> {
    const server = await CallbackServer.start();
    try {
      const events = messages.map(message => messageEvent(message));
      const ran = await runFunction(
        this.file, { ...functionEnvironment(server.url), ...this.environment, ...endpoints }, events, ms,
      );
      return {
        ...ran,
        outcomes: events.map(({ CallbackId }) => {
          const body = server.answers.get(CallbackId)?.body;
          return body === undefined
            ? 'unanswered'
            : body.DeleteResource ? 'denied' : { sent: body.ChannelMessage.Content };
        }),
      };
    } finally {
      await server.stop();
    }
  }
}
