import type { ChannelClaim, ChannelClaims } from '../../../src/handlers/channel-flow-association/channel-claims';
import { decideHold, decideRelease, isShared } from '../../../src/handlers/channel-flow-association/decide';

const [WANTED, FORMER, THEIRS, OLD] = ['wanted', 'former', 'theirs', 'old'];

const claims = ({ own, ofStack = [], ofOthers = [], displaced }: Partial<ChannelClaims>): ChannelClaims =>
  ({ own, ofStack, ofOthers, displaced });
const claim = (flow: string, more: Partial<ChannelClaim> = {}): ChannelClaim => ({ flow, ...more });

describe('what an association does with its channel', () => {
  test.each<[string, string | undefined, Partial<ChannelClaims>, object]>([
    ['the wanted flow, claimed', WANTED, { own: claim(WANTED) }, { action: 'keep' }],
    ['the wanted flow, claimed by a take-over that is not finished', WANTED, {
      own: claim(WANTED, { before: FORMER, displacing: THEIRS }),
    },
    { action: 'claim', own: { flow: WANTED, before: FORMER } }],
    [
      'the wanted flow, and no claim at all: it was there before', WANTED, {},
      { action: 'claim', own: { flow: WANTED }, displaced: WANTED },
    ],
    [
      'the wanted flow, and a claim of the stack', WANTED, { ofStack: [claim(WANTED)] },
      { action: 'claim', own: { flow: WANTED } },
    ],
    [
      'the wanted flow, and a claim of another stack', WANTED, { ofOthers: [claim(WANTED)] },
      { action: 'claim', own: { flow: WANTED } },
    ],
    [
      'the wanted flow, and a claim of nobody', WANTED, { displaced: OLD },
      { action: 'claim', own: { flow: WANTED }, displaced: OLD },
    ],
    [
      'the wanted flow, claimed for another', WANTED, { own: claim(FORMER, { before: OLD }) },
      { action: 'claim', own: { flow: WANTED } },
    ],

    ['nothing, and no claim', undefined, {}, { action: 'move', own: { flow: WANTED } }],
    [
      'nothing, although it is claimed', undefined, { own: claim(WANTED, { before: FORMER }) },
      { action: 'move', own: { flow: WANTED, before: FORMER } },
    ],
    ['nothing, and a claim of another flow', undefined, { own: claim(FORMER, { before: OLD }), displaced: THEIRS },
      { action: 'move', own: { flow: WANTED, before: FORMER }, displaced: THEIRS }],

    [
      'its former flow', FORMER, { own: claim(FORMER) },
      { action: 'move', own: { flow: WANTED, before: FORMER }, from: FORMER },
    ],
    [
      'the flow before, of a swap that stopped', FORMER, { own: claim(WANTED, { before: FORMER }) },
      { action: 'move', own: { flow: WANTED, before: FORMER }, from: FORMER },
    ],
    ['the flow of a sibling that is being renamed', FORMER, { ofStack: [claim(FORMER)], displaced: OLD },
      { action: 'move', own: { flow: WANTED, before: FORMER }, displaced: OLD, from: FORMER }],

    ['what a stopped take-over was to take', THEIRS, {
      own: claim(WANTED, { before: FORMER, displacing: THEIRS }), displaced: THEIRS,
    },
    { action: 'move', own: { flow: WANTED, before: FORMER, displacing: THEIRS }, displaced: THEIRS, from: THEIRS }],
    ['what a stopped take-over was to take, which a rollback gives up', THEIRS, {
      own: claim(FORMER, { before: WANTED, displacing: THEIRS }), displaced: OLD,
    },
    { action: 'claim', own: { flow: WANTED }, displaced: OLD }],

    ['a flow that came by hand, behind the claim', THEIRS, { own: claim(WANTED) }, { action: 'keep' }],
    ['another flow', THEIRS, {}, { action: 'refuse', existing: THEIRS }],
    [
      'another flow, claimed by another stack', THEIRS, { ofOthers: [claim(THEIRS)] },
      { action: 'refuse', existing: THEIRS },
    ],
    [
      'a flow that came by hand, while the claim is of another', THEIRS, { own: claim(FORMER) },
      { action: 'refuse', existing: THEIRS },
    ],
    [
      'a flow that a stopped take-over of another was not about', THEIRS,
      { own: claim(FORMER, { before: OLD, displacing: THEIRS }) }, { action: 'refuse', existing: THEIRS },
    ],
  ])('that carries %s', (_, current, there, decision) => {
    expect(decideHold(current, claims(there), { desired: WANTED, onExisting: 'FAIL', mayConfirm: true })).toEqual(
      decision,
    );
  });

  test.each<[string, Partial<ChannelClaims>, object]>([
    ['that nobody claims is kept as nobody\'s', {}, { own: { flow: WANTED, displacing: THEIRS }, displaced: THEIRS }],
    ['that nobody claims takes the place of what was kept', {
      own: claim(FORMER), displaced: OLD, ofOthers: [claim(OLD)],
    },
    { own: { flow: WANTED, before: FORMER, displacing: THEIRS }, displaced: THEIRS }],
    [
      'that another stack claims is not', { ofOthers: [claim(OLD), claim(THEIRS)], displaced: OLD },
      { own: { flow: WANTED, displacing: THEIRS }, displaced: OLD },
    ],
    [
      'that another stack had before is not', { ofOthers: [claim(OLD, { before: THEIRS })] },
      { own: { flow: WANTED, displacing: THEIRS } },
    ],
  ])('that is to replace a flow %s', (_, there, decision) => {
    expect(decideHold(THEIRS, claims(there), { desired: WANTED, onExisting: 'REPLACE', mayConfirm: true })).toEqual({
      action: 'move', from: THEIRS, ...decision,
    });
  });

  test.each<['FAIL' | 'REPLACE', object]>([
    ['FAIL', { action: 'refuse', existing: THEIRS }],
    [
      'REPLACE',
      { action: 'move', from: THEIRS, own: { flow: WANTED, before: WANTED, displacing: THEIRS }, displaced: THEIRS },
    ],
  ])('that is created anew, behind whose retained claim another flow came, obeys %s', (onExisting, decision) => {
    expect(decideHold(THEIRS, claims({ own: claim(WANTED) }), { desired: WANTED, onExisting, mayConfirm: false }))
      .toEqual(decision);
  });
});

