import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './packed';

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const assembly = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));

test('Construct Hub finds and classifies the package', () => {
  expect(manifest.keywords).toEqual(expect.arrayContaining(['cdk', 'aws-cdk', 'awscdk', 'chime']));
  expect(assembly.keywords).toEqual(manifest.keywords);
  expect(manifest.license).toBe('Apache-2.0');
  expect(assembly.docs.stability).toBe(manifest.stability);
  expect(Object.keys(assembly.dependencies).sort()).toEqual(['aws-cdk-lib', 'constructs']);
});

test('says who maintains it, and where', () => {
  expect(manifest.author).toMatchObject({ name: expect.any(String), email: expect.stringContaining('@') });
  expect(manifest.repository.url).toMatch(/^https:\/\/github\.com\/.*\.git$/);
  expect(manifest.bugs.url).toBe(manifest.repository.url.replace(/\.git$/, '/issues'));
  expect(manifest.homepage).toBe(manifest.repository.url.replace(/\.git$/, '#readme'));
  expect(readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')).toContain(manifest.author.email);
});

test.each(['java', 'python', 'dotnet', 'go'])(
  'has a name in %s', language => expect(assembly.targets).toHaveProperty(language),
);

test('the next release has the version that the changelog begins with', () => {
  const { stdout } = spawnSync('npx', ['projen', 'bump:next-version'], { cwd: ROOT, encoding: 'utf8' });
  const [heading] = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').match(/^## .*/m)!;
  expect(stdout.trim()).toMatch(/^[0-9]+\.[0-9]+\.[0-9]+$/);
  expect(heading).toMatch(new RegExp(`^## ${stdout.trim()}\\b`));
});
