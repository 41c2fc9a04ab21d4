import { ServiceError } from '../protocol/errors';

/** A token bucket: so many calls at once, refilled at so many a second. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export class Throttle {
  private readonly buckets = new Map<string, { tokens: number; filled: number }>();

  constructor(private readonly rates: Readonly<Record<string, Rate>>, private readonly now: () => number) {}

  /** Takes one call from the operation's bucket; refuses if it is empty. */
  take(operation: string): void {
    const rate = this.rates[operation] ?? this.rates['*'];
    if (!rate) return;
    const now = this.now();
    const bucket = this.buckets.get(operation) ?? { tokens: rate.burst, filled: now };
    const tokens = Math.min(rate.burst, bucket.tokens + (now - bucket.filled) / 1000 * rate.perSecond);
    this.buckets.set(operation, { tokens: tokens >= 1 ? tokens - 1 : tokens, filled: now });
    if (tokens < 1) throw ServiceError.of('ThrottledClient', `more than ${rate.perSecond} ${operation} calls a second`);
  }
}
