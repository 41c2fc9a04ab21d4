/**
 * Makes the types of the processors' runtime, `cdk-chime-messaging/processor`, and its door for CommonJS. Its code is
 * an ES module that comes with the ready-made processors (bundle-processors.ts).
 *
 * `npx tsx tools/bundling/processor-runtime.ts`; the task `bundle` does it.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createProgram, flattenDiagnosticMessageText, getPreEmitDiagnostics, ModuleKind, ScriptTarget,
} from 'typescript';
import './readable-files';

/** Where `exports` and `typesVersions` of package.json point. */
const OUT = 'lib/processor';
const SOURCE = 'src/processor-runtime';
const ENTRY = `${SOURCE}/index.ts`;
/** The declarations that index.d.ts refers to; the rest is not for authors. */
const PUBLIC = ['index', 'types', 'decision'];

/**
 * For CommonJS that is not bundled; bundlers take the ES module, by the condition `module`. Node's own loader takes the
 * ES module too, and it is asked itself where jest stands in for it, whose `require` does not before Node 24.9.
 */
const COMMONJS = `const load = require('node:module')._load;
module.exports = load(require('node:path').join(__dirname, 'index.mjs'), module);
`;

function main(): void {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  writeFileSync(`${OUT}/index.cjs`, COMMONJS);
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
  if (problems.length > 0) {
    throw new Error(problems.map(({ messageText }) => flattenDiagnosticMessageText(messageText, '\n')).join('\n'));
  }
  for (const name of PUBLIC) cpSync(join(all, 'processor-runtime', `${name}.d.ts`), `${OUT}/${name}.d.ts`);
  rmSync(all, { recursive: true });
  // TypeScript takes a declaration's module format from its name.
  writeFileSync(`${OUT}/index.d.mts`, "export * from './index.js';\n");
}

main();
