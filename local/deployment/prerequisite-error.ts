/** Something that the machine must bring along is missing. The message is all that the user needs: no stack trace. */
export class PrerequisiteError extends Error {
  public readonly name = 'PrerequisiteError';
}
