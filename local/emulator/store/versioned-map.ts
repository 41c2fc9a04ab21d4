/** One version of one record. */
interface Version<T> {
  readonly key: string;
  /** The place of the record in lists: the order of creation, kept through changes. */
  readonly place: number;
  readonly value: T;
  readonly from: number;
  readonly until?: number;
}

export interface Listed<T> {
  readonly place: number;
  readonly value: T;
}

/** How long ended versions are kept; `listConsistencyMs` can look back no further. */
export const MEMORY_MS = 10 * 60_000;

/** How many ended versions make it worth forgetting the oldest; later, as many again as there are then. */
const FORGET_AT = 1_000;

/** Whether a key names what lies in this ARN (`<arn>/…`), or belongs to it (`<arn> <other>`). */
export function isWithin(key: string, arn: string): boolean {
  return key.startsWith(`${arn}/`) || key.startsWith(`${arn} `);
}

/**
 * Records by key that remember their recent past, so that a list can lag behind what a look-up already sees.
 */
export class VersionedMap<T> {
  private readonly current = new Map<string, Version<T>>();
  private past: Version<T>[] = [];
  private forgetAt = FORGET_AT;
  private nextPlace = 1;

  /**
   * @param bounds how many records are kept, from the latest created on, and how many ended versions, even if they
   * ended lately: an emulator that runs for days must not fill its memory
   */
  constructor(private readonly now: () => number, private readonly bounds = { kept: Infinity, keptEnded: 20_000 }) {}

  get(key: string): T | undefined {
    return this.current.get(key)?.value;
  }

  has(key: string): boolean {
    return this.current.has(key);
  }

  set(key: string, value: T): void {
    const place = this.current.get(key)?.place ?? this.nextPlace++;
    this.end(key);
    this.current.set(key, { key, place, value, from: this.now() });
    if (this.current.size > this.bounds.kept) this.current.delete(this.current.keys().next().value!);
  }

  delete(key: string): boolean {
    this.end(key);
    return this.current.delete(key);
  }

  /** Removes the record of this ARN and those within it. */
  deleteTree(arn: string): void {
    for (const key of this.keys()) if (key === arn || isWithin(key, arn)) this.delete(key);
  }

  keys(): string[] {
    return [...this.current.keys()];
  }

  values(): T[] {
    return [...this.current.values()].map(version => version.value);
  }

  /** The records of what lies in this ARN, or belongs to it. */
  within(arn: string): T[] {
    return this.entries().filter(([key]) => isWithin(key, arn)).map(([, value]) => value);
  }

  entries(): [string, T][] {
    return [...this.current.values()].map(version => [version.key, version.value]);
  }

  /** The records as they were so many milliseconds ago, in order of creation. */
  list(lagMs: number, filter: (value: T, key: string) => boolean): Listed<T>[] {
    if (lagMs === 0) {
      // A map keeps the order of insertion, which is that of the places.
      return [...this.current.values()].filter(({ value, key }) => filter(value, key));
    }
    const at = this.now() - lagMs;
    return [...this.past, ...this.current.values()]
      .filter(({ from, until, value, key }) => from <= at && (until === undefined || until > at) && filter(value, key))
      .sort((a, b) => a.place - b.place);
  }

  private end(key: string): void {
    const version = this.current.get(key);
    if (!version) return;
    this.past.push({ ...version, until: this.now() });
    if (this.past.length >= this.forgetAt) {
      const horizon = this.now() - MEMORY_MS;
      this.past = this.past.filter(ended => ended.until! > horizon).slice(-this.bounds.keptEnded / 2);
      this.forgetAt = Math.max(FORGET_AT, 2 * this.past.length);
    }
  }
}
