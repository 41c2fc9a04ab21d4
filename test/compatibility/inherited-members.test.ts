/**
 * jsii's C# proxies implement every member that an interface inherits, as it was where the package was compiled: at the
 * lowest supported CDK. A member that a newer CDK adds makes them fail to load (aws/constructs 2847), so the floor has
 * to be raised.
 */
import { join } from 'node:path';
import { addedMembers, assembliesIn, inheritedInterfaces, requiredMembers, type Assemblies } from './inherited-members';

const ROOT = join(__dirname, '..', '..');
const FLOOR = assembliesIn(join(ROOT, 'node_modules'));
const NEWEST = assembliesIn(join(ROOT, 'test', 'newest-cdk', 'node_modules'));
const INHERITED = inheritedInterfaces(join(ROOT, 'src', 'index.ts'), FLOOR);

test('the interfaces that ours inherit are found', () => {
  expect(INHERITED).toContain('aws-cdk-lib.IResource');
  expect([...requiredMembers('aws-cdk-lib.IResource', FLOOR)]).toEqual(
    expect.arrayContaining(['applyRemovalPolicy', 'env', 'node', 'stack', 'with']),
  );
});

test.each(INHERITED)('%s demands nothing more of the newest CDK than of the lowest that is supported', fqn => {
  expect(addedMembers(fqn, FLOOR, NEWEST)).toEqual([]);
});

/** The CDK, with a method that IConstruct has or has not, as from constructs 10.5.0 on. */
function cdk(methods: string[], optional: string[] = []): Assemblies {
  const type = (fqn: string, more: object) => ({ [fqn]: { fqn, kind: 'interface', ...more } });
  return {
    'constructs': {
      types: {
        ...type('constructs.IDependable', {}),
        ...type('constructs.IConstruct', {
          interfaces: ['constructs.IDependable'],
          methods: methods.map(name => ({ name })),
          properties: [{ name: 'node' }, ...optional.map(name => ({ name, optional: true }))],
        }),
      },
    },
    'aws-cdk-lib': {
      types: type('aws-cdk-lib.IResource', { interfaces: ['constructs.IConstruct'], properties: [{ name: 'env' }] }),
    },
  } as unknown as Assemblies;
}

test('a method that an inherited interface gains, as IConstruct.with was, is found', () => {
  expect(addedMembers('aws-cdk-lib.IResource', cdk([]), cdk(['with']))).toEqual(['with']);
  expect(addedMembers('aws-cdk-lib.IResource', cdk(['with']), cdk(['with']))).toEqual([]);
});

test('an optional property, which jsii gives a default in C#, is none of them', () => {
  expect(addedMembers('aws-cdk-lib.IResource', cdk([]), cdk([], ['more']))).toEqual([]);
});

test('an interface that went away says so', () => {
  expect(() => addedMembers('aws-cdk-lib.IGone', FLOOR, NEWEST)).toThrow(
    'aws-cdk-lib.IGone must be an interface of the CDK, got nothing',
  );
});
