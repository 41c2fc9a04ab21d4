import { Answer } from './api';
import { World } from './world';
import { viewOf } from '../store/state-view';

export const LOCAL_PREFIX = '/_local/';

type Endpoint = (world: World, body: string) => unknown;

/** What the emulator offers beside the API, to those who run and test with it. */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /_local/state': world => viewOf(world.state),
  'GET /_local/calls': world => world.calls.all(),
  'GET /_local/events': world => world.state.events.all(),
  'GET /_local/behaviour': world => world.behaviour,
  'PUT /_local/behaviour': (world, body) => {
    world.setBehaviour(JSON.parse(body));
    return world.behaviour;
  },
  'POST /_local/reset': world => {
    world.reset();
    return {};
  },
};

export function serveLocal(world: World, method: string, path: string, body: string): Answer {
  const endpoint = ENDPOINTS[`${method} ${path}`];
  if (!endpoint) {
    return problem(404, `no such endpoint: ${method} ${path}; there are ${Object.keys(ENDPOINTS).join(', ')}`);
  }
  try {
    return { status: 200, body: JSON.stringify(endpoint(world, body), undefined, 2) };
  } catch (error) {
    return problem(400, (error as Error).message);
  }
}

function problem(status: number, message: string): Answer {
  return { status, body: JSON.stringify({ Message: message }) };
}
