import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLockFile } from '../../../local/deployment/lock-file';

const lockPath = () => join(mkdtempSync(join(tmpdir(), 'lock-')), 'lock');

test('one at a time', async () => {
  const path = lockPath();
  let inside = 0;
  let most = 0;
  const work = () => withLockFile(path, async () => {
    most = Math.max(most, ++inside);
    await new Promise(resolve => setTimeout(resolve, 20));
    inside--;
  });

  await Promise.all([work(), work(), work()]);

  expect(most).toBe(1);
  expect(existsSync(path)).toBe(false);
});

test('the lock goes when the work fails', async () => {
  const path = lockPath();

  await expect(withLockFile(path, async () => { throw new Error('no luck'); })).rejects.toThrow('no luck');

  expect(existsSync(path)).toBe(false);
});

test('the lock of a process that died is taken over', async () => {
  const path = lockPath();
  const dead = execFileSync(process.execPath, ['-p', 'process.pid']).toString().trim();
  writeFileSync(path, dead);

  await expect(withLockFile(path, async () => 'done')).resolves.toBe('done');
});
