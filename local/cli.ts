#!/usr/bin/env node
import { emulatorCommand } from './emulator/command';
import { probeCommand } from './probe/command';

/** A command of `cdk-chime-messaging`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** Runs until the command is done; an error's message is all that the user sees. */
  run(args: string[]): Promise<void>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  emulator: emulatorCommand,
  probe: probeCommand,
};

const HELP = `usage: cdk-chime-messaging <command> [options]

${Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

Add --help to a command for its options.`;

async function main([name, ...args]: string[]): Promise<void> {
  if (name === undefined || name === '--help' || name === '-h') {
    console.log(HELP);
    return;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    throw new Error(`unknown command ${JSON.stringify(name)}: use one of ${Object.keys(COMMANDS).join(', ')}`);
  }
  await COMMANDS[name].run(args);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(`cdk-chime-messaging: ${error.message}`);
  process.exitCode = 1;
});
