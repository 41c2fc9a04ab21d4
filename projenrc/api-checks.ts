import { Component, JsonFile, awscdk } from 'projen';

/** Rules of awslint that don't fit, with the reason. */
const EXCLUSIONS: Record<string, string> = {
  'props-physical-name:cdk-chime-messaging.*': 'awslint derives the expected name from CustomResource',
  'prefer-ref-interface:*': 'the Ref interfaces of Chime come with aws-cdk-lib 2.268; only the ARN is read, so props '
    + 'can be widened then',
  'interface-extends-ref:cdk-chime-messaging.*': 'as above',
  'events-generic:cdk-chime-messaging.ChannelFlow': 'the service documents one event of flows',
  'resource-interface:cdk-chime-messaging.AppInstanceAdmin': 'it is used as an IBearer',
  'resource-interface:cdk-chime-messaging.AppInstanceTags': 'nothing refers to it',
  'resource-interface:cdk-chime-messaging.ChannelFlowAssociation': 'nothing refers to it',
  'resource-interface:cdk-chime-messaging.ChannelFlowVerification': 'nothing refers to it',
  'resource-interface:cdk-chime-messaging.PiiRedactor': 'its interface is IFunction',
  'resource-interface:cdk-chime-messaging.WordFilter': 'its interface is IFunction',
  'construct-ctor-props-optional:cdk-chime-messaging.WordFilter': 'one of its props is needed, whichever',
  'resource-interface:cdk-chime-messaging.TaggedAppInstance': 'its interface is IAppInstance',
};

/** Checks of what jsii compiled: the design of the API, and the code in README, docs and docstrings. */
export class ApiChecks extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    new JsonFile(project, 'awslint.json', { obj: { exclude: Object.keys(EXCLUSIONS) } });
    const check = project.addTask(
      'check:api', { description: 'Lint the API and compile the examples of README, docs and docstrings' },
    );
    check.exec('awslint');
    check.exec('tsx tools/awslint-looks.ts');
    check.exec('jsii-rosetta extract --compile --strict --output .local/rosetta.tabl.json .jsii');
    check.exec('tsx tools/docs-assembly.ts');
    check.exec('jsii-rosetta extract --compile --strict --directory . .local/docs/.jsii');
    project.postCompileTask.spawn(check);
    // The API may only grow; there is nothing to compare with before the first release.
    project.postCompileTask.spawn(project.tasks.tryFind('compat')!, { condition: "git tag --list 'v*' | grep -q ." });
  }
}
