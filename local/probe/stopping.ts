import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Somebody asked the probe to stop, or nobody reads what it says. */
export class Stopped extends Error {
  constructor(message: string, readonly exitCode: number) {
    super(message);
    this.name = 'Stopped';
  }
}

/**
 * A signal that is aborted by Ctrl-C and the like. The first one lets the probe remove what it made; the second one
 * does not wait for that.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (reason: string, exitCode: number) => {
    if (controller.signal.aborted) {
      console.error(`cdk-chime-messaging: ${reason} again: what is left is removed by the next probe`);
      process.exit(exitCode);
    }
    controller.abort(new Stopped(reason, exitCode));
  };
  for (const signal of SIGNALS) {
    process.on(signal, () => stop(`stopped by ${signal}`, 128 + constants.signals[signal]));
  }
  // As in `probe | head`: without a reader there is nothing to say, but something to remove.
  process.stdout.on('error', () => {
    if (!controller.signal.aborted) stop('stopped because nobody reads the output', 1);
  });
  return controller.signal;
}
