import type { ChannelClaim, ChannelClaims } from '../../../src/handlers/channel-flow-association/channel-claims';
import { decideHold, decideRelease, isShared } from '../../../src/handlers/channel-flow-association/decide';

const [WANTED, FORMER, THEIRS, OLD] = ['wanted', 'former', 'theirs', 'old'];

const claims = ({ own, ofStack = [], ofOthers = [], nobodys }: Partial<ChannelClaims>): ChannelClaims => ({ own, ofStack, ofOthers, nobodys });
const claim = (flow: string, more: Partial<ChannelClaim> = {}): ChannelClaim => ({ flow, ...more });

describe('what an association does with its channel', () => {
  test.each<[string, string | undefined, Partial<ChannelClaims>, object]>([
    ['the wanted flow, claimed', WANTED, { own: claim(WANTED) }, { does: 'keep' }],
    ['the wanted flow, claimed by a take-over that is not finished', WANTED, { own: claim(WANTED, { before: FORMER, takes: THEIRS }) },
      { does: 'claim', own: { flow: WANTED, before: FORMER } }],
    ['the wanted flow, and no claim at all: it was there before', WANTED, {}, { does: 'claim', own: { flow: WANTED }, nobodys: WANTED }],
    ['the wanted flow, and a claim of the stack', WANTED, { ofStack: [claim(WANTED)] }, { does: 'claim', own: { flow: WANTED } }],
    ['the wanted flow, and a claim of another stack', WANTED, { ofOthers: [claim(WANTED)] }, { does: 'claim', own: { flow: WANTED } }],
    ['the wanted flow, and a claim of nobody', WANTED, { nobodys: OLD }, { does: 'claim', own: { flow: WANTED }, nobodys: OLD }],
    ['the wanted flow, claimed for another', WANTED, { own: claim(FORMER, { before: OLD }) }, { does: 'claim', own: { flow: WANTED } }],

    ['nothing, and no claim', undefined, {}, { does: 'move', own: { flow: WANTED } }],
    ['nothing, although it is claimed', undefined, { own: claim(WANTED, { before: FORMER }) }, { does: 'move', own: { flow: WANTED, before: FORMER } }],
    ['nothing, and a claim of another flow', undefined, { own: claim(FORMER, { before: OLD }), nobodys: THEIRS },
      { does: 'move', own: { flow: WANTED, before: FORMER }, nobodys: THEIRS }],

    ['its former flow', FORMER, { own: claim(FORMER) }, { does: 'move', own: { flow: WANTED, before: FORMER }, from: FORMER }],
    ['the flow before, of a swap that stopped', FORMER, { own: claim(WANTED, { before: FORMER }) }, { does: 'move', own: { flow: WANTED, before: FORMER }, from: FORMER }],
    ['the flow of a sibling that is being renamed', FORMER, { ofStack: [claim(FORMER)], nobodys: OLD },
      { does: 'move', own: { flow: WANTED, before: FORMER }, nobodys: OLD, from: FORMER }],

    ['what a stopped take-over was to take', THEIRS, { own: claim(WANTED, { before: FORMER, takes: THEIRS }), nobodys: THEIRS },
      { does: 'move', own: { flow: WANTED, before: FORMER, takes: THEIRS }, nobodys: THEIRS, from: THEIRS }],
    ['what a stopped take-over was to take, which a rollback gives up', THEIRS, { own: claim(FORMER, { before: WANTED, takes: THEIRS }), nobodys: OLD },
      { does: 'claim', own: { flow: WANTED }, nobodys: OLD }],

    ['a flow that came by hand, behind the claim', THEIRS, { own: claim(WANTED) }, { does: 'keep' }],
    ['another flow', THEIRS, {}, { does: 'refuse', existing: THEIRS }],
    ['another flow, claimed by another stack', THEIRS, { ofOthers: [claim(THEIRS)] }, { does: 'refuse', existing: THEIRS }],
    ['a flow that came by hand, while the claim is of another', THEIRS, { own: claim(FORMER) }, { does: 'refuse', existing: THEIRS }],
    ['a flow that a stopped take-over of another was not about', THEIRS, { own: claim(FORMER, { before: OLD, takes: THEIRS }) }, { does: 'refuse', existing: THEIRS }],
  ])('that carries %s', (_, current, there, decision) => {
    expect(decideHold(current, claims(there), { wanted: WANTED, onExisting: 'FAIL', mayConfirm: true })).toEqual(decision);
  });

  test.each<[string, Partial<ChannelClaims>, object]>([
    ['that nobody claims is kept as nobody\'s', {}, { own: { flow: WANTED, takes: THEIRS }, nobodys: THEIRS }],
    ['that nobody claims takes the place of what was kept', { own: claim(FORMER), nobodys: OLD, ofOthers: [claim(OLD)] },
      { own: { flow: WANTED, before: FORMER, takes: THEIRS }, nobodys: THEIRS }],
    ['that another stack claims is not', { ofOthers: [claim(OLD), claim(THEIRS)], nobodys: OLD }, { own: { flow: WANTED, takes: THEIRS }, nobodys: OLD }],
    ['that another stack had before is not', { ofOthers: [claim(OLD, { before: THEIRS })] }, { own: { flow: WANTED, takes: THEIRS } }],
  ])('that is to replace a flow %s', (_, there, decision) => {
    expect(decideHold(THEIRS, claims(there), { wanted: WANTED, onExisting: 'REPLACE', mayConfirm: true })).toEqual({ does: 'move', from: THEIRS, ...decision });
  });

  test.each<['FAIL' | 'REPLACE', object]>([
    ['FAIL', { does: 'refuse', existing: THEIRS }],
    ['REPLACE', { does: 'move', from: THEIRS, own: { flow: WANTED, before: WANTED, takes: THEIRS }, nobodys: THEIRS }],
  ])('that is created anew, behind whose retained claim another flow came, obeys %s', (onExisting, decision) => {
    expect(decideHold(THEIRS, claims({ own: claim(WANTED) }), { wanted: WANTED, onExisting, mayConfirm: false })).toEqual(decision);
  });
});

