/**
 * Bundles the processors' runtime, `cdk-chime-messaging/processor`, for CommonJS and for ES modules, with its types.
 *
 * `npx tsx projenrc/bundle-processor-runtime.ts`; the task `bundle` does it.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgram, flattenDiagnosticMessageText, getPreEmitDiagnostics, ModuleKind, ScriptTarget } from 'typescript';
import { trimmedBundle } from './trimmed-bundle';

/** Where `exports` and `typesVersions` of package.json point. */
const OUT = 'lib/processor';
const SOURCE = 'src/processor-runtime';
const ENTRY = `${SOURCE}/index.ts`;
/** The declarations that index.d.ts refers to; the rest is not for authors. */
const PUBLIC = ['index', 'types', 'decision'];

async function main(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  // One of each: an author's ES module can't hold CommonJS code that requires Node's modules, when esbuild bundles it.
  await bundle('cjs', `${OUT}/index.cjs`);
  await bundle('esm', `${OUT}/index.mjs`);
  declarations();
}

function bundle(format: 'cjs' | 'esm', outfile: string): Promise<void> {
  return trimmedBundle({
    entryPoints: [ENTRY],
    outfile,
    format,
    // The oldest that Lambda runs and the SDK supports.
    target: 'node20',
    // An import left to the runtime would fail the author's own bundling.
    alias: Object.fromEntries(['bowser', '@smithy/core/event-streams'].map(name => [name, `./${SOURCE}/never-loaded.ts`])),
  });
}

function declarations(): void {
  const all = mkdtempSync(join(tmpdir(), 'processor-declarations-'));
  const program = createProgram([ENTRY], {
    declaration: true,
    emitDeclarationOnly: true,
    outDir: all,
    rootDir: 'src',
    strict: true,
    target: ScriptTarget.ES2022,
    module: ModuleKind.Node16,
    skipLibCheck: true,
    types: ['node'],
  });
  const problems = [...getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (problems.length > 0) throw new Error(problems.map(({ messageText }) => flattenDiagnosticMessageText(messageText, '\n')).join('\n'));
  for (const name of PUBLIC) cpSync(join(all, 'processor-runtime', `${name}.d.ts`), `${OUT}/${name}.d.ts`);
  rmSync(all, { recursive: true });
  // TypeScript takes a declaration's module format from its name.
  writeFileSync(`${OUT}/index.d.mts`, "export * from './index.js';\n");
}

void main();
