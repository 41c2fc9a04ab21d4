/**
 * Bundles the processors' runtime, `cdk-chime-messaging/processor`, for CommonJS, and makes its types. For ES modules it comes
 * with the ready-made processors: an author's ES module can't hold CommonJS code that requires Node's modules.
 *
 * `npx tsx projenrc/bundle-processor-runtime.ts`; the task `bundle` does it.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgram, flattenDiagnosticMessageText, getPreEmitDiagnostics, ModuleKind, ScriptTarget } from 'typescript';
import { NEVER_LOADED, trimmedBundle } from './trimmed-bundle';

/** Where `exports` and `typesVersions` of package.json point. */
const OUT = 'lib/processor';
const SOURCE = 'src/processor-runtime';
const ENTRY = `${SOURCE}/index.ts`;
/** The declarations that index.d.ts refers to; the rest is not for authors. */
const PUBLIC = ['index', 'types', 'decision'];

async function main(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  await trimmedBundle({
    entryPoints: [ENTRY],
    outfile: `${OUT}/index.cjs`,
    format: 'cjs',
    target: 'node20',
    alias: NEVER_LOADED,
  });
  declarations();
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
