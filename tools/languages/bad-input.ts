import type { Finished } from './command';

/** The library's message for the apps in bad-input/: what was wrong, line by line. */
const MESSAGE = [
  'Validation failed with the following errors:',
  '[Bad/Flow] channelFlowName must be 1 to 256 characters, got 257: shorten it',
  'processors must be 1 to 3, got 4: remove 1',
];

/** Lines in which the message must have begun: what a terminal shows without scrolling. */
const FIRST_LINES = 5;

/** A frame of a stack trace, as Python, Java, Go and JavaScript show it. */
const FRAME = /^\s+(at |File "|\/\S+\.go:\d+)/;

/** Colours, and what Maven puts before each line. */
const ADDED = /\x1b\[[0-9;]*m|^(\x1b\[[0-9;]*m|\[)*ERROR(\x1b\[[0-9;]*m|\])* ?/gm;

/** The app must fail, and its user must read the library's message on the first lines, the stack trace after it. */
export function requireMessage({ code, output }: Finished): void {
  if (code === 0) throw new Error('an app with bad input must fail, got success: see src/private/validation.ts');
  const lines = output.replace(ADDED, '').split('\n').filter(line => line.trim() !== '');
  const begin = lines.findIndex(line => line.includes(MESSAGE[0]));
  const intact = MESSAGE.slice(1).every((part, index) => lines[begin + 1 + index]?.trim() === part);
  const trace = lines.findIndex(line => FRAME.test(line));
  if (begin < 0 || begin >= FIRST_LINES || !intact || (trace >= 0 && trace < begin + MESSAGE.length)) {
    throw new Error(`the first ${FIRST_LINES} lines must begin with the library's message, `
      + `unchanged:\n${MESSAGE.join('\n')}\n`
      + `got:\n${lines.slice(0, 30).join('\n')}`);
  }
}
