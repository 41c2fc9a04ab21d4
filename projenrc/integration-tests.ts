import { Component, awscdk, type TaskStepOptions } from 'projen';

const RUN = 'integ-runner --directory test/integ --language typescript --test-regex "^integ\\..*\\.ts$" --app "npx tsx '
  + '{filePath}" --parallel-regions us-east-1';

/** Tests that need an account to run; here their snapshots are compared with what is synthesized. */
export class IntegrationTests extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    // Comparing leaves out the hashes of assets; a verification's revision, which is made of the processor's code, it
    // does not.
    project.gitignore.exclude('/test/integ/*.snapshot/asset.*', '/test/integ/*.snapshot/tree.json');
    project.gitattributes.addAttributes('/test/integ/*.snapshot/**', 'linguist-generated');

    const add = (name: string, description: string, exec: string, options: TaskStepOptions = {}) => {
      const task = project.addTask(name, { description });
      // Bundles that are missing fail the synthesis, and old ones would be written into the snapshots.
      task.spawn(project.tasks.tryFind('bundle')!);
      task.exec(exec, options);
    };
    add('test:integ', 'Compare the snapshots of the integration tests; nothing is deployed', RUN);
    add(
      'integ:local',
      'Play the integration tests on this machine, against the emulator',
      'tsx test/integ/on-this-machine.ts',
    );
    add('integ:snapshot', 'Write the snapshots of the integration tests anew, without deploying them',
      `${RUN} --update-on-failed --dry-run`, { receiveArgs: true });
    add(
      'integ:deploy',
      'Deploy, assert and destroy the integration tests in an account of yours, and write their snapshots anew',
      `${RUN} --update-on-failed`,
      { receiveArgs: true },
    );
  }
}
