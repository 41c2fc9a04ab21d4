import { NormalizedSchema } from '@smithy/core/schema';
import { badRequest } from './errors';
import { OperationName, Service, SERVICES } from './services';

/** An operation, as its schema describes it. */
export interface Route {
  readonly operation: OperationName;
  readonly service: Service;
  readonly method: string;
  /** Path segments; a label stands in braces. */
  readonly segments: readonly string[];
  /** What the query must say for this operation, such as `operation=tag-resource`. */
  readonly fixedQuery: ReadonlyMap<string, string>;
  readonly successStatus: number;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

export interface Match {
  readonly route: Route;
  readonly labels: Readonly<Record<string, string>>;
}

type OperationSchema = (typeof SERVICES)[Service][number];

export const ROUTES: readonly Route[] = (Object.keys(SERVICES) as Service[])
  .flatMap(service => SERVICES[service].map(schema => toRoute(service, schema)));

/** The operation that a request calls, or nothing if there is none. */
export function match(method: string, url: URL): Match | undefined {
  const segments = url.pathname.split('/');
  const candidates = ROUTES
    .filter(route => route.method === method && segmentsFit(route, segments) && fixedQueryFits(route, url.searchParams))
    .sort((a, b) => specificity(b) - specificity(a));
  return candidates.length > 0 ? { route: candidates[0], labels: labelsOf(candidates[0], segments) } : undefined;
}

function toRoute(service: Service, [, , operation, traits, input, output]: OperationSchema): Route {
  const [method, uri, successStatus] = (traits as { http: [string, string, number] }).http;
  const [path, query] = uri.split('?');
  return {
    operation: operation as OperationName,
    service,
    method,
    segments: path.split('/'),
    fixedQuery: new Map(new URLSearchParams(query)),
    successStatus,
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
  };
}

const isLabel = (segment: string) => segment.startsWith('{');

function segmentsFit(route: Route, segments: string[]): boolean {
  return route.segments.length === segments.length
    && route.segments.every((segment, i) => isLabel(segment) ? segments[i] !== '' : segment === segments[i]);
}

function fixedQueryFits(route: Route, query: URLSearchParams): boolean {
  return [...route.fixedQuery].every(([name, value]) => query.get(name) === value);
}

/** Where two routes fit, `GET /channels?scope=…` goes before `GET /channels`. */
function specificity(route: Route): number {
  return route.fixedQuery.size;
}

function labelsOf(route: Route, segments: string[]): Record<string, string> {
  const labels: Record<string, string> = {};
  route.segments.forEach((segment, i) => {
    if (isLabel(segment)) labels[segment.slice(1, -1)] = decode(segments[i]);
  });
  return labels;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest(`the path holds ${segment}, which is not valid percent-encoding`);
  }
}
