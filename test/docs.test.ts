/** README, the pages of docs/ and the other documents: their code is code, and their links lead somewhere. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagrams } from '../tools/channel-flow-diagram';

const ROOT = join(__dirname, '..');
const REPOSITORY = /https:\/\/github\.com\/cdk-chime-messaging\/cdk-chime-messaging\/(?:blob|tree)\/main\//;

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const PAGES = [
  'README.md', ...readdirSync(join(ROOT, 'docs')).filter(file => file.endsWith('.md')).map(file => `docs/${file}`),
];
const DOCUMENTS = [
  ...PAGES, 'CONTRIBUTING.md', 'SECURITY.md', 'bench/README.md', 'examples/languages/README.md',
  'examples/typescript/README.md',
];

/** Lambda code: jsii-rosetta compiles CDK code only. */
const BLOCKS = PAGES.flatMap(page => [...read(page).matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => [page, code]));

test(
  'README and pages show Lambda code',
  () => expect(new Set(BLOCKS.map(([page]) => page))).toEqual(new Set(['README.md', 'docs/processors.md'])),
);

test.each(BLOCKS)('the Lambda code of %s compiles', (_, code) => {
  // Inside the project, so that the SDK's types are found.
  const folder = mkdtempSync(join(ROOT, 'test-readme-'));
  try {
    writeFileSync(join(folder, 'block.mjs'), String(code));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
      compilerOptions: {
        allowJs: true,
        checkJs: true,
        noEmit: true,
        strict: true,
        noImplicitAny: false,
        skipLibCheck: true,
        module: 'node16',
        target: 'es2022',
        types: ['node'],
      },
      files: ['block.mjs'],
    }));
    execFileSync(join(ROOT, 'node_modules', '.bin', 'tsc'), ['--project', folder], { encoding: 'utf8', stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the Python recipe that is shown is the one that is tested', () => {
  const [, recipe] = /^```python\n(.*?)^```$/ms.exec(read('docs/processors.md'))!;
  expect(read('examples/processors/python/handler.py')).toContain(recipe);
});

test('the README is what a newcomer reads on the first day, and leads to each page', () => {
  expect(read('README.md').split('\n').length).toBeLessThanOrEqual(200);
  for (const page of PAGES.slice(1)) expect(read('README.md')).toContain(`/blob/main/${page}\n`);
});

const anchors = (file: string) => [...read(file).matchAll(/^#+ (.*)$/gm)]
  .map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));

test.each(DOCUMENTS)('the links of %s lead to files and headings that are there', document => {
  const text = read(document).replace(/^```.*?^```$/gms, '');
  const folder = join(document, '..');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$/gm)].map(
    ([, inline, reference]) => inline ?? reference,
  );
  for (const target of targets) {
    const isOurs = REPOSITORY.test(target);
    if (!isOurs && /^[a-z]+:/.test(target)) continue;
    const [file, anchor] = (isOurs ? target.replace(REPOSITORY, '') : join(folder, target)).split('#');
    expect([target, existsSync(join(ROOT, file))]).toEqual([target, true]);
    if (anchor !== undefined) expect(anchors(file)).toContain(anchor);
  }
  // Names of references that have no line of their own would be shown as they are written.
  for (const [, name] of text.matchAll(/\]\[([^\]]+)\]/g)) expect(text).toContain(`\n[${name}]: `);
});

test.each(Object.entries(diagrams()))('%s is shown, and is what is drawn: npm run diagram', (file, content) => {
  expect(read('README.md')).toContain(`"${file}"`);
  expect(read(file) === content).toBe(true);
});
