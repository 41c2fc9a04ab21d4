import { describeOutcome } from './outcome';
import { answersOf, Result } from './probe';
import type { Question } from './question';
import { QUESTIONS, UNASKED } from './questions';

const texts = [
  ...QUESTIONS.flatMap(({ asks }: Question) => Object.values(asks)), ...UNASKED.map(({ question }) => question),
];
const QUESTION_WIDTH = Math.max(...texts.map(text => text.length));
const ANSWER_WIDTH = 'every-channel'.length;

export const TABLE_HEAD = row('Question', 'Answer', 'Evidence');

/** One result as lines of a table. */
export function tableRow({ question, answer, evidence, note, kind }: Result): string {
  const lines = [...evidence.map(describeOutcome), ...note === undefined ? [] : [note]];
  const [first = '', ...others] = lines;
  return [
    row(question, answer === undefined ? kind : String(answer), first), ...others.map(line => row('', '', line)),
  ].join('\n');
}

/** All results as JSON: the answers are switches of the emulator; it takes the member `//` for a comment. */
export function toJson(results: readonly Result[], about: Readonly<Record<string, unknown>>): string {
  const questions = results.map(({ name, question, answer, evidence, note, kind }) => ({
    switch: name, question, kind, answer, evidence: evidence.map(describeOutcome), note,
  }));
  return `${JSON.stringify({ '//': { ...about, questions }, ...answersOf(results) }, undefined, 2)}\n`;
}

export function summary(results: readonly Result[]): string {
  const count = (kind: Result['kind']) => results.filter(result => result.kind === kind).length;
  return `${count('answered')} answered, ${count('not answered')} not answered, ${count('not asked')} not asked`;
}

function row(question: string, answer: string, evidence: string): string {
  return `${question.padEnd(QUESTION_WIDTH)}  ${answer.padEnd(ANSWER_WIDTH)}  ${evidence}`.trimEnd();
}
