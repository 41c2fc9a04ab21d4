import { Component, JsonFile, awscdk } from 'projen';

/** Folders whose TypeScript jsii doesn't see; ESLint and editors need a tsconfig in each. */
const FOLDERS = [
  'src/handlers', 'src/lambda-environment', 'src/processor-runtime', 'src/processors', 'local', 'bench', 'tools',
];

/** Type-checks all that jsii leaves out; jest only strips types. */
export class TypeChecking extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const task = project.addTask('typecheck', { description: 'Type-check handlers, local tools and tests' });
    for (const folder of FOLDERS) {
      const root = folder.split('/').map(() => '..').join('/');
      new JsonFile(project, `${folder}/tsconfig.json`, {
        obj: {
          extends: `${root}/test/tsconfig.json`,
          // Nothing is emitted, and what a declaration could not name is no fault.
          compilerOptions: { rootDir: root, declaration: false },
          include: ['**/*.ts'],
          exclude: ['node_modules'],
        },
      });
      project.tsconfigDev!.addInclude(`../${folder}/**/*.ts`);
    }
    // All at once: what they share, the types of aws-cdk-lib and the SDK, is read and checked one time.
    task.exec('tsc --project test');
    // Its tsconfig.json is a user's; it takes the library from here.
    task.exec('tsc --noEmit --project examples/typescript');
    project.testTask.spawn(task);
  }
}
