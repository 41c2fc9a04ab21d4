import { Component, JsonFile, awscdk } from 'projen';

interface Area {
  readonly mutate: readonly string[];
  /** Tests that need what is made of the code, as a bundle or a child process, see no mutant, and are left out. */
  readonly tests: readonly string[];
  readonly withoutTests?: readonly string[];
}

const AREAS: Readonly<Record<string, Area>> = {
  handlers: {
    mutate: [
      'src/handlers/**/*.ts', '!src/handlers/index.ts', '!src/handlers/*/properties.ts',
      'src/lambda-environment/**/*.ts',
    ],
    tests: ['test/handlers/**/*.test.ts'],
  },
  processors: {
    mutate: ['src/processor-runtime/**/*.ts', 'src/processors/**/*.ts'],
    tests: ['test/processor-runtime/**/*.test.ts', 'test/processors/**/*.test.ts'],
    withoutTests: ['python-recipe', 'processors/bundle', 'processors/.*/function', 'many-messages', 'cost'],
  },
  constructs: {
    mutate: ['src/*.ts', 'src/private/**/*.ts', '!src/index.ts'],
    tests: ['test/*.test.ts', 'test/private/**/*.test.ts', 'test/governance/**/*.test.ts'],
    withoutTests: [
      'test/docs', 'test/file-names', 'test/import-directions', 'governance/umask', 'governance/arrangements',
    ],
  },
  emulator: {
    mutate: ['local/emulator/operations/**/*.ts', 'local/emulator/messages/**/*.ts'],
    tests: ['test/local/emulator/**/*.test.ts', 'test/conformance/operations.test.ts'],
    withoutTests: ['emulator/memory', 'emulator/message-load', 'emulator/processor-modules'],
  },
};

/**
 * Changes the code in small ways and looks whether a test notices. It takes far too long for every build; what
 * hasn't changed since the last run on this machine is not looked at again.
 */
export class MutationTesting extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    // The newest that runs on Node 20.
    project.addDevDeps('@stryker-mutator/core@9.6.1', '@stryker-mutator/jest-runner@9.6.1');

    const all = project.addTask('test:mutation', {
      description: 'Change the code in small ways, and count the changes that no test notices',
    });
    for (const [area, { mutate, tests, withoutTests = [] }] of Object.entries(AREAS)) {
      const config = `test/mutation/${area}.json`;
      const results = `.local/mutation/${area}`;
      new JsonFile(project, config, {
        // Stryker takes the mark for an option that it doesn't know.
        marker: false,
        obj: {
          mutate,
          testRunner: 'jest',
          plugins: ['@stryker-mutator/jest-runner'],
          coverageAnalysis: 'perTest',
          jest: {
            // The rest comes from package.json.
            config: {
              projects: [],
              testMatch: tests.map(pattern => `<rootDir>/${pattern}`),
              testPathIgnorePatterns: ['/node_modules/', ...withoutTests],
              runner: '<rootDir>/test/mutation/nearest-first-runner.cjs',
              testEnvironment: './test/mutation/first-failure-environment.cjs',
            },
          },
          // Jest strips types only. Of what the compiler would refuse most dies soon; to ask it takes longer than to
          // run the tests.
          disableTypeChecks: false,
          concurrency: 2,
          // Jest keeps a little of every run.
          maxTestRunnerReuse: 50,
          timeoutMS: 10_000,
          thresholds: { high: 95, low: 90, break: 90 },
          incremental: true,
          incrementalFile: `${results}/incremental.json`,
          tempDirName: `${results}/sandbox`,
          reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
          clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
          htmlReporter: { fileName: `${results}/report.html` },
          jsonReporter: { fileName: `${results}/report.json` },
          // What these tests don't read.
          ignorePatterns: [
            '/.local', '/.venv', '/bench', '/coverage', '/dist', '/docs', '/examples', '/lib/*.*', '/test-reports',
            '/test/integ',
          ],
          allowConsoleColors: false,
        },
      });
      all.spawn(project.addTask(`test:mutation:${area}`, {
        description: `The same of ${area} only`,
        exec: `stryker run ${config}`,
        receiveArgs: true,
      }));
    }
  }
}
