import * as fc from 'fast-check';

/** What goes over the socket, and what may come back. */
export interface MalformedRequest {
  readonly name: string;
  readonly bytes: Buffer;
  /** HTTP itself is broken: the connection may be closed without an answer. */
  readonly isBroken: boolean;
  /** The damage may have missed everything that matters, or a part of it be a request that is right. */
  readonly mayPass: boolean;
}

const SIGNED = 'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/chime/aws4_request, SignedHeaders=host;x-amz-date, '
  + `Signature=${'0'.repeat(64)}`;
const ARN = 'arn:aws:chime:us-east-1:000000000000:app-instance/none';
const KIB = 1024;

interface Request {
  readonly line: string;
  readonly headers: readonly string[];
  readonly body: Buffer;
  /** How the body's end is told, where it is not by its length. */
  readonly framing?: readonly string[];
}

function written({ line, headers, body, framing }: Request): Buffer {
  const length = framing ?? [`Content-Length: ${body.length}`];
  return Buffer.concat([Buffer.from([line, ...headers, ...length, '', ''].join('\r\n'), 'latin1'), body]);
}

const HEADERS = ['Host: 127.0.0.1', `Authorization: ${SIGNED}`, 'Content-Type: application/json'];
const create = (body: Buffer | string): Request =>
  ({ line: 'POST /app-instances HTTP/1.1', headers: HEADERS, body: Buffer.from(body as string) });
const right = create('{"Name":"chat","ClientRequestToken":"token"}');

type Kind = Omit<MalformedRequest, 'bytes' | 'name'> & {
  readonly name: string;
  readonly of: fc.Arbitrary<Request | Buffer>;
};
const wrong = (name: string, of: fc.Arbitrary<Request | Buffer>): Kind =>
  ({ name, of, isBroken: false, mayPass: false });
const broken = (name: string, of: fc.Arbitrary<Request | Buffer>): Kind =>
  ({ name, of, isBroken: true, mayPass: false });

const bytes = (maxLength: number) => fc.uint8Array({ minLength: 1, maxLength }).map(values => Buffer.from(values));
const repeated = (unit: string, most: number) => fc.integer({ min: 1_000, max: most }).map(times => unit.repeat(times));

/** Sequences that no UTF-8 has. */
const notUtf8 = fc.constantFrom(
  [0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82], [0x80],
)
  .map(values => Buffer.from(values));

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.constantFrom('', '__proto__', 'constructor', 'a'.repeat(10_000), '../../etc/passwd', '%00', '\u0000', ARN),
);
/** JSON that is no input of the operation: its name is wrong, whatever the rest. */
const jsonBody = fc.tuple(
  fc.oneof(
    fc.constantFrom<unknown>(null, 1, '', [], {}, ['chat'], 'n'.repeat(257), { toString: 1 }),
    fc.jsonValue().filter(value => typeof value !== 'string'),
  ),
  fc.dictionary(hostileText, fc.jsonValue(), { maxKeys: 5 }),
).map(([Name, more]) => JSON.stringify({ ...more, ClientRequestToken: 'token', Name }));

