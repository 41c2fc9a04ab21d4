interface ProcessorOptions {
  readonly order?: number;
  readonly fallback?: 'ABORT' | 'CONTINUE';
  /** @default - a function with the processor's name, in the emulator's account */
  readonly functionArn?: string;
}

/** A processor as the API takes it. */
export function processor(name = 'moderate', { order = 1, fallback = 'ABORT', functionArn }: ProcessorOptions = {}) {
  const ResourceArn = functionArn ?? `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
  return {
    Name: name,
    ExecutionOrder: order,
    FallbackAction: fallback,
    Configuration: { Lambda: { ResourceArn, InvocationType: 'ASYNC' as const } },
  };
}

/** A processor as CloudFormation delivers it to a handler: every scalar is a string. */
export function deliveredProcessor(name?: string, options?: ProcessorOptions) {
  const { ExecutionOrder, ...others } = processor(name, options);
  return { ...others, ExecutionOrder: String(ExecutionOrder) };
}
