/**
 * What the workflows promise (SECURITY.md, Releases): a dependency, a pull request or a moved tag gets nothing that it
 * could publish with.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { pinnedActions } from '../../projenrc/pinned-actions';

const ROOT = join(__dirname, '..', '..');
const FOLDER = join(ROOT, '.github', 'workflows');

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Record<string, unknown>;
  readonly with?: Record<string, unknown>;
}

interface Job {
  readonly permissions?: Record<string, string>;
  readonly environment?: string;
  readonly needs?: string | string[];
  readonly steps: Step[];
}

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions?: unknown;
  readonly env?: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const workflows = Object.fromEntries(
  readdirSync(FOLDER).map(file => [file, parse(readFileSync(join(FOLDER, file), 'utf8')) as Workflow]),
);
const jobs = Object.entries(workflows).flatMap(
  ([file, { jobs: all }]) => Object.entries(all).map(([id, job]) => [`${file}: ${id}`, job] as const),
);
const { jobs: release } = workflows['release.yml'];
const PUBLISHERS = Object.keys(release).filter(id => id.startsWith('release_'));

/** What lets a job change something outside of itself. */
const powers = ({ permissions = {}, steps }: Job) => [
  ...Object.entries(permissions).filter(([, access]) => access === 'write').map(([name]) => name),
  ...[...JSON.stringify(steps).matchAll(/secrets\.(\w+)/g)].map(([, name]) => name),
];

const runsCodeOfDependencies = ({ steps }: Job) => steps.some(({ run = '' }) => /\bprojen\b/.test(run));

test(
  'there are the workflows that are known',
  () => expect(Object.keys(workflows).sort()).toEqual(['build.yml', 'release.yml', 'upgrade-main.yml']),
);

describe.each(Object.entries(workflows))('%s', (_, { on, permissions, env }) => {
  test('gives no permission to all jobs', () => expect(permissions).toEqual({}));
  test('runs no install script', () => expect(env).toMatchObject({ NPM_CONFIG_IGNORE_SCRIPTS: 'true' }));
  test('runs no code of strangers with the rights of the repository', () => {
    expect(Object.keys(on)).not.toContain('pull_request_target');
    expect(Object.keys(on)).not.toContain('workflow_run');
  });
});

describe.each(jobs)('%s', (_, job) => {
  test('has permissions of its own', () => expect(job.permissions).toBeDefined());

  test('uses the commits of the table, and nothing else', () => {
    for (const { uses } of job.steps.filter(step => step.uses !== undefined)) {
      const [action, commit] = uses!.split('@');
      expect([action, commit]).toEqual([action, pinnedActions()[action]?.commit]);
    }
  });

  test('leaves no credentials on the disk', () => {
    for (const step of job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
      expect(step.with).toMatchObject({ 'persist-credentials': false });
    }
  });

  test('installs what the lock file says, and takes no newest of anything', () => {
    for (const { run = '' } of job.steps) {
      expect(run).not.toMatch(/npm (install|i|add)\b|@latest|npx\W+-p\b|pip3? install/);
    }
  });

  test('has either power, or code of dependencies', () => {
    expect([powers(job), runsCodeOfDependencies(job)]).toEqual(
      runsCodeOfDependencies(job) ? [[], true] : [expect.anything(), false],
    );
  });

  test('is protected where it uses secrets or publishes', () => {
    const needsProtection = powers(job).some(power => !['attestations', 'id-token'].includes(power))
      || powers(job).includes('id-token') && !powers(job).includes('attestations');
    expect(job.environment).toEqual(needsProtection ? expect.stringMatching(/^(release|upgrade)$/) : undefined);
  });
});

describe('a release', () => {
  test.each(PUBLISHERS.filter(id => id !== 'release_github'))(
    '%s publishes what another job packed and a third attested',
    id => {
      expect(release[id].needs).toEqual(['release', id.replace('release_', 'package_'), 'attest']);
      expect(release.attest.needs).toContain(id.replace('release_', 'package_'));
      expect(release[id].steps.map(({ uses = '' }) => uses.split('@')[0])).not.toContain('actions/upload-artifact');
    },
  );

  test('takes tokens only where a registry knows no trusted publishing', () => {
    const secrets = PUBLISHERS.flatMap(
      id => [...JSON.stringify(release[id].steps).matchAll(/secrets\.(\w+)/g)].map(([, name]) => name),
    );
    expect([...new Set(secrets)].sort()).toEqual([
      'GITHUB_TOKEN', 'GO_GITHUB_TOKEN', 'MAVEN_GPG_PRIVATE_KEY', 'MAVEN_GPG_PRIVATE_KEY_PASSPHRASE', 'MAVEN_PASSWORD',
      'MAVEN_STAGING_PROFILE_ID',
      'MAVEN_USERNAME', 'NUGET_USERNAME',
    ]);
    for (const id of ['release_npm', 'release_pypi', 'release_nuget']) {
      expect(release[id].permissions).toEqual({ 'contents': 'read', 'id-token': 'write' });
    }
  });

  test('publishes by a version of publib that a lock file of its own names with a hash', () => {
    const lock = JSON.parse(readFileSync(join(ROOT, '.github', 'publish', 'package-lock.json'), 'utf8')).packages;
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, '.github', 'publish', 'package.json'), 'utf8'));
    expect(Object.keys(dependencies)).toEqual(['publib']);
    expect(lock['node_modules/publib'].version).toBe(dependencies.publib);
    for (const [path, { integrity }] of Object.entries<{ integrity?: string }>(lock)) {
      expect([path, path === '' || /^sha512-/.test(integrity ?? '')]).toEqual([path, true]);
    }
  });

  test('attests each kind of package, and the list of what they are made of', () => {
    const { with: { 'subject-path': subjects } = {} } = release.attest.steps.at(-1)!;
    for (const subject of ['*.tgz', '*.whl', '*.tar.gz', '*.jar', '*.pom', '*.nupkg', 'sbom.cdx.json']) {
      expect(subjects).toContain(subject);
    }
    expect(release.release_github.steps.at(-1)!.run).toContain('gh release upload');
  });
});
