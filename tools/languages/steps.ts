/** What a run has done so far; each step counts as one check. */
export class Steps {
  public passed = 0;
  private readonly found = new Set<Error>();

  /** What went wrong, each failure once. */
  public get errors(): readonly Error[] {
    return [...this.found];
  }

  /** Does a step without which the next ones make no sense, and shows it with its time. */
  public async step<T>(language: string, what: string, work: () => Promise<T> | T): Promise<T> {
    const began = Date.now();
    const show = (how: string, time = '') => console.log(`${language.padEnd(10)}  ${how.padEnd(6)}  ${what}${time}`);
    show('…');
    try {
      const result = await work();
      this.passed += 1;
      show('ok', `  ${seconds(began)}`);
      return result;
    } catch (error) {
      show('FAILED', `  ${seconds(began)}`);
      this.fail(error as Error);
      throw error;
    }
  }

  /** Does a step whose failure stops nothing. */
  public async check(language: string, what: string, work: () => Promise<void> | void): Promise<void> {
    await this.step(language, what, work).catch(() => undefined);
  }

  public fail(error: Error): void {
    this.found.add(error);
  }
}

export function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
