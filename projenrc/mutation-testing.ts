import { Component, JsonFile, awscdk } from 'projen';

/**
 * Changes the handlers in small ways and looks whether a test notices. It takes far too long for every build; what
 * hasn't changed since the last run on this machine is not looked at again.
 */
export class MutationTesting extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    // The newest that runs on Node 20.
    project.addDevDeps('@stryker-mutator/core@9.6.1', '@stryker-mutator/jest-runner@9.6.1');

    new JsonFile(project, 'stryker.config.json', {
      // Stryker takes the mark for an option that it doesn't know.
      marker: false,
      obj: {
        mutate: [
          'src/handlers/**/*.ts', 'src/lambda-environment/**/*.ts', '!src/handlers/index.ts',
          '!src/handlers/*/properties.ts',
        ],
        testRunner: 'jest',
        plugins: ['@stryker-mutator/jest-runner'],
        coverageAnalysis: 'perTest',
        jest: {
          // The rest comes from package.json.
          config: {
            projects: [],
            testMatch: ['<rootDir>/test/handlers/**/*.test.ts'],
            runner: '<rootDir>/test/mutation/nearest-first-runner.cjs',
            testEnvironment: './test/mutation/first-failure-environment.cjs',
          },
        },
        // Jest strips types only. Of what the compiler would refuse most dies soon; to ask it takes longer than to run
        // the tests.
        disableTypeChecks: false,
        concurrency: 2,
        // Jest keeps a little of every run.
        maxTestRunnerReuse: 50,
        timeoutMS: 10_000,
        thresholds: { high: 95, low: 90, break: 90 },
        incremental: true,
        incrementalFile: '.local/mutation/incremental.json',
        tempDirName: '.local/mutation/sandbox',
        reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
        clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
        htmlReporter: { fileName: '.local/mutation/report.html' },
        jsonReporter: { fileName: '.local/mutation/report.json' },
        // What the tests of the handlers don't read.
        ignorePatterns: [
          '/.local', '/.venv', '/bench', '/coverage', '/dist', '/docs', '/examples', '/lib', '/test-reports',
          '/test/integ',
        ],
        allowConsoleColors: false,
      },
    });

    project.addTask('test:mutation', {
      description: 'Change the handlers in small ways, and count the changes that no test notices',
      exec: 'stryker run',
      receiveArgs: true,
    });
  }
}
