import { isDeepStrictEqual, inspect } from 'node:util';

/**
 * Tells the demo's story on standard output, and counts the checks. The output is the same with and without a terminal.
 */
export class Narrator {
  private passed = 0;
  private failed = 0;
  private steps = 0;

  /** Opens a step: what is done, and why. */
  public step(title: string, ...why: string[]): void {
    console.log(`\n${++this.steps}. ${title}`);
    why.forEach(line => console.log(`   ${line}`));
  }

  public say(...lines: string[]): void {
    lines.forEach(line => console.log(`   ${line}`));
  }

  /** Does the work, and tells how long it took. */
  public async timed<T>(what: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work();
    console.log(`   ${what.padEnd(60)} ${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s`);
    return result;
  }

  /** A failed check is told at once, and does not end the demo: the checks that follow may tell more. */
  public check(claim: string, actual: unknown, expected: unknown): void {
    if (isDeepStrictEqual(actual, expected)) {
      this.passed++;
      console.log(`   ✓ ${claim}`);
      return;
    }
    this.failed++;
    console.log(`   ✗ ${claim}`);
    console.log(indented('expected', expected));
    console.log(indented('but is  ', actual));
  }

  /** Something that kept the demo from going on: it counts as a failed check. */
  public gaveUp(reason: string): void {
    this.failed++;
    console.log(`   ✗ ${reason.split('\n').join('\n     ')}`);
  }

  /** Prints the count; answers whether all is well. */
  public conclude(): boolean {
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0;
  }
}

function indented(label: string, value: unknown): string {
  const text = inspect(value, { depth: null, sorted: true, breakLength: 100 });
  return `     ${label} ${text.split('\n').join('\n              ')}`;
}
