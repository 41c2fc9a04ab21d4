import { Component, awscdk } from 'projen';

/** Checks of what jsii compiled: the design of the API, and the code in README and docstrings. */
export class ApiChecks extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const check = project.addTask('check:api', { description: 'Lint the API and compile the examples of README and docstrings' });
    check.exec('awslint');
    check.exec('jsii-rosetta extract --compile --strict --output .local/rosetta.tabl.json .jsii');
    project.postCompileTask.spawn(check);
  }
}
