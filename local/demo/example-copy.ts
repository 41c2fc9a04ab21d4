import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { CdkApp } from '../deployment/cdk-cli';
import { PROJECT_ROOT } from '../deployment/project-root';

const EXAMPLE = join(PROJECT_ROOT, 'examples', 'typescript');

/** What a user changes in the stack's file between two deployments. */
export interface Edit {
  readonly from: string;
  readonly to: string;
}

/**
 * A copy of the example app that can be edited the way its owner would. The example itself stays free of everything
 * that only a demo needs.
 */
export class ExampleCopy {
  public readonly app: CdkApp;
  private readonly stackFile: string;

  public constructor(directory: string) {
    cpSync(EXAMPLE, directory, {
      recursive: true,
      filter: (path) => !/node_modules|cdk\.out/.test(relative(EXAMPLE, path)),
    });
    this.stackFile = join(directory, 'lib', 'support-chat-stack.ts');
    // The library is this project's source, not a package from the registry.
    const library = relative(directory, join(PROJECT_ROOT, 'src', 'index.ts'));
    writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({
      compilerOptions: { target: 'ES2022', module: 'node16', paths: { 'cdk-chime-messaging': [library] } },
    }));
    this.app = { directory, command: `"${process.execPath}" --import tsx app.ts` };
  }

  /** Makes the edits, and answers the lines that show them, as a diff does. */
  public edit(...edits: Edit[]): string[] {
    let source = readFileSync(this.stackFile, 'utf8');
    for (const { from, to } of edits) {
      const found = source.split(from).length - 1;
      if (found !== 1) {
        throw new Error(`the demo's edits do not fit the example any more: ${JSON.stringify(from)} stands ${found} times in ${this.stackFile}, must be once`);
      }
      source = source.replace(from, () => to);
    }
    writeFileSync(this.stackFile, source);
    return edits.flatMap(({ from, to }) => [...marked('-', from), ...marked('+', to)]);
  }
}

function marked(mark: string, text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  // The first line may begin in the middle of one; the others keep what they are indented more than the least.
  const indents = lines.slice(1).map((line) => line.search(/\S/));
  const least = Math.min(...indents);
  return lines.map((line, index) => `${mark} ${index === 0 ? line.trimStart() : line.slice(least)}`);
}
