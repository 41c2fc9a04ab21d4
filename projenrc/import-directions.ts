import { Component, type awscdk } from 'projen';

/** The resource types below src/handlers: each knows what all share, and no other type. */
const RESOURCE_TYPES = [
  'app-instance', 'app-instance-admin', 'app-instance-tags', 'app-instance-user', 'channel', 'channel-flow',
  'channel-flow-association',
  'channel-flow-verification',
];

/** What the handlers share, from the lowest on: each may import itself and those before it. */
const SHARED = ['service', 'protocol', 'tags', 'claims', 'reconciler', 'schema'];

/** The rooms of the emulator, from the lowest on: each may import itself and those before it. */
const EMULATOR = ['protocol', 'store', 'switches', 'messages', 'processors', 'operations', 'http'];

interface Zone {
  readonly target: string | readonly string[];
  readonly from: string | readonly string[];
  readonly except?: readonly string[];
  readonly message: string;
}

const CONSTRUCTS = ['./src/*.ts', './src/private/**/*'];

/** The arrows of the map in CONTRIBUTING. */
const ZONES: readonly Zone[] = [
  ...SHARED.map((folder, place) =>
    zone(`handlers/${folder}`, 'handlers', SHARED.slice(0, place + 1), 'what handlers share imports what is below it')),
  ...RESOURCE_TYPES.map(type => zone(
    `handlers/${type}`, 'handlers', [type, ...SHARED], 'a resource type imports no other: what two need is shared',
  )),
  { target: './src/handlers', from: CONSTRUCTS, message: 'handlers import nothing of the constructs' },
  {
    target: CONSTRUCTS,
    from: ['./src/handlers/*.ts', './src/handlers/*/!(properties|tag-property).ts'],
    message: 'constructs import only the properties of handlers',
  },
  {
    target: CONSTRUCTS,
    from: [
      './src/processor-runtime/*', './src/lambda-environment/*', './src/processors/!(settings).ts',
      './src/processors/*/*',
    ],
    message: 'constructs import only the settings of processors',
  },
  zone('lambda-environment', '', ['lambda-environment'], 'what all Lambda code shares imports none of it'),
  zone(
    'processor-runtime',
    '',
    ['processor-runtime', 'lambda-environment'],
    'the runtime of processors is a package entry of its own',
  ),
  zone(
    'processors',
    '',
    ['processors', 'processor-runtime', 'lambda-environment'],
    'processors are built on the runtime alone',
  ),
  ...EMULATOR.map((room, place) => ({
    target: `./local/emulator/${room}`,
    from: './local/emulator',
    except: EMULATOR.slice(0, place + 1).map(lower => `./${lower}`),
    message: 'a room of the emulator imports those that stand before it in the map',
  })),
  {
    target: './src',
    from: ['./local', './test', './bench', './projenrc', './tools', './examples'],
    message: 'the package imports what it holds',
  },
  {
    target: './local',
    from: ['./src', './test', './bench', './projenrc'],
    message: 'so that a misreading of the API can\'t hide in both',
  },
  {
    target: './bench',
    from: ['./test', './projenrc', './tools'],
    message: 'what is measured needs neither tests nor tools',
  },
];

function zone(target: string, from: string, allowed: readonly string[], message: string): Zone {
  return { target: `./src/${target}`, from: `./src/${from}`, except: allowed.map(folder => `./${folder}`), message };
}

/** Imports go one way, and in no circle. */
export class ImportDirections extends Component {
  public constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.eslint!.addRules({
      'import/no-cycle': ['error', { ignoreExternal: true }],
      'import/no-restricted-paths': ['error', { zones: ZONES }],
    });
  }
}
