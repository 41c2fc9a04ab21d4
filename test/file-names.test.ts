import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';

const FILES = execFileSync('git', ['ls-files', '*.ts'], { cwd: `${__dirname}/..`, encoding: 'utf8' }).trim().split('\n')
  .filter(file => !file.includes('.snapshot/') && file !== '.projenrc.ts');

test('file names are lower case with hyphens, and say what is inside', () => {
  expect(FILES.length).toBeGreaterThan(500);
  const named = /^(integ\.)?[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.ts$/;
  expect(FILES.filter(file => !named.test(basename(file)))).toEqual([]);
  expect(FILES.filter(file => /\b(utils?|helpers?|common|misc)\b/.test(basename(file)))).toEqual([]);
});
