import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../../local/deployment/project-root';

/** Runs `setup:local` of a project without a Python environment, with the given interpreter. */
async function setUp(interpreter: string) {
  const project = mkdtempSync(join(tmpdir(), 'project-'));
  cpSync(join(PROJECT_ROOT, 'local', 'deployment'), join(project, 'local', 'deployment'), { recursive: true });
  return new Promise<{ code: unknown; stderr: string }>(resolve => execFile(
    process.execPath,
    ['--import', require.resolve('tsx'), join(project, 'local', 'deployment', 'setup.ts')],
    { env: { ...process.env, PYTHON: interpreter } },
    (error, _stdout, stderr) => resolve({ code: error?.code, stderr }),
  ));
}

function interpreterThatSays(version: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'python-')), 'python');
  writeFileSync(path, `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
  return path;
}

test('no Python: one sentence', async () => {
  const { code, stderr } = await setUp('no-such-python');

  expect(code).toBe(1);
  expect(stderr).toBe('the local deployment needs Python 3.10 or newer, but no-such-python is not there; install it, '
    + 'or name one in the environment variable PYTHON\n');
});

test('an old Python: one sentence', async () => {
  const { code, stderr } = await setUp(interpreterThatSays('3.9.18'));

  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^the local deployment needs Python 3\.10 or newer, but \S+ is 3\.9\.18; install it, or [^\n]+\n$/,
  );
});

test('a Python without venv: one sentence', async () => {
  const path = interpreterThatSays('3.12.1');
  writeFileSync(
    path,
    '#!/bin/sh\ncase "$1" in -c) echo 3.12.1;; *) echo "No module named venv" >&2; exit 1;; esac\n',
    { mode: 0o755 },
  );

  const { code, stderr } = await setUp(path);

  expect(code).toBe(1);
  expect(stderr).toMatch(/^\S+ can't make a virtual environment: No module named venv; on Debian [^\n]+\n$/);
});
