/** An error of the runtime's own: its message never holds content, so it may be logged; any other error's may not. */
export abstract class ProcessorError extends Error {}
