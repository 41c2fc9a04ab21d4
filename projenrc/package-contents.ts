import { Component, awscdk } from 'projen';
import { jestOf } from './test-projects';

/** What the npm package holds and how it is entered. */
export class PackageContents extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    // An allow-list: sources, tests, examples and the local tools' sources stay out.
    project.package.addField('files', [
      'lib/*.js', 'lib/*.d.ts', 'lib/private', 'lib/handlers/*/properties.*', 'lib/handlers/tags/tag-property.*',
      'lib/lambda', 'lib/local', 'lib/processor', 'lib/processors',
      '.jsii', '.warnings.jsii.js', 'CHANGELOG.md', 'NOTICE', 'rosetta',
    ]);
    project.package.addField('exports', {
      '.': './lib/index.js',
      './processor': {
        // Bundlers take this one for `require` too: they could not follow the other into the ES module.
        module: { types: './lib/processor/index.d.mts', default: './lib/processor/index.mjs' },
        import: { types: './lib/processor/index.d.mts', default: './lib/processor/index.mjs' },
        default: { types: './lib/processor/index.d.ts', default: './lib/processor/index.cjs' },
      },
      './package.json': './package.json',
      './.jsii': './.jsii',
      './.warnings.jsii.js': './.warnings.jsii.js',
    });

    // `exports` means nothing to TypeScript under module: commonjs, the default of CDK apps.
    project.package.addField('typesVersions', { '*': { processor: ['lib/processor/index.d.ts'] } });

    // jsii would put the command into the Python package as well, where nothing can run it.
    project.package.addBin({ 'cdk-chime-messaging': 'lib/local/cli.js' });
    project.compileTask.exec('tsx tools/hide-command-from-jsii.ts');

    const check = project.addTask('test:package', {
      description: 'Compile, check the API and test the package as a user installs it',
    });
    check.spawn(project.compileTask);
    check.spawn(project.postCompileTask);
    check.exec(jestOf('package'));

    project.addTask('test:languages', {
      description: 'Pack the library for every language, and compare the templates of the same stack in each; after '
        + 'test:package',
      exec: 'tsx tools/languages/run.ts',
    });
  }
}
