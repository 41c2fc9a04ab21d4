import { Component, awscdk } from 'projen';

const RUN = 'integ-runner --directory test/integ --language typescript --test-regex "^integ\\..*\\.ts$" --app "npx tsx {filePath}" --parallel-regions us-east-1';

/** Tests that need an account to run; here their snapshots are compared with what is synthesized. */
export class IntegrationTests extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    // The code of the assets changes with each bundle, and comparing leaves it out; the tree shows what the templates do.
    project.gitignore.exclude('/test/integ/*.snapshot/asset.*', '/test/integ/*.snapshot/tree.json');
    project.gitattributes.addAttributes('/test/integ/*.snapshot/**', 'linguist-generated');

    project.addTask('test:integ', { description: 'Compare the snapshots of the integration tests; nothing is deployed', exec: RUN });

    project.addTask('integ:local', {
      description: 'Play the integration tests on this machine, against the emulator', exec: 'tsx test/integ/on-this-machine.ts',
    });
    project.addTask('integ:snapshot', {
      description: 'Write the snapshots of the integration tests anew, without deploying them', exec: `${RUN} --update-on-failed --dry-run`, receiveArgs: true,
    });
    project.addTask('integ:deploy', {
      description: 'Deploy, assert and destroy the integration tests in an account of yours, and write their snapshots anew', exec: `${RUN} --update-on-failed`, receiveArgs: true,
    });
  }
}
