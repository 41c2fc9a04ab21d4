import { Component, awscdk } from 'projen';

/**
 * Bundles what jsii doesn't compile: the handlers of the custom resources, and the local tools. Both carry the SDK
 * inside, so the package has no runtime dependency.
 */
export class Bundling extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const bundle = project.addTask('bundle', {
      description: 'Bundle the handlers into one asset directory, the processor runtime, and the local tools into one '
        + 'file',
    });
    bundle.exec('tsx tools/bundling/handlers.ts');
    bundle.exec('tsx tools/bundling/processor-runtime.ts');
    bundle.exec('tsx tools/bundling/processors.ts');
    bundle.exec('tsx tools/bundling/cli.ts');
    project.postCompileTask.spawn(bundle);
    // Tests synthesize with the real asset and run the real bundle.
    project.testTask.prependSpawn(bundle);

    const notice = project.addTask(
      'notice', { description: 'Write NOTICE: which packages the bundles hold, with their licences' },
    );
    notice.spawn(bundle);
    notice.exec('tsx tools/bundling/notice.ts');
    // Whatever upgrades what is bundled.
    project.upgradeWorkflow?.postUpgradeTask.spawn(notice);
  }
}
