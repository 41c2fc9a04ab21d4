import { describeOutcome, Outcome } from './outcome';
import type { Workspace } from './workspace';
import type { Behaviour } from '../emulator/switches/behaviour';

export type Switch = keyof Behaviour;
export type Answers = Partial<Behaviour>;

/** One thing to find out about the service. */
export interface Question {
  /** The switches that it settles, and what each of them asks. */
  readonly asks: Partial<Record<Switch, string>>;
  /** Why it can't or must not be asked, after what was found out so far; nothing if it may be. */
  obstacle?(workspace: Workspace, known: Answers): string | undefined;
  ask(workspace: Workspace, known: Answers): Promise<Finding>;
}

export interface Finding {
  readonly answers: Answers;
  readonly evidence: readonly Outcome[];
  readonly note?: string;
}

/** The service did what nobody thought of, or nothing at all. */
export class Unanswered extends Error {
  constructor(message: string, readonly evidence: readonly Outcome[] = []) {
    super(message);
    this.name = 'Unanswered';
  }
}

/**
 * What the first outcome means for a switch. The others are of operations that are expected to answer alike; the
 * emulator knows one answer for all, so a difference is noted.
 *
 * @param meanings by outcome: `success`, or the exception without its ending
 */
export function settle<S extends Switch>(
  name: S, meanings: Readonly<Record<string, Behaviour[S]>>, evidence: readonly Outcome[],
): Finding {
  const [first, ...others] = evidence;
  const answer = meanings[first.code];
  if (answer === undefined) {
    throw new Unanswered(`unforeseen: ${describeOutcome(first)}${first.message ? `: ${first.message}` : ''}`, evidence);
  }
  const differs = others.some(({ code }) => meanings[code] !== answer);
  return {
    answers: { [name]: answer },
    evidence,
    ...differs ? { note: 'operations differ: the emulator can play the first only' } : {},
  };
}
