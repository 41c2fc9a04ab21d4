/** An error of the runtime's own: its message never holds content, so it may be logged; any other error's may not. */
export abstract class ProcessorError extends Error {
  /** Asks nothing of what was thrown, whose members may be code: no time limit has to guard it. */
  public static isOne(thrown: unknown): thrown is ProcessorError {
    return typeof thrown === 'object' && thrown !== null && #own in thrown;
  }

  readonly #own = true;
}
