/** All calls that reach a service, and how long each takes. */
export class Traffic {
  public latencyMs = 0;
  /** How often each operation was served. */
  public readonly served = new Map<string, number>();
  /** When each call came, in milliseconds, with whether it was throttled. */
  public readonly calls: { readonly at: number; readonly throttled: boolean }[] = [];

  public constructor(private readonly now: () => number) {}

  public count(operation: string, status: number): void {
    this.calls.push({ at: this.now(), throttled: status === 429 });
    if (status > 0 && status < 400) this.served.set(operation, (this.served.get(operation) ?? 0) + 1);
  }

  public forget(): void {
    this.served.clear();
    this.calls.length = 0;
  }
}
