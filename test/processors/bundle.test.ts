/** What `npx projen bundle` makes: as small as it gets, for what loads sooner answers sooner. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUNDLES = resolve(__dirname, '../../lib/processors');

function zipped(...folders: string[]): number {
  const files = folders.flatMap(folder => readdirSync(join(BUNDLES, folder)).map(file => join(BUNDLES, folder, file)));
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
}

test.each([
  ['word-filter', 140],
  ['pii-redactor', 66],
])('the code of %s is at most %d KB zipped', (folder, limit) => {
  expect(zipped(folder, 'chunks')).toBeLessThanOrEqual(limit * 1024);
});

test.each([
  ['the engine of the patterns', 'word-filter/index.mjs', /error parsing regexp/],
  ['the lists of any filter', 'word-filter/index.mjs', /export default/],
  ['the other processor', 'pii-redactor/index.mjs', /GetParameter/],
])('%s is not in %s', (_, file, sign) => expect(readFileSync(join(BUNDLES, file), 'utf8')).not.toMatch(sign));
