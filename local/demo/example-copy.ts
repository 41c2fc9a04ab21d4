import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { CdkApp } from '../deployment/cdk-cli';
import { PROJECT_ROOT } from '../deployment/project-root';

const EXAMPLE = join(PROJECT_ROOT, 'examples', 'typescript');
const STACK_FILE = join('lib', 'support-chat-stack.ts');

/** What a user changes between two deployments. */
export interface Edit {
  /** The file, from the app's directory. @default - the stack's */
  readonly file?: string;
  readonly from: string;
  readonly to: string;
}

/**
 * A copy of the example app that can be edited the way its owner would. The example itself stays free of everything
 * that only a demo needs.
 */
export class ExampleCopy {
  public readonly app: CdkApp;

  public constructor(directory: string) {
    cpSync(EXAMPLE, directory, {
      recursive: true,
      filter: path => !/node_modules|cdk\.out/.test(relative(EXAMPLE, path)),
    });
    writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({
      compilerOptions: { target: 'ES2022', module: 'node16', paths: libraryPaths(directory) },
    }));
    this.app = { directory, command: `"${process.execPath}" --import tsx app.ts` };
  }

  /** Makes the edits, and answers the lines that show them, as a diff does. */
  public edit(...edits: Edit[]): string[] {
    edits.forEach(edit => this.make(edit));
    return edits.flatMap(({ from, to }) => [...marked('-', from), ...marked('+', to)]);
  }

  private make({ file = STACK_FILE, from, to }: Edit): void {
    const path = join(this.app.directory, file);
    const source = readFileSync(path, 'utf8');
    const found = source.split(from).length - 1;
    if (found !== 1) {
      throw new Error(`the demo's edits do not fit the example any more: ${JSON.stringify(from)} stands ${found} times `
        + `in ${path}, must be once`);
    }
    writeFileSync(path, source.replace(from, () => to));
  }
}

/**
 * The library is this project, not a package from the registry: its constructs as source, the processors' runtime as it
 * is shipped.
 */
function libraryPaths(directory: string): Record<string, string[]> {
  return {
    'cdk-chime-messaging': [relative(directory, join(PROJECT_ROOT, 'src', 'index.ts'))],
    'cdk-chime-messaging/processor': [relative(directory, join(PROJECT_ROOT, 'lib', 'processor', 'index.mjs'))],
  };
}

function marked(mark: string, text: string): string[] {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  // The first line may begin in the middle of one; the others keep what they are indented more than the least.
  const indents = lines.slice(1).map(line => line.search(/\S/));
  const least = Math.min(...indents);
  return lines.map((line, index) => `${mark} ${index === 0 ? line.trimStart() : line.slice(least)}`);
}
