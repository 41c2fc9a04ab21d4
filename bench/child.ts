import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BENCH } from './contestants';
import { isolatedEnvironment } from '../local/deployment/environment';

export interface ChildOptions {
  readonly runDirectory: string;
  readonly env?: Record<string, string>;
  /** @default - the Node.js that runs this */
  readonly node?: string;
  /** @default - where the contestants are installed */
  readonly cwd?: string;
}

/** Runs a Node.js script to its end in a process of its own, with a home of the run's own; fails with what it said. */
export async function runNode(
  args: readonly string[], { runDirectory, env, node, cwd }: ChildOptions,
): Promise<string> {
  mkdirSync(runDirectory, { recursive: true });
  try {
    const { stdout } = await promisify(execFile)(node ?? process.execPath, args, {
      cwd: cwd ?? BENCH,
      env: { ...isolatedEnvironment(runDirectory), CDK_DISABLE_VERSION_CHECK: '1', ...env },
      maxBuffer: 2 ** 26,
    });
    return stdout;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(stderr || message, { cause: error });
  }
}

/** Node.js of the major that Lambda runs the providers with: the one beside the contestants, unless this is one. */
export function lambdaNode(): string {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  return join(BENCH, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
}
