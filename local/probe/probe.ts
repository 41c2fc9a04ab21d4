import { Outcome, refusalOf } from './outcome';
import type { OwnAppInstances } from './own-app-instances';
import { Answers, Finding, Question, Switch, Unanswered } from './question';
import { QUESTIONS, UNASKED } from './questions';
import type { Service } from './service';
import type { Patience } from './waiting';
import { Workspace } from './workspace';

/** What happened to one switch. */
export interface Result {
  readonly name: Switch;
  readonly question: string;
  readonly answer?: Answers[Switch];
  readonly evidence: readonly Outcome[];
  /** Why there is no answer, or what else is worth knowing of it. */
  readonly note?: string;
  readonly kind: 'answered' | 'not answered' | 'not asked';
}

export interface ProbeOptions {
  readonly service: Service;
  readonly appInstances: OwnAppInstances;
  readonly patience: Patience;
  readonly functionArn?: string;
}

/** Asks all questions, one after the other. What it makes is left to the caller to remove. */
export async function* probe({ service, appInstances, patience, functionArn }: ProbeOptions): AsyncGenerator<Result> {
  const workspace = await Workspace.setUp(service, appInstances, patience, functionArn);
  const known: Answers = {};
  for (const question of QUESTIONS) {
    for (const result of await resultsOf(question, workspace, known)) {
      Object.assign(known, result.answer === undefined ? {} : { [result.name]: result.answer });
      yield result;
    }
  }
  for (const { name, question, reason } of UNASKED) {
    yield { name, question, evidence: [], note: reason, kind: 'not asked' };
  }
}

/** The answers alone, as the emulator takes them. */
export function answersOf(results: readonly Result[]): Answers {
  return Object.fromEntries(
    results.filter(({ answer }) => answer !== undefined).map(({ name, answer }) => [name, answer]),
  );
}

async function resultsOf(question: Question, workspace: Workspace, known: Answers): Promise<Result[]> {
  const asked = Object.entries(question.asks).map(([name, text]) => ({ name: name as Switch, question: text }));
  const obstacle = question.obstacle?.(workspace, known);
  if (obstacle !== undefined) return asked.map(each => ({ ...each, evidence: [], note: obstacle, kind: 'not asked' }));
  const { answers, evidence, note } = await findingOf(question, workspace, known);
  return asked.map((each): Result => {
    if (each.name in answers) return { ...each, answer: answers[each.name], evidence, note, kind: 'answered' };
    return note === undefined
      ? { ...each, evidence: [], note: 'does not arise', kind: 'not asked' }
      : { ...each, evidence, note, kind: 'not answered' };
  });
}

/** One question that fails is no reason not to ask the others; no answer at all is. */
async function findingOf(question: Question, workspace: Workspace, known: Answers): Promise<Finding> {
  try {
    return await question.ask(workspace, known);
  } catch (error) {
    if (error instanceof Unanswered) return { answers: {}, evidence: error.evidence, note: error.message };
    const refused = refusalOf(error);
    return { answers: {}, evidence: [refused], note: `could not be asked: ${refused.message}` };
  }
}
