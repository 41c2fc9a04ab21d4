/**
 * CloudFormation's end of the ResponseURLs. Sending itself has its own tests (test/handlers/protocol); here what it may
 * come to is played: a sent answer arrives, arrives unnoticed, or doesn't.
 */
import type { AnswerDisturbance } from './disturbance';
import type { Response } from '../../../src/handlers/protocol/response';
import { NotSent } from '../../../src/handlers/protocol/send';

export interface Sent {
  readonly answer: Response;
  readonly bytes: number;
}

/** One delivery of an event, as far as its answer goes. */
interface Delivery {
  readonly isDead: () => boolean;
  readonly disturbance?: AnswerDisturbance;
  /** Where CloudFormation finds the answers to the event, first come first. */
  readonly inbox: Sent[];
}

const deliveries = new Map<string, Delivery>();
let count = 0;

/** A ResponseURL for one delivery of an event that was signed at `signed`. */
export function openMailbox(signed: number, delivery: Delivery): { url: string; close(): void } {
  const url = `https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/answer?X-Amz-Date=${new Date(signed).toISOString().replace(/[-:]|\.\d+/g, '')}&delivery=${++count}`;
  deliveries.set(url, delivery);
  return { url, close: () => { deliveries.delete(url); } };
}

/** Takes the place of `send`. */
export async function receive(url: URL, body: string): Promise<void> {
  const delivery = deliveries.get(url.href);
  // Whoever was killed sends nothing.
  if (delivery === undefined || delivery.isDead()) return new Promise(() => {});
  const { disturbance, inbox } = delivery;
  if (disturbance === 'unsent') throw new NotSent('ECONNREFUSED', false);
  if (disturbance !== 'vanishes') inbox.push({ answer: JSON.parse(body), bytes: Buffer.byteLength(body) });
  if (disturbance !== undefined) throw new NotSent('time-out', true);
}
