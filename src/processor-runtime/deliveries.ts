/** How many answered messages a container remembers; a repeated delivery comes within minutes. */
const REMEMBERED = 1_000;

/** What this container has answered or is about to answer. */
export class Deliveries {
  private readonly known = new Map<string, Promise<void>>();

  /**
   * Does the work unless it is done or being done, and says whether it did; a repeated delivery waits for the first
   * one's end. Work that failed is forgotten: the next delivery does it again.
   */
  public async once(key: string, work: () => Promise<void>): Promise<boolean> {
    const first = this.known.get(key);
    if (first !== undefined) {
      await first;
      return false;
    }
    const working = work();
    this.remember(key, working);
    try {
      await working;
      return true;
    } catch (error) {
      this.known.delete(key);
      throw error;
    }
  }

  private remember(key: string, working: Promise<void>): void {
    this.known.set(key, working);
    if (this.known.size > REMEMBERED) this.known.delete(this.known.keys().next().value!);
  }
}
