import { Component, awscdk } from 'projen';
import { jestOf } from './test-projects';

/**
 * Tasks that verify the library on this machine: the local deployment, the demo, the benchmarks, the newest CDK.
 */
export class VerificationTasks extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const setup = project.addTask('setup:local', {
      description: 'Install the pinned Python packages of the local deployment and the conformance tests',
      exec: 'tsx local/deployment/setup.ts',
    });
    project.testTask.prependSpawn(setup);

    project.addTask('service-model', {
      description: "Write anew what the emulator knows of the services' models, from botocore's copy of them",
      exec: '.venv/bin/python tools/service-model/print.py > local/emulator/protocol/service-model.json',
    }).prependSpawn(setup);

    const demo = project.addTask(
      'demo', { description: 'Deploy examples/typescript with the real cdk command, without an account' },
    );
    demo.spawn(project.tasks.tryFind('bundle')!);
    demo.exec('tsx local/demo/main.ts');

    project.addTask('test:properties', {
      description: 'Play generated sequences of stack operations, every fault of every call, and hostile input',
      exec: jestOf('properties'),
    });
    const exhaustive = project.addTask('test:exhaustive', {
      description: 'Search long for stack operations that the handlers get wrong, and for input that harms handlers or '
        + 'emulator',
      env: { PROPERTIES_STEPS: '100000', STORM_STEPS: '100000', HOSTILE_RUNS: '50000' },
    });
    exhaustive.exec(jestOf('properties', '--testTimeout=36000000'));
    const bench = project.addTask('bench', {
      description: 'Measure the library against what one would use instead; with names of parts, those alone',
      receiveArgs: true,
    });
    bench.exec(
      'npx projen compile && npx projen bundle && npm ci --prefix bench --no-audit --no-fund --loglevel=error',
    );
    bench.exec('tsx bench/run.ts', { receiveArgs: true });
    bench.exec('tsx tools/benchmark-chart.ts');

    const newest = project.addTask('test:newest-cdk', {
      description: 'Run the tests of the constructs against the newest aws-cdk-lib',
    });
    newest.exec('npm ci --prefix test/newest-cdk --no-audit --no-fund');
    newest.exec('jest --config test/newest-cdk/jest.config.json');
  }
}