const kinds: readonly Kind[] = [
  wrong('JSON of a wrong shape', jsonBody.map(create)),
  wrong('a body that is no JSON', fc.oneof(
    bytes(200).map(body => Buffer.concat([Buffer.from('{'), body])),
    hostileText.map(text => Buffer.from(`{"Name":${text}`)),
  ).map(create)),
  wrong('invalid UTF-8', fc.tuple(notUtf8, fc.constantFrom('Name', 'Metadata', 'x')).map(([bad, member]) =>
    create(
      Buffer.concat([Buffer.from(`{"ClientRequestToken":"token","Name":"a","${member}":"`), bad, Buffer.from('"}')]),
    ))),
  wrong('deep JSON', fc.tuple(
    fc.constantFrom(['[', ']'], ['{"a":', '}'], ['[{"a":', '}]'], ['[', '']), fc.integer({ min: 100, max: 50_000 }),
  ).map(([[open, close], depth]) => create(`{"Name":${open.repeat(depth)}1${close.repeat(depth)}}`))),
  wrong(
    'long strings',
    fc.constantFrom('Name', 'Metadata', 'ClientRequestToken').chain(member => repeated('x', 900 * KIB).map(text =>
      create(JSON.stringify({ Name: 'chat', ClientRequestToken: 'token', [member]: text.padEnd(1_100, 'x') })))),
  ),
  wrong('many members', fc.integer({ min: 1, max: 20_000 }).map(count =>
    create(JSON.stringify({
      Name: 1, ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index])),
    })))),
  wrong('many tags', fc.integer({ min: 51, max: 20_000 }).map(count =>
    create(
      JSON.stringify({ Name: 'chat', ClientRequestToken: 'token', Tags: Array(count).fill({ Key: 'k', Value: 'v' }) }),
    ))),
  wrong(
    'a body that is too large',
    fc.integer({ min: 1_025 * KIB, max: 2_500 * KIB }).map(size => create(Buffer.alloc(size, 'x'))),
  ),
  wrong('a path that leads nowhere', fc.tuple(
    fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'), hostileText,
  ).map(([method, text]) =>
    ({ ...right, line: `${method} /${encodeURIComponent(text)}/x HTTP/1.1` }))),
  wrong('a path that is not percent-encoded right', fc.constantFrom('%', '%zz', '%c0%af', '%ff', '%u0000').map(text =>
    ({ ...right, line: `GET /app-instances/${text} HTTP/1.1`, body: Buffer.alloc(0) }))),
  wrong('a request of another site', fc.constantFrom(
    'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Site: same-site', 'sec-fetch-site: none, cross-site', 'Sec-Fetch-Site:',
    'Sec-Fetch-Site: None', 'Origin: null',
    'Origin: http://127.0.0.1', 'Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site', 'Origin:',
  ).map(header => ({ ...right, headers: [...HEADERS, header] }))),
  wrong('another host, or more than one', fc.constantFrom(
    ['Host: example.com'], ['Host: 127.0.0.1.example.com'], ['Host: localhost', 'Host: example.com'],
    ['Host: example.com', 'Host: localhost'],
    ['Host: localhost', 'HOST: localhost'], ['Host: localhost:1:2'], ['Host: localhost@example.com'],
    ['Host: [::1].example.com'], ['Host:'], [],
  ).map(hosts => ({ ...right, headers: [...hosts, ...HEADERS.slice(1)] }))),
  wrong(
    'a target that names a host',
    fc.constantFrom('http://example.com/app-instances', 'http://127.0.0.1/app-instances', 'example.com:80', '*')
      .map(target => ({ ...right, line: `POST ${target} HTTP/1.1` })),
  ),
  wrong('an ARN of nothing', hostileText.map(text =>
    ({
      ...right, line: `DELETE /app-instances/${encodeURIComponent(`${ARN}${text}`)} HTTP/1.1`, body: Buffer.alloc(0),
    }))),
  wrong('a query that is wrong', fc.tuple(hostileText, hostileText).map(([name, value]) => ({
    ...right,
    line: `GET /app-instances?max-results=0&${encodeURIComponent(name)}=${encodeURIComponent(value)} HTTP/1.1`,
    body: Buffer.alloc(0),
  }))),
  wrong('another host', fc.constantFrom(
    'evil.example', '127.0.0.1.evil.example', 'localhost@evil.example', '0.0.0.0', '169.254.169.254', '[::]', '',
  ).map(host =>
    ({ ...right, headers: [`Host: ${host}`, ...HEADERS.slice(1)] }))),
  wrong('a web page\'s request', fc.constantFrom('null', 'http://localhost', 'https://evil.example').map(
    origin => ({ ...right, headers: [...HEADERS, `Origin: ${origin}`] }),
  )),
  wrong('a signature that is none', fc.constantFrom(
    '',
    'Bearer x',
    'AWS4-HMAC-SHA256 ',
    SIGNED.replace('chime', 's3'),
    `${SIGNED}${'a'.repeat(5_000)}`,
    SIGNED.replace('AKID', '/'.repeat(5_000)),
  )
    .map(authorization => ({ ...right, headers: ['Host: localhost', `Authorization: ${authorization}`] }))),
  wrong('switches that are none', fc.tuple(
    fc.constantFrom('__proto__', 'constructor', 'faults', 'latencyMs', 'x'),
    fc.constantFrom('"x"', '{"a":1}', '[1]', '-1', '1e999'),
  )
    .map(([name, value]) =>
      ({ ...right, line: 'PUT /_local/behaviour HTTP/1.1', body: Buffer.from(`{"${name}":${value},"nope":1}`) }))),
  wrong(
    'an endpoint that is none',
    hostileText.map(text => ({ ...right, line: `PUT /_local/${encodeURIComponent(text)}x HTTP/1.1` })),
  ),
  broken('huge headers', fc.tuple(fc.integer({ min: 40 * KIB, max: 200 * KIB }), fc.boolean()).map(([size, areMany]) =>
    ({
      ...right,
      headers: [
        ...HEADERS, ...areMany ? Array<string>(Math.ceil(size / 10)).fill('X-Y: 123') : [`X: ${'x'.repeat(size)}`],
      ],
    }))),
  broken('a huge target', fc.integer({ min: 20 * KIB, max: 100 * KIB }).map(
    size => ({ ...right, line: `GET /${'a'.repeat(size)} HTTP/1.1` }),
  )),
  broken('headers that are none', fc.constantFrom(
    'X',
    ': x',
    'X Y: z',
    'X\u0000: y',
    'X: \u0000',
    ' X: y',
    'X\r: y',
    'Content-Length: 1',
    'Content-Length: -1',
    'Transfer-Encoding: chunked',
  )
    .map(header => ({ ...right, headers: ['Host: 127.0.0.1', header] }))),
  broken(
    'a length that is none',
    fc.constantFrom('-1', 'x', '1e3', '0x10', '99999999999999999999', '+1', '1 1', '').map(length =>
      ({ ...right, framing: [`Content-Length: ${length}`] })),
  ),
  broken('a body that ends early', fc.integer({ min: 1, max: 2 ** 40 }).map(
    more => ({ ...right, framing: [`Content-Length: ${right.body.length + more}`] }),
  )),
  broken('bad chunks', fc.constantFrom(
    'x\r\n', '-1\r\n', 'ffffffffffffffffff\r\n', '5\r\nab', '2\r\nabc\r\n0\r\n\r\n', '2\r\nab0\r\n\r\n', '0\r\n',
    '1;'.padEnd(30_000, 'x'), '2\nab\n0\n\n', '1\r\n', '0\r\nContent-Length: 1\r\nX',
  ).map(chunks => ({ ...right, framing: ['Transfer-Encoding: chunked'], body: Buffer.from(chunks) }))),
  broken('chunks without end', fc.integer({ min: 1, max: 5_000 }).map(
    count => ({ ...right, framing: ['Transfer-Encoding: chunked'], body: Buffer.from('1\r\nx\r\n'.repeat(count)) }),
  )),
  broken(
    'another coding',
    fc.constantFrom('gzip', 'chunked, gzip', 'identity', 'xchunked', '\u000bchunked').map(coding =>
      ({ ...right, headers: [...HEADERS, `Transfer-Encoding: ${coding}`] })),
  ),
  broken('a first line that is none', fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      'GET',
      'GET /',
      'GET / HTTP/9.9',
      'GET / HTTP/1.1 x',
      'FETCH / HTTP/1.1',
      'GET  / HTTP/1.1',
      'PRI * HTTP/2.0',
      'CONNECT evil.example:80 HTTP/1.1',
      'GET http://evil.example/ HTTP/1.1',
    ),
    fc.string({ maxLength: 50 }).filter(text => !/^[A-Z]+ \//.test(text)),
  ).map(line => ({ ...right, line }))),
  broken('noise', bytes(2_000)),
  {
    ...broken('a request with bytes turned over', fc.tuple(
      fc.nat(written(right).length - 1), fc.nat(255), fc.nat(written(right).length - 1),
    ).map(([place, value, other]) => {
      const turned = written(right);
      turned[place] = value;
      turned[other] = 255 - turned[other];
      return turned;
    })),
    mayPass: true,
  },
  {
    ...broken(
      'two requests in one, the second hidden',
      fc.constantFrom('0\r\n\r\n', '0\r\n\r\nGET /_local/state HTTP/1.1\r\nHost: localhost\r\n\r\n').map(body =>
        ({ ...right, framing: ['Content-Length: 4', 'Transfer-Encoding: chunked'], body: Buffer.from(body) })),
    ),
  },
];

/** As often as each other, but for what costs time. */
const WEIGHTS: Record<string, number> = {
  'a body that is too large': 1, 'long strings': 2, 'deep JSON': 3, 'many tags': 2, 'many members': 2,
};

export const malformedRequest: fc.Arbitrary<MalformedRequest> = fc.oneof(...kinds.map(({ of, ...kind }) => ({
  weight: WEIGHTS[kind.name] ?? 5,
  arbitrary: of.map(request => ({ ...kind, bytes: Buffer.isBuffer(request) ? request : written(request) })),
})));
