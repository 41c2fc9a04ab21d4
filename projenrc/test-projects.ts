import { Component, type awscdk } from 'projen';

const TRANSFORM = { '^.+\\.[t]sx?$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }] };

const ELSEWHERE = [
  '<rootDir>/.local/', '<rootDir>/dist/', '<rootDir>/examples/', '<rootDir>/test/newest-cdk/package.json',
];

const QUIET_SDK = '<rootDir>/test/support/quiet-sdk.ts';

interface TestProject {
  readonly displayName: string;
  readonly testMatch: readonly string[];
  readonly testTimeout: number;
  readonly [option: string]: unknown;
}

/** What `npm test` runs, and what has tasks of its own: each test belongs to one of these. */
const PROJECTS: readonly TestProject[] = [
  {
    displayName: 'unit',
    testMatch: ['<rootDir>/test/**/*.test.ts'],
    testPathIgnorePatterns: [
      '/node_modules/', '/test/compatibility/', '/test/package/', '/test/properties/', '/test/hostile/',
    ],
    coveragePathIgnorePatterns: ['/node_modules/', '/lib/'],
    clearMocks: true,
    testTimeout: 60_000,
  },
  {
    displayName: 'properties',
    testMatch: ['<rootDir>/test/properties/*.test.ts', '<rootDir>/test/hostile/*.test.ts'],
    testTimeout: 600_000,
  },
  { displayName: 'package', testMatch: ['<rootDir>/test/package/*.test.ts'], testTimeout: 180_000 },
];

/** Runs one of the projects; what follows are patterns of paths. */
export function jestOf(project: string, ...options: string[]): string {
  // --ci ends the list of projects.
  return ['jest', '--selectProjects', project, '--ci', ...options].join(' ');
}

/**
 * One configuration for all tests, so that `npx jest <path>` finds each of them. The same tests with the newest
 * aws-cdk-lib have one of their own, since it needs an installation of its own.
 */
export class TestProjects extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.tryFindObjectFile('package.json')!.addOverride('jest.projects', PROJECTS.map(options => ({
      transform: TRANSFORM, modulePathIgnorePatterns: ELSEWHERE, setupFiles: [QUIET_SDK], ...options,
    })));
  }
}
