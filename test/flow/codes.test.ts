import { describe, expect, it } from 'vitest';
import {
  askSameShop,
  askToConfirm,
  back,
  codeOwnership,
  formOf,
  moveCode,
  offer,
  open,
  otherStore,
  pickCode,
  placeOf,
  sameStore,
  toSubmission,
  typeCode,
  typedCodeKey,
  uncheckedCodes,
  useAnother,
  useStore,
} from '../../src/flow/engine.ts';
import {
  atSpotPhotos,
  complete,
  emptyDraft,
  plain,
  sent,
  serial,
  spotSaved,
  storeSaved,
  whereIs,
  withCodes,
} from './shop.ts';

const AT = { store: 'Baan Coffee', spotType: 'ENTRANCE_DOOR', number: 1, by: 'Lek', at: 1 };
const KNOWN = { storeId: 'S1', name: 'Baan Coffee', address: 'Silom Rd 12', by: 'Lek', at: 1 };

describe('two codes in one photo', () => {
  const two = () => sent(atSpotPhotos(2), plain('counter'), withCodes('both', 0, 1));

  it('are asked about, and the answer makes the photo the close-up', () => {
    expect(placeOf(two())).toMatchObject({
      kind: 'question',
      step: 'spots',
      spot: 's1',
      question: { kind: 'twoCodes' },
    });
    const { draft } = pickCode(two(), 'p3', serial(1));
    expect(draft.spots[0]?.code?.codeId).toBe(serial(1));
    expect(whereIs(draft, 'p3')).toBe('s1.closeup');
    expect(pickCode(draft, 'p3', serial(0))).toEqual({ draft, problems: [] });
  });

  it('a code that was not in the photo cannot be picked', () => {
    expect(pickCode(two(), 'p3', serial(5)).problems).toEqual([{ code: 'nothingThere' }]);
  });

  it('need no question when one of them stands at another spot', () => {
    const draft = sent(
      spotSaved(sent(atSpotPhotos(2), plain('counter'), withCodes('code', 0)), 's2'),
      withCodes('both', 0, 1),
    );
    expect(draft.spots.map(({ code }) => code?.codeId)).toEqual([serial(0), serial(1)]);
  });

  it('the question goes when a photo with one code comes', () => {
    const draft = sent(two(), withCodes('one', 0));
    expect(draft.spots[0]?.code?.codeId).toBe(serial(0));
    expect(placeOf(draft)).toMatchObject({ kind: 'form', step: 'spots', spot: 's2' });
    expect(whereIs(draft, 'p3')).toBe('tray');
  });

  it('back leads to the photos, where another can be sent', () => {
    expect(placeOf(back(two()).draft)).toMatchObject({ kind: 'photo', spot: 's1', codeWanted: true });
  });
});

describe('whose code it is', () => {
  const read = () => sent(atSpotPhotos(), plain('counter'), withCodes('code', 0));

  it('is to be looked up once for each code', () => {
    expect(uncheckedCodes(read())).toMatchObject([{ spot: 's1', code: { codeId: serial(0) } }]);
    expect(uncheckedCodes(codeOwnership(read(), 's1', serial(0), { kind: 'free' }))).toEqual([]);
  });

  it('at another spot of the own ISO: says where, and Move it here takes it', () => {
    const draft = codeOwnership(read(), 's1', serial(0), { kind: 'boundHere', at: AT });
    expect(placeOf(draft)).toMatchObject({ kind: 'question', question: { kind: 'codeBoundHere', at: AT } });
    expect(offer(draft).violations).toEqual([{ code: 'codeBoundHere', step: 'spots', spot: 's1' }]);
    expect(draft.notes.map(({ code }) => code)).not.toContain('spotDone');
    const { draft: moved } = moveCode(draft, 's1');
    expect(moved.notes).toEqual([{ code: 'spotDone', spot: 's1', short: serial(0).slice(-4) }]);
    expect(moved.spots[0]?.code?.ownership).toBe('move');
    expect(offer(moved).violations).toEqual([]);
    expect(codeOwnership(moved, 's1', serial(0), { kind: 'boundHere', at: AT })).toBe(moved);
    expect(moveCode(moved, 's1').draft).toBe(moved);
  });

  it('Use another wants a new close-up', () => {
    const draft = codeOwnership(read(), 's1', serial(0), { kind: 'boundHere', at: AT });
    const { draft: another } = useAnother(draft, 's1');
    expect(placeOf(another)).toMatchObject({ kind: 'photo', wanted: ['closeup'], codeWanted: true });
    expect(whereIs(another, 'p3')).toBe('setAside:codeTaken');
  });

  it('of another ISO: only that it is in use', () => {
    const draft = codeOwnership(read(), 's1', serial(0), { kind: 'boundElsewhere' });
    expect(draft.notes).toContainEqual({ code: 'codeTaken', spot: 's1', short: serial(0).slice(-4) });
    expect(placeOf(draft)).toMatchObject({ kind: 'photo', wanted: ['closeup'], codeWanted: true });
  });

  it('not in the stock of the ISO is a doubt', () => {
    const draft = codeOwnership(read(), 's1', serial(0), { kind: 'notOfIso' });
    expect(offer(draft).doubts).toEqual([{ code: 'codeNotOfIso', step: 'spots', spot: 's1' }]);
  });

  it('found late, for a code that is gone, changes nothing', () => {
    const draft = read();
    expect(codeOwnership(draft, 's1', serial(4), { kind: 'boundElsewhere' })).toBe(draft);
    expect(codeOwnership(draft, 's8', serial(0), { kind: 'boundElsewhere' })).toBe(draft);
  });
});

