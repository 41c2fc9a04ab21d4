import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './packed';
import { bundledPackages, notice, type BundledPackage } from '../../tools/bundling/notice';

const packages = bundledPackages(ROOT);
const GOOD: BundledPackage = {
  name: 'good', version: '1.0.0', license: 'MIT', copyright: 'Copyright (c) 2026 Good', texts: { MIT: 'Do.' },
};

test('NOTICE is what the bundles hold: npm run notice', () => {
  expect(readFileSync(join(ROOT, 'NOTICE'), 'utf8')).toBe(notice(packages));
});

test('lists the packages of every bundle', () => {
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining([
    '@aws-sdk/client-chime-sdk-messaging', '@aws-sdk/client-comprehend', '@smithy/core', 're2js',
  ]));
});

test('says which version of each', () => {
  const lines = readFileSync(join(ROOT, 'NOTICE'), 'utf8').split('\n');
  for (const { name, version } of packages) {
    expect(lines).toContainEqual(
      expect.stringMatching(`^${name} ${version.replaceAll('.', '\\.')}, `),
    );
  }
});

test('keeps the texts of all licences but the library\'s own', () => {
  const text = notice(packages);
  for (const one of packages) {
    for (const license of one.license.split(' AND ').filter(name => name !== 'Apache-2.0')) {
      expect(text).toContain(`--- ${license} ---`);
    }
  }
});

test('holds a licence\'s text once', () => {
  expect(notice([GOOD, { ...GOOD, name: 'other' }]).split('Do.')).toHaveLength(2);
});

test.each(['GPL-3.0', 'MIT AND COPYING-LICENSE.txt', undefined])('refuses what is under %s', license => {
  expect(() => notice([GOOD, { ...GOOD, name: 'bad', license: license! }])).toThrow(`got ${license} of bad 1.0.0`);
});