describe('what an association leaves behind', () => {
  test.each<[string, string | undefined, Partial<ChannelClaims>, object]>([
    ['its flow, and no other claim', WANTED, {}, { action: 'free', current: WANTED }],
    ['the flow before its last change', FORMER, {}, { action: 'free', current: FORMER }],
    ['nothing, and no other claim', undefined, {}, { action: 'leave' }],
    ['a flow that came by hand', THEIRS, { ofStack: [claim(OLD)], displaced: OLD }, { action: 'leave' }],

    [
      'its flow, which a sibling claims', WANTED, { ofStack: [claim(WANTED)], ofOthers: [claim(OLD)] },
      { action: 'leave' },
    ],
    ['its flow, which was there before', WANTED, { displaced: WANTED }, { action: 'leave' }],

    [
      'its flow, where another was before', WANTED, { displaced: OLD },
      { action: 'restore', candidates: [OLD], current: WANTED },
    ],
    ['nothing, where another was before', undefined, { displaced: OLD }, { action: 'restore', candidates: [OLD] }],
    ['its flow, where others claim', WANTED, {
      ofStack: [claim(FORMER)], ofOthers: [claim(THEIRS, { before: WANTED }), claim(FORMER)], displaced: OLD,
    },
    { action: 'restore', candidates: [FORMER, THEIRS], current: WANTED }],
  ])('on a channel that carries %s', (_, current, there, decision) => {
    expect(decideRelease(current, claims({ own: claim(WANTED, { before: FORMER }), ...there }))).toEqual(decision);
  });

  test.each([
    ['the one that was there before', THEIRS, [THEIRS, FORMER]],
    ['nothing that nobody claims', OLD, [FORMER, THEIRS]],
  ])('of several claimed flows puts first %s', (_, preferred, candidates) => {
    const there = claims({ own: claim(WANTED), ofStack: [claim(FORMER)], ofOthers: [claim(THEIRS)] });
    expect(decideRelease(WANTED, there, preferred)).toEqual({ action: 'restore', candidates, current: WANTED });
  });
});

describe('a flow that another stack claims, too', () => {
  const theirs = [{ flow: 'f1' }];

  test('is shared by who finds it, and by nobody who put it there', () => {
    expect(isShared('f1', { ofStack: [], ofOthers: theirs })).toBe(true);
    expect(isShared('f1', { ofStack: [{ flow: 'f1' }], ofOthers: theirs })).toBe(false);
    expect(isShared('f1', { own: { flow: 'f1' }, ofStack: [], ofOthers: theirs })).toBe(false);
    expect(isShared('f1', { ofStack: [], ofOthers: [{ flow: 'f2' }] })).toBe(false);
    expect(isShared(undefined, { ofStack: [], ofOthers: theirs })).toBe(false);
  });

  const own = { flow: 'f1', isShared: true } as const;
  const wanted = { desired: 'f2', onExisting: 'FAIL', mayConfirm: true } as const;

  test('is not exchanged by who shares it, as long as the other claims it', () => {
    expect(decideHold('f1', { own, ofStack: [], ofOthers: theirs }, wanted)).toEqual({
      action: 'refuse', existing: 'f1',
    });
    expect(decideHold('f1', { own, ofStack: [], ofOthers: [] }, wanted)).toMatchObject({ action: 'move', from: 'f1' });
    expect(decideHold('f1', { own: { flow: 'f1' }, ofStack: [], ofOthers: theirs }, wanted)).toMatchObject({
      action: 'move', from: 'f1',
    });
  });

  test.each([undefined, '', 'replace', 'REPLACE ', 'fail'])('is not replaced where onExisting is %p', onExisting => {
    expect(decideHold('f1', { ofStack: [], ofOthers: theirs }, { ...wanted, onExisting: onExisting as never }))
      .toEqual({ action: 'refuse', existing: 'f1' });
  });
});