describe('a typed code', () => {
  const unread = () => sent(atSpotPhotos(), plain('counter'), plain('blurred'));

  it('finishes a spot whose close-up could not be read', () => {
    const { draft: typing } = open(unread(), { kind: 'typeCode', spot: 's1' });
    expect(placeOf(typing)).toEqual({ kind: 'typeCode', step: 'spots', spot: 's1' });
    const { draft } = typeCode(typing, 's1', ' abcd-efgh aaa2 ');
    expect(draft.spots[0]?.code).toMatchObject({ codeId: serial(0), method: 'TYPED', ownership: 'unchecked' });
    expect(placeOf(draft)).toMatchObject({ kind: 'form', step: 'merchant' });
  });

  it('still wants the close-up, in which nothing need be read', () => {
    const { draft } = typeCode(sent(atSpotPhotos(), plain('counter')), 's1', serial(0));
    expect(placeOf(draft)).toMatchObject({ kind: 'photo', wanted: ['closeup'], codeWanted: false });
    expect(placeOf(sent(draft, plain('close')))).toMatchObject({ kind: 'form', step: 'merchant' });
  });

  it.each([
    ['', 'required'],
    ['8841', 'codeForeign'],
    ['x'.repeat(100_000), 'codeForeign'],
    [{ evil: true }, 'required'],
    ['https://evil.example/m/ABCDEFGHAAA2', 'codeForeign'],
  ])('%# that is none comes back as typed', (typed, code) => {
    const { draft: typing } = open(unread(), { kind: 'typeCode', spot: 's1' });
    const { draft, problems } = typeCode(typing, 's1', typed);
    expect(problems).toEqual([{ code, field: 'code' }]);
    expect(draft.typed[typedCodeKey('s1')]?.problems).toEqual(problems);
    expect(placeOf(draft)).toMatchObject({ kind: 'typeCode' });
  });

  it('of another spot of this promotion is refused', () => {
    const draft = spotSaved(sent(atSpotPhotos(2), plain('counter'), withCodes('code', 0)), 's2');
    expect(typeCode(draft, 's2', serial(0)).problems).toEqual([{ code: 'codeUsedInThisPromotion', field: 'code' }]);
  });
});

describe('which shop it is', () => {
  it('a known one fills the form; the consent is asked again', () => {
    const { draft } = useStore(emptyDraft(), 'S1', { nameLocal: 'Nine Mart', address: 'Rama 4', consent: 'true' });
    expect(formOf(draft, { step: 'store', part: 'main' }).values).toMatchObject({
      nameLocal: 'Nine Mart',
      consent: 'false',
    });
    expect(draft.storeId).toBe('S1');
  });

  it('one that looks known is asked about once', () => {
    const asked = askSameShop(storeSaved(), [KNOWN]);
    expect(placeOf(asked)).toMatchObject({ kind: 'question', question: { kind: 'sameShop' } });
    expect(sameStore(asked, 'S1').draft.storeId).toBe('S1');
    const { draft: other } = otherStore(asked);
    expect(placeOf(other)).toMatchObject({ kind: 'photo', step: 'store' });
    expect(askSameShop(other, [KNOWN])).toBe(other);
    expect(sameStore(other, 'S1').draft).toBe(other);
  });

  it('is not submitted while that is open', () => {
    expect(offer(askSameShop(complete(), [KNOWN]))).toMatchObject({
      canSubmit: false,
      missing: [{ code: 'answerToQuestion' }],
    });
  });
});

describe('submitting', () => {
  it('a straight run reaches the summary with everything in it', () => {
    const draft = complete(3);
    expect(placeOf(draft)).toEqual({ kind: 'summary' });
    expect(offer(draft)).toEqual({
      missing: [],
      violations: [],
      waiting: [],
      doubts: [],
      noted: [],
      canSubmit: true,
      parts: { passing: 5, total: 5 },
    });
    const submission = toSubmission(draft);
    expect(submission?.spots.map(({ spotType, number }) => `${spotType} ${number}`)).toEqual([
      'CASHIER_COUNTER 1',
      'CASHIER_COUNTER 2',
      'CASHIER_COUNTER 3',
    ]);
    expect(submission?.store.photos.map(({ slot }) => slot)).toEqual(['storefront']);
    expect(submission?.spots.flatMap(({ photos }) => photos.map(({ slot }) => slot))).toEqual(
      Array.from({ length: 3 }, () => ['context', 'closeup']).flat(),
    );
    expect(submission?.store).toMatchObject({ countryRegion: 'TH', acceptsOnlyAlipay: false, consent: true });
  });

  it('with a doubt is confirmed once more, and any other act takes that back', () => {
    const draft = spotSaved(complete(), 's1', { fixedSecurely: 'false' });
    expect(offer(draft).parts).toEqual({ passing: 2, total: 3 });
    const asked = askToConfirm(draft);
    expect(placeOf(asked)).toMatchObject({ kind: 'question', question: { kind: 'confirmDoubts' } });
    expect(placeOf(back(asked).draft)).toEqual({ kind: 'summary' });
    expect(placeOf(sent(asked, plain('more')))).toEqual({ kind: 'summary' });
    expect(askToConfirm(complete())).toEqual(complete());
  });

  it('more spots than the policy allows in the store, those of before included, is a violation', () => {
    const limits = { maxSpotsPerStore: 5, spotsAlreadyInStore: 4 };
    expect(offer(complete(2), limits).violations).toEqual([{ code: 'tooManySpots', step: 'spots', spot: 's2' }]);
  });
});
