import { Call } from './call';
import { badRequest } from '../../protocol/errors';
import { isWithin, VersionedMap } from '../../store/versioned-map';

const LARGEST_PAGE = 50;

interface PageRequest {
  MaxResults?: number;
  NextToken?: string;
}

export interface Page<T> {
  readonly items: T[];
  readonly NextToken?: string;
}

/**
 * One page of a list, in order of creation or in the reverse of it. A token names the place after which the next page
 * starts, so that pages neither skip nor repeat anything while entries come and go.
 *
 * @param of what is listed besides the operation, such as the app instance: a token is valid for that only
 */
export function page<T>(
  call: Call<PageRequest>, register: VersionedMap<T>, of: string, filter: (value: T, key: string) => boolean,
  order: 'oldest-first' | 'latest-first' = 'oldest-first',
): Page<T> {
  const scope = `${call.operation} ${of}`;
  const after = call.input.NextToken === undefined ? undefined : decode(call.input.NextToken, scope);
  const size = call.input.MaxResults ?? LARGEST_PAGE;
  const listed = register.list(call.behaviour.listConsistencyMs, filter);
  const ordered = order === 'latest-first' ? listed.reverse() : listed;
  const follows = (place: number) => after === undefined || (order === 'latest-first' ? place < after : place > after);
  const rest = ordered.filter(({ place }) => follows(place));
  const shown = rest.slice(0, size);
  return {
    items: shown.map(({ value }) => value),
    NextToken: rest.length > size ? encode(shown[size - 1].place, scope) : undefined,
  };
}

/** One page of what lies in this ARN, or belongs to it. */
export function pageWithin<T>(call: Call<PageRequest>, register: VersionedMap<T>, arn: string): Page<T> {
  return page(call, register, arn, (_, key) => isWithin(key, arn));
}

function encode(place: number, scope: string): string {
  return Buffer.from(JSON.stringify([place, scope])).toString('base64url');
}

function decode(token: string, scope: string): number {
  try {
    const [place, tokenScope] = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (Number.isInteger(place) && tokenScope === scope) return place;
  } catch {
    // Not a token of ours: refused below like one for another list.
  }
  throw badRequest('NextToken is not valid for this list: pass the one of the previous page, with the same parameters');
}
