import { Behaviour, DEFAULT_BEHAVIOUR, SWITCHES } from '../../../local/emulator';
import type { Answers, Switch } from '../../../local/probe/question';
import { UNASKED } from '../../../local/probe/questions';

/** Switches that are the emulator's own, and no behaviour of the service. */
export const OWN_SWITCHES: readonly Switch[] = ['latencyMs', 'faults'];

const TAKES_A_FUNCTION: readonly Switch[] = ['deniedMessageStatus', 'unnamedByCallback'];
const OF_DELETED_CHANNELS: readonly Switch[] = [
  'deletedChannelListing', 'deletedChannelListingMs', 'deletedChannelBlocksFlow',
];
const OF_LINGERING_CHANNELS: readonly Switch[] = ['deletedChannelListingMs', 'deletedChannelBlocksFlow'];

/** A busy machine looks late; never too early. */
const TOLERANCE_MS = 700;

/** What a probe must answer to an emulator with these switches. */
export function expectedAnswers(switches: Partial<Behaviour>, withFunction: boolean): Answers {
  const behaviour = { ...DEFAULT_BEHAVIOUR, ...switches };
  const silent = new Set<Switch>([
    ...OWN_SWITCHES,
    ...UNASKED.map(({ name }) => name),
    ...withFunction ? [] : TAKES_A_FUNCTION,
    ...behaviour.deleteAppInstanceWithFlows === 'success' ? [] : OF_DELETED_CHANNELS,
    ...behaviour.deletedChannelListing === 'lingers' ? [] : OF_LINGERING_CHANNELS,
  ]);
  return Object.fromEntries(
    SWITCHES.filter(name => !silent.has(name)).map(name => [name, expectation(behaviour[name])]),
  );
}

function expectation(setting: unknown): unknown {
  return typeof setting === 'number' && setting > 0 ? measured(setting) : setting;
}

/** A measurement: an upper bound of the truth. Asymmetric matchers have no public base class. */
function measured(truth: number) {
  return {
    $$typeof: Symbol.for('jest.asymmetricMatcher'),
    asymmetricMatch: (value: unknown) =>
      typeof value === 'number' && value >= truth && value <= 1.3 * truth + TOLERANCE_MS,
    toAsymmetricMatcher: () => `${truth} to ${1.3 * truth + TOLERANCE_MS}`,
    toString: () => 'measured',
    getExpectedType: () => 'number',
  };
}
