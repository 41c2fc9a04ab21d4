import { RequestTokens } from '../../../local/emulator/store/request-tokens';
import { State } from '../../../local/emulator/store/state';
import { VersionedMap } from '../../../local/emulator/store/versioned-map';

/** What the service holds, copied: a world is arranged once and used many times. Records never change in place. */
export function copyOf(state: State, now: () => number): State {
  const copy = new State(now);
  for (const [name, value] of Object.entries(state)) {
    if (value instanceof VersionedMap || value instanceof RequestTokens) {
      Object.assign(copy[name as keyof State], fieldsOf(value));
    } else if (value instanceof Map) {Object.assign(copy, { [name]: new Map(value) });}
  }
  return copy;
}

function fieldsOf(value: object): object {
  return Object.fromEntries(Object.entries(value)
    .filter(([name]) => name !== 'now')
    .map(([name, field]) => [name, field instanceof Map ? new Map(field) : Array.isArray(field) ? [...field] : field]));
}
