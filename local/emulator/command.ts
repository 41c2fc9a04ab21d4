import { parseArgs } from 'node:util';
import { Emulator, EmulatorOptions, startEmulator } from './emulator';
import { toEndpoint } from '../endpoint';

const HELP = `usage: cdk-chime-messaging emulator [options]

Serves the Amazon Chime SDK messaging and identity APIs on this machine, from memory, to local clients only.

  --port <port>      the port to listen on; 0 picks a free one (default: 4600)
  --account <id>     the account in ARNs (default: 000000000000)
  --processor <name>=<path>
                     run this module instead of the Lambda function of this name or ARN; may be repeated
  --lambda-endpoint <url>
                     where to invoke all other processors (Lambda API)
  --events-endpoint <url>
                     where to report processors that can't be invoked (EventBridge API)
  --help             this text

While it runs:
  GET  /_local/state      everything that exists
  GET  /_local/calls      every call so far
  GET  /_local/events     what clients, EventBridge and processors were told
  GET  /_local/behaviour  the switches; PUT a JSON object of them to set some
  POST /_local/reset      start anew`;

export const emulatorCommand = {
  summary: 'serve the messaging and identity APIs on this machine',

  async run(args: string[]): Promise<void> {
    const { help, port, account, processor, ...endpoints } = parse(args);
    if (help) {
      console.log(HELP);
      return;
    }
    const emulator = await start({
      port: toPort(port),
      accountId: toAccount(account),
      processors: toProcessors(processor),
      lambdaEndpoint: toEndpoint('--lambda-endpoint', endpoints['lambda-endpoint']),
      eventsEndpoint: toEndpoint('--events-endpoint', endpoints['events-endpoint']),
    });
    console.log(`The emulator listens on ${emulator.url}; to use it:`);
    console.log(
      `export AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING=${emulator.url} AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY=${emulator.url}`,
    );
    await stopSignal();
    await emulator.close();
  },
};

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        'port': { type: 'string', default: '4600' },
        'account': { type: 'string', default: '000000000000' },
        'processor': { type: 'string', multiple: true, default: [] },
        'lambda-endpoint': { type: 'string' },
        'events-endpoint': { type: 'string' },
        'help': { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    // Node adds advice on positional arguments after the first sentence; the emulator takes none.
    throw new Error(`${(error as Error).message.split('. ')[0]} (see --help)`);
  }
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new Error(`--port must be a number from 0 to 65535, got ${JSON.stringify(text)}`);
  }
  return port;
}

function toAccount(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new Error(`--account must be 12 digits, got ${JSON.stringify(text)}`);
  return text;
}

function toProcessors(texts: string[]): Record<string, string> {
  return Object.fromEntries(texts.map(text => {
    const [name, ...path] = text.split('=');
    if (!name || path.length === 0) {
      throw new Error(`--processor must be <function name or ARN>=<path of a module>, got ${JSON.stringify(text)}`);
    }
    return [name, path.join('=')];
  }));
}

async function start(options: EmulatorOptions): Promise<Emulator> {
  const { port } = options;
  try {
    return await startEmulator(options);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    const explanations: Record<string, string> = {
      EADDRINUSE: `port ${port} is in use: stop what listens there, or choose another with --port (0 picks a free one)`,
      EACCES: `port ${port} needs privileges: choose one above 1023 with --port`,
    };
    throw new Error(explanations[reason ?? ''] ?? (error as Error).message);
  }
}

function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
