import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagrams } from '../projenrc/channel-flow-diagram';

const ROOT = join(__dirname, '..');

/** Lambda code in the README: jsii-rosetta compiles CDK code only. */
const BLOCKS = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);

test('the README shows Lambda code', () => expect(BLOCKS.length).toBeGreaterThan(0));

test.each(BLOCKS.map((code, index) => [index + 1, code]))('Lambda code block %d of the README compiles', (_, code) => {
  // Inside the project, so that the SDK's types are found.
  const folder = mkdtempSync(join(ROOT, 'test-readme-'));
  try {
    writeFileSync(join(folder, 'block.mjs'), String(code));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
      compilerOptions: {
        allowJs: true, checkJs: true, noEmit: true, strict: true, noImplicitAny: false, skipLibCheck: true, module: 'node16', target: 'es2022', types: ['node'],
      },
      files: ['block.mjs'],
    }));
    execFileSync(join(ROOT, 'node_modules', '.bin', 'tsc'), ['--project', folder], { encoding: 'utf8', stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the Python recipe of the README is the one that is tested', () => {
  const [, recipe] = /^```python\n(.*?)^```$/ms.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))!;
  expect(readFileSync(join(ROOT, 'examples', 'processors', 'python', 'handler.py'), 'utf8')).toContain(recipe);
});

test.each(Object.entries(diagrams()))('%s is shown, and is what is drawn: npm run diagram', (file, content) => {
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`"${file}"`);
  expect(readFileSync(join(ROOT, file), 'utf8') === content).toBe(true);
});
