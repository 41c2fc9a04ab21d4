import { OWNER_TAG_KEY } from '../../../src/handlers/claims/owner';
import { convergeTags, convergeTagsOfFound, tagDiff } from '../../../src/handlers/tags/tag-diff';
import type { Tagging } from '../../../src/handlers/tags/tagging';

const tags = (values: Record<string, string>) => Object.entries(values).map(([Key, Value]) => ({ Key, Value }));

describe('tagDiff', () => {
  test('sets what is missing or different', () => {
    expect(tagDiff(tags({ a: '1', b: '2' }), tags({ a: '1', b: '3', c: '4' }))).toEqual({
      untag: [], tag: tags({ b: '3', c: '4' }),
    });
  });

  test('removes what the former properties named and the new ones do not', () => {
    expect(tagDiff(tags({ a: '1', b: '2' }), tags({ a: '1' }), tags({ a: '1', b: '2' }))).toEqual({
      untag: ['b'], tag: [],
    });
  });

  test('leaves the keys of others alone', () => {
    expect(tagDiff(tags({ theirs: '1' }), tags({ a: '1' }), [])).toEqual({ untag: [], tag: tags({ a: '1' }) });
  });

  test('does not remove what somebody removed already', () => {
    expect(tagDiff([], [], tags({ a: '1' }))).toEqual({ untag: [], tag: [] });
  });

  test('never touches the tags of the library', () => {
    const own = tags({ [OWNER_TAG_KEY]: 'x' });
    expect(tagDiff(own, [], own)).toEqual({ untag: [], tag: [] });
    expect(tagDiff([], own, [])).toEqual({ untag: [], tag: [] });
  });
});

describe('convergeTags', () => {
  const calls: unknown[] = [];
  const store = (present: Record<string, string>): Tagging => ({
    list: async arn => { calls.push({ list: arn }); return tags(present); },
    untag: async (_arn, untag) => void calls.push({ untag }),
    tag: async (_arn, tag) => void calls.push({ tag }),
  });
  beforeEach(() => { calls.length = 0; });

  test('untags before it tags, so that a full set of tags can be exchanged', async () => {
    await convergeTags('arn', store({ a: '1' }), tags({ b: '2' }), tags({ a: '1' }));
    expect(calls).toEqual([{ list: 'arn' }, { untag: ['a'] }, { tag: tags({ b: '2' }) }]);
  });

  test('makes no call when the properties say the same, in whatever order', async () => {
    await convergeTags('arn', store({}), tags({ a: '1', b: '2' }), tags({ b: '2', a: '1' }));
    expect(calls).toEqual([]);
  });

  test.each([
    ['none and none', undefined, undefined], ['none and an empty list', undefined, []], ['two empty lists', [], []],
  ])('makes no call for %s', async (_, wanted, former) => {
    await convergeTags('arn', store({ a: '1' }), wanted, former);
    await convergeTagsOfFound('arn', store({ a: '1' }), wanted, former);
    expect(calls).toEqual([]);
  });

  test('looks at what was found again also when the properties say the same', async () => {
    await convergeTagsOfFound('arn', store({}), tags({ a: '1' }), tags({ a: '1' }));
    expect(calls).toEqual([{ list: 'arn' }, { untag: [] }, { tag: tags({ a: '1' }) }]);
  });

  test('goes by what is there, not by what the former properties say', async () => {
    await convergeTags('arn', store({ b: '2' }), tags({ b: '2' }), tags({ a: '1' }));
    expect(calls).toEqual([{ list: 'arn' }, { untag: [] }, { tag: [] }]);
  });
});
