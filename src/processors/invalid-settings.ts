import { ProcessorError } from '../processor-runtime/processor-error';

/** The function was not set up as its construct does it. */
export class InvalidSettings extends ProcessorError {
  public readonly name = 'InvalidSettings';
}
