/** The function of a word filter. */
import { channelFlowProcessor, type ChannelMessage } from '../../processor-runtime';
import { onErrorFrom } from '../on-error';
import { LISTS_FILE, PATTERNS_FILE } from '../settings';
import { filterMessage, type SearchTerms } from './filter';
import { parameterStore } from './parameter-store';
import type * as Patterns from './patterns';
import { wordFilterSettings } from './settings';
import { Words } from './words';
import { WordsParameter } from './words-parameter';

/**
 * Started with the function rather than with its first message; a failure denies messages instead of the function's
 * start, after which nothing would answer them.
 */
const filter = makeFilter();
filter.catch(() => undefined);

export const handler = channelFlowProcessor(
  async (message, { signal }) => (await filter)(message, signal), { onError: onErrorFrom(process.env) },
);

async function makeFilter() {
  const settings = wordFilterSettings(process.env, await lists());
  const words = new Words(settings.words);
  const patterns = settings.patterns.length === 0 ? [] : await compile(settings.patterns);
  const more = settings.wordsParameter === undefined
    ? undefined
    : new WordsParameter(settings.wordsParameter, parameterStore());

  return async (message: ChannelMessage, signal: AbortSignal) => {
    const terms: SearchTerms = { words: more === undefined ? [words] : [words, await more.current(signal)], patterns };
    return filterMessage(message, terms, settings.action, settings.withAttributes);
  };
}

/** Written by the construct. */
function lists(): Promise<unknown> {
  return beside(LISTS_FILE);
}

/** The engine, a third of the code, is loaded only for patterns. */
async function compile(sources: readonly string[]): Promise<Patterns.Pattern[]> {
  const { Pattern } = await beside(PATTERNS_FILE) as typeof Patterns;
  return sources.map(source => new Pattern(source));
}

/** A module that is not bundled but lies beside the bundle; see tools/bundling/processors.ts. */
async function beside(file: string): Promise<unknown> {
  const name = './' + file;
  return ((await import(name)) as { default: unknown }).default;
}
