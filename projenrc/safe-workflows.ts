import { Component, JsonFile, type awscdk } from 'projen';
import type { GithubWorkflow } from 'projen/lib/github';
import { JobPermission, type Job, type JobStep } from 'projen/lib/github/workflows-model';
import { pinned, pinnedActions } from './pinned-actions';

/**
 * Where what publishes is installed from a lock file of its own, so that no other dependency is there beside the
 * credentials.
 */
const PUBLISH = '.github/publish';
const PUBLIB_VERSION = '0.2.1061';
const PUBLISHED = ['npm', 'maven', 'pypi', 'nuget', 'golang'] as const;
const SBOM = 'dist/sbom.cdx.json';
/** What is attested to come from this workflow: every file that is published, and the list of what is in them. */
const SUBJECTS = ['tgz', 'whl', 'tar.gz', 'jar', 'pom', 'nupkg'].map(extension => `dist/**/*.${extension}`);

/**
 * Makes projen's workflows ones that a dependency can't misuse: no job has a permission that it doesn't need, none
 * leaves credentials on the disk, no install script runs, every action is a commit, and what publishes a package builds
 * nothing.
 */
export class SafeWorkflows extends Component {
  public constructor(private readonly library: awscdk.AwsCdkConstructLibrary) {
    super(library);
    for (const action of Object.keys(pinnedActions())) library.github!.actions.set(action, pinned(action));
    new JsonFile(
      library,
      `${PUBLISH}/package.json`,
      { obj: { private: true, dependencies: { publib: PUBLIB_VERSION } }, marker: false },
    );
    library.addTask('sbom', {
      description: 'List what the package is made of, and what makes it, in CycloneDX',
      exec: `cyclonedx-npm --package-lock-only --output-reproducible --output-file ${SBOM}`,
    });
  }

  public preSynthesize(): void {
    for (const workflow of this.library.github!.workflows) {
      // Of an empty object nothing would be written.
      workflow.file!.addOverride('permissions', new Map());
      workflow.file!.addOverride('env.NPM_CONFIG_IGNORE_SCRIPTS', 'true');
      for (const [id, job] of jobsOf(workflow)) {
        workflow.updateJob(id, { ...job, steps: job.steps.map(withoutCredentials) });
      }
    }
    this.buildReadOnly(this.workflow('build'));
    this.separatePublishing(this.workflow('release'));
    this.limitUpgrade(this.workflow('upgrade-main'));
  }

  private workflow(name: string): GithubWorkflow {
    return this.library.github!.tryFindWorkflow(name)!;
  }

  /** It builds what a pull request brings. */
  private buildReadOnly(workflow: GithubWorkflow): void {
    workflow.updateJob('build', { ...workflow.getJob('build') as Job, permissions: { contents: JobPermission.READ } });
  }