describe('what an association leaves behind', () => {
  test.each<[string, string | undefined, Partial<ChannelClaims>, object]>([
    ['its flow, and no other claim', WANTED, {}, { does: 'free', current: WANTED }],
    ['the flow before its last change', FORMER, {}, { does: 'free', current: FORMER }],
    ['nothing, and no other claim', undefined, {}, { does: 'leave' }],
    ['a flow that came by hand', THEIRS, { ofStack: [claim(OLD)], nobodys: OLD }, { does: 'leave' }],

    ['its flow, which a sibling claims', WANTED, { ofStack: [claim(WANTED)], ofOthers: [claim(OLD)] }, { does: 'leave' }],
    ['its flow, which was there before', WANTED, { nobodys: WANTED }, { does: 'leave' }],

    ['its flow, where another was before', WANTED, { nobodys: OLD }, { does: 'restore', candidates: [OLD], current: WANTED }],
    ['nothing, where another was before', undefined, { nobodys: OLD }, { does: 'restore', candidates: [OLD] }],
    ['its flow, where others claim', WANTED, { ofStack: [claim(FORMER)], ofOthers: [claim(THEIRS, { before: WANTED }), claim(FORMER)], nobodys: OLD },
      { does: 'restore', candidates: [FORMER, THEIRS], current: WANTED }],
  ])('on a channel that carries %s', (_, current, there, decision) => {
    expect(decideRelease(current, claims({ own: claim(WANTED, { before: FORMER }), ...there }))).toEqual(decision);
  });

  test.each([
    ['the one that was there before', THEIRS, [THEIRS, FORMER]],
    ['nothing that nobody claims', OLD, [FORMER, THEIRS]],
  ])('of several claimed flows puts first %s', (_, rather, candidates) => {
    const there = claims({ own: claim(WANTED), ofStack: [claim(FORMER)], ofOthers: [claim(THEIRS)] });
    expect(decideRelease(WANTED, there, rather)).toEqual({ does: 'restore', candidates, current: WANTED });
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
  const wanted = { wanted: 'f2', onExisting: 'FAIL', mayConfirm: true } as const;

  test('is not exchanged by who shares it, as long as the other claims it', () => {
    expect(decideHold('f1', { own, ofStack: [], ofOthers: theirs }, wanted)).toEqual({ does: 'refuse', existing: 'f1' });
    expect(decideHold('f1', { own, ofStack: [], ofOthers: [] }, wanted)).toMatchObject({ does: 'move', from: 'f1' });
    expect(decideHold('f1', { own: { flow: 'f1' }, ofStack: [], ofOthers: theirs }, wanted)).toMatchObject({ does: 'move', from: 'f1' });
  });

  test.each([undefined, '', 'replace', 'REPLACE ', 'fail'])('is not replaced where onExisting is %p', onExisting => {
    expect(decideHold('f1', { ofStack: [], ofOthers: theirs }, { ...wanted, onExisting: onExisting as never })).toEqual({ does: 'refuse', existing: 'f1' });
  });
});
