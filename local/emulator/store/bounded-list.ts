/** The latest of what comes without end: an emulator that runs for days must not fill its memory. */
export class BoundedList<T> {
  private items: T[] = [];

  constructor(private readonly kept: number) {}

  add(item: T): void {
    this.items.push(item);
    // Half at once, so that most additions move nothing.
    if (this.items.length > this.kept) this.items = this.items.slice(-this.kept / 2);
  }

  all(): T[] {
    return [...this.items];
  }
}