  /**
   * One job packs a language's package, another attests all of them, and the one that may publish it only does that.
   */
  private separatePublishing(workflow: GithubWorkflow): void {
    const jobs = Object.fromEntries(jobsOf(workflow));
    const { release } = jobs;
    workflow.updateJob('release', {
      ...release,
      permissions: { contents: JobPermission.READ },
      steps: release.steps.flatMap(
        step => step.id === 'release' ? [step, { name: 'List what it is made of', run: 'npx projen sbom' }] : [step],
      ),
    });
    for (const target of PUBLISHED) {
      const job = jobs[`release_${target}`];
      const at = job.steps.findIndex(({ name }) => name === 'Release');
      const { environment, ...packaging } = job;
      workflow.addJob(`package_${target}`, {
        ...packaging,
        name: job.name!.replace('Publish to', 'Package for'),
        permissions: { contents: JobPermission.READ },
        steps: [...job.steps.slice(0, at), {
          name: 'Keep the package',
          uses: pinned(
            'actions/upload-artifact',
          ),
          with: { 'name': `package-${target}`, 'path': 'dist', 'if-no-files-found': 'error' },
        }],
      });
      workflow.updateJob(`release_${target}`, {
        ...job,
        needs: ['release', `package_${target}`, 'attest'],
        steps: [
          {
            name: 'Get the package',
            uses: pinned('actions/download-artifact'),
            with: { name: `package-${target}`, path: 'dist' },
          },
          {
            name: 'Checkout',
            uses: pinned('actions/checkout'),
            with: { 'path': '.repo', 'sparse-checkout': PUBLISH, 'persist-credentials': false },
          },
          { name: 'Install publib', run: `npm ci --prefix .repo/${PUBLISH}` },
          ...job.steps.slice(at).map(fromLockFile),
        ],
      });
    }
    workflow.addJob('attest', {
      name: 'Attest where the packages come from',
      needs: ['release', ...PUBLISHED.map(target => `package_${target}`)],
      if: jobs.release_npm.if,
      runsOn: ['ubuntu-latest'],
      permissions: { contents: JobPermission.READ, idToken: JobPermission.WRITE, attestations: JobPermission.WRITE },
      steps: [
        {
          name: 'Get the packages',
          uses: pinned('actions/download-artifact'),
          with: { 'pattern': 'package-*', 'path': 'dist', 'merge-multiple': true },
        },
        {
          name: 'Get the list of what they are made of',
          uses: pinned('actions/download-artifact'),
          with: { name: 'build-artifact', path: 'build' },
        },
        { name: 'Put it beside them', run: `cp build/${SBOM.replace('dist/', '')} ${SBOM}` },
        {
          name: 'Attest',
          uses: pinned('actions/attest-build-provenance'),
          with: { 'subject-path': [...SUBJECTS, SBOM].join('\n') },
        },
      ],
    });
    const github = jobs.release_github;
    workflow.updateJob('release_github', {
      ...github,
      steps: [...github.steps, {
        name: 'Attach the list of what it is made of',
        if: '${{ !inputs.dry_run }}',
        env: { GITHUB_TOKEN: '${{ secrets.GITHUB_TOKEN }}' },
        run: `gh release upload "$(cat dist/releasetag.txt)" ${SBOM} -R "$GITHUB_REPOSITORY" --clobber`,
      }],
    });
  }

  /**
   * What upgrades runs new code of dependencies: its patch may change what dependencies are, and nothing that is run
   * beside secrets.
   */
  private limitUpgrade(workflow: GithubWorkflow): void {
    const { upgrade, pr } = Object.fromEntries(jobsOf(workflow));
    workflow.updateJob('upgrade', {
      ...upgrade,
      steps: upgrade.steps.flatMap(step => step.id === 'upgrade_dependencies' ? [
        step,
        { name: 'Upgrade what publishes', run: `npm update --prefix ${PUBLISH}` },
        { name: 'Upgrade actions', run: 'npx tsx tools/upgrade-actions.ts && npx projen' },
      ] : [step]),
    });
    workflow.updateJob('pr', {
      ...pr,
      environment: 'upgrade',
      steps: pr.steps.flatMap(step => step.id === 'apply_patch' ? [
        // In the checked out main, so that the patch can't change what judges it.
        {
          name: 'Refuse a patch that changes more than dependencies',
          run: 'node tools/check-upgrade-patch.mjs "$RUNNER_TEMP/repo.patch"',
        },
        step,
      ] : [step]),
    });
  }
}

function jobsOf(workflow: GithubWorkflow): [string, Job & { readonly steps: JobStep[] }][] {
  return Object.entries(workflow.jobs).flatMap(([id, job]) => {
    if (!('steps' in job)) return [];
    const steps = job.steps as JobStep[] | (() => JobStep[]);
    return [[id, { ...job, steps: typeof steps === 'function' ? steps() : steps }]];
  });
}

function withoutCredentials(step: JobStep): JobStep {
  return step.uses?.startsWith('actions/checkout@')
    ? { ...step, with: { ...step.with, 'persist-credentials': false } }
    : step;
}

/** projen takes publib from the registry as it runs. */
function fromLockFile(step: JobStep): JobStep {
  const publib = /'(publib-\w+)'$/.exec(step.run ?? '')?.[1];
  return publib === undefined ? step : { ...step, run: `.repo/${PUBLISH}/node_modules/.bin/${publib}` };
}
