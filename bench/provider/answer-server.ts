import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** A public name, as that of CloudFormation's bucket is; one-process.js makes it lead here. */
export const ANSWER_HOST = 'cloudformation-custom-resource-response-useast1.s3.amazonaws.com';

export interface ReceivedAnswer {
  readonly Status: string;
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly LogicalResourceId: string;
}

/** Stands in for the bucket that CloudFormation has its answers put into: takes each, and gives the last one back. */
export interface AnswerServer {
  readonly port: number;
  /** File with the certificate that a client must trust. */
  readonly certificate: string;
  last(): ReceivedAnswer;
  /** All answers, in the order in which they came. */
  all(): ReceivedAnswer[];
  close(): void;
}

export async function startAnswerServer(runDirectory: string): Promise<AnswerServer> {
  mkdirSync(runDirectory, { recursive: true });
  const [key, certificate] = ['key.pem', 'certificate.pem'].map(file => join(runDirectory, file));
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', key, '-out', certificate,
    '-subj', `/CN=${ANSWER_HOST}`, '-addext', `subjectAltName=DNS:${ANSWER_HOST}`,
  ], { stdio: 'pipe' });
  const received: string[] = [];
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (request, response) => void (async () => {
      if (request.method === 'PUT') received.push(await text(request));
      response.end(request.method === 'GET' ? received.at(-1) : '');
    })(),
  );
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    certificate,
    last: () => JSON.parse(received.at(-1) ?? '{}'),
    all: () => received.map(body => JSON.parse(body)),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
