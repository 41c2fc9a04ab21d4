/** All that this process writes: by the console, and to its streams. */
export class Output {
  public readonly lines: string[] = [];
  private readonly restorers: (() => void)[] = [];

  public constructor() {
    for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
      const spy = jest.spyOn(console, method).mockImplementation(
        (...values: unknown[]) => { this.lines.push(values.join(' ')); },
      );
      this.restorers.push(() => spy.mockRestore());
    }
    for (const stream of [process.stdout, process.stderr]) {
      const spy = jest.spyOn(stream, 'write').mockImplementation(chunk => this.lines.push(String(chunk)) > 0);
      this.restorers.push(() => spy.mockRestore());
    }
  }

  public take(): string[] {
    return this.lines.splice(0);
  }

  public restore(): void {
    this.restorers.forEach(restore => restore());
  }
}
