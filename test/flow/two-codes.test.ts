import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/flow/draft.ts';
import {
  changesOf,
  codeOwnership,
  failedCodes,
  moveCode,
  offer,
  open,
  photoLeaves,
  pickCode,
  placeOf,
  toRevisedSpot,
  toSubmission,
  typeCode,
  uncheckedCodes,
  useAnother,
} from '../../src/flow/engine.ts';
import { modificationOf } from '../../src/flow/modification.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { failedAtDoor, OLD_CODE } from './failed-items.ts';
import { atSpotPhotos, payload, plain, sent, serial, spotSaved, whereIs, withCodes } from './shop.ts';
import { BOTH_IN_ONE_FLOW, ON_BOTH_SIDES_FLOW } from './two-code-flows.ts';

const AT = { store: 'Baan Coffee', spotType: 'ENTRANCE_DOOR', number: 1, by: 'Lek', at: 1 };

const codesAt = ({ spots }: Draft, index = 0) =>
  [spots[index]?.code, ...(spots[index]?.furtherCodes ?? [])].flatMap((code) => (code ? [code.codeId] : []));
const missingOf = (draft: Draft) => offer(draft).missing.map(({ code, slot }) => slot ?? code);
const notesOf = (draft: Draft) => draft.notes.map(({ code }) => code);
const inOne = (...codes: number[]) =>
  sent(atSpotPhotos(2, BOTH_IN_ONE_FLOW), plain('counter'), withCodes('near', ...codes));
const onSides = () => sent(atSpotPhotos(2, ON_BOTH_SIDES_FLOW), plain('counter'), withCodes('front side', 0));

describe('two codes in one close-up', () => {
  it('are both read from it, without a question', () => {
    const draft = inOne(0, 1);
    expect(codesAt(draft)).toEqual([serial(0), serial(1)]);
    expect(whereIs(draft, 'p3')).toBe('s1.closeup');
    expect(draft.questions).toEqual([]);
    expect(notesOf(draft)).toContain('spotDone');
    expect(draft.notes.find(({ code }) => code === 'spotDone')?.short).toBe('AAA2, …AAB3');
    expect(uncheckedCodes(draft).map(({ code }) => code.codeId)).toEqual([serial(0), serial(1)]);
  });

  it('of which one was read: the other is missing, and comes with a better photo of both', () => {
    const half = inOne(0);
    expect(missingOf(half).slice(0, 1)).toEqual(['code']);
    expect(placeOf(half)).toMatchObject({ kind: 'photo', spot: 's1', wanted: [], codeWanted: true });
    const whole = sent(half, withCodes('better', 0, 1));
    expect(codesAt(whole)).toEqual([serial(0), serial(1)]);
    expect([whereIs(whole, 'p3'), whereIs(whole, 'p4')]).toEqual(['setAside:replaced', 's1.closeup']);
  });

  it('of which one was read: the other may come alone, or be typed', () => {
    expect(codesAt(sent(inOne(0), withCodes('other side', 1)))).toEqual([serial(0), serial(1)]);
    const typed = typeCode(inOne(0), 's1', serial(1));
    expect(typed.problems).toEqual([]);
    expect(codesAt(typed.draft)).toEqual([serial(0), serial(1)]);
    expect(placeOf(typed.draft)).toMatchObject({ kind: 'form', spot: 's2' });
  });

  it('of which one was read: a photo in which none is does not take its place', () => {
    const draft = sent(inOne(0), plain('blurred'));
    expect([whereIs(draft, 'p3'), whereIs(draft, 'p4')]).toEqual(['s1.closeup', 'setAside:replaced']);
    expect(notesOf(draft)).toContain('codeUnreadable');
  });

  it('beside a third are asked about, one after the other', () => {
    const asked = inOne(0, 1, 2);
    expect(placeOf(asked)).toMatchObject({ kind: 'question', question: { kind: 'twoCodes' } });
    const { draft: once } = pickCode(asked, 'p3', serial(2));
    expect(placeOf(once)).toMatchObject({ kind: 'question', question: { codes: [{}, {}] } });
    const { draft } = pickCode(once, 'p3', serial(0));
    expect(codesAt(draft)).toEqual([serial(2), serial(0)]);
    expect(whereIs(draft, 'p3')).toBe('s1.closeup');
    expect(draft.questions).toEqual([]);
  });

  it('of another spot are not taken from it', () => {
    const next = spotSaved(inOne(0, 1), 's2');
    const draft = sent(next, plain('place'), withCodes('near 2', 1, 2, 3));
    expect(codesAt(draft)).toEqual([serial(0), serial(1)]);
    expect(codesAt(draft, 1)).toEqual([serial(2), serial(3)]);
    expect(typeCode(draft, 's2', serial(0)).problems).toMatchObject([{ code: 'codeUsedInThisPromotion' }]);
  });

  it('that both stand elsewhere are asked about one by one', () => {
    const found = [0, 1].reduce(
      (now, n) => codeOwnership(now, 's1', serial(n), { kind: 'boundHere', at: AT }),
      inOne(0, 1),
    );
    expect(offer(found).violations).toEqual([{ code: 'codeBoundHere', step: 'spots', spot: 's1' }]);
    const { draft: one } = moveCode(found, 's1');
    expect(one.spots[0]?.code?.ownership).toBe('move');
    expect(placeOf(one)).toMatchObject({ question: { kind: 'codeBoundHere', code: { codeId: serial(1) } } });
    const { draft: both } = moveCode(one, 's1');
    expect(offer(both).violations).toEqual([]);
    const { draft: another } = useAnother(one, 's1');
    expect(codesAt(another)).toEqual([serial(0)]);
  });

  it('are kept aside when one alone is asked for, and are there again with both', () => {
    const draft = inOne(0, 1);
    const fewer = { ...draft, flow: MARKETING_CODE_FLOW };
    expect(offer(fewer).missing.some(({ spot }) => spot === 's1')).toBe(false);
    expect(toSubmission(fewer)?.spots ?? []).toEqual([]);
    const { draft: retyped } = typeCode(fewer, 's1', serial(2));
    expect(codesAt(retyped)).toEqual([serial(2), serial(1)]);
    expect(offer({ ...retyped, flow: BOTH_IN_ONE_FLOW }).missing.some(({ spot }) => spot === 's1')).toBe(false);
  });

  it('are asked for when a second one is asked for from now on, and nothing is lost', () => {
    const one = sent(atSpotPhotos(1), plain('counter'), withCodes('near', 0));
    const more = { ...one, flow: BOTH_IN_ONE_FLOW };
    expect(codesAt(more)).toEqual([serial(0)]);
    expect(placeOf(more)).toMatchObject({ kind: 'photo', wanted: [], codeWanted: true });
  });
});

describe('two codes on two sides', () => {
  it('are read from a photo of each', () => {
    const half = onSides();
    expect(placeOf(half)).toMatchObject({ kind: 'photo', wanted: ['back'] });
    const draft = sent(half, withCodes('back side', 1));
    expect([whereIs(draft, 'p3'), whereIs(draft, 'p4')]).toEqual(['s1.closeup', 's1.back']);
    expect(codesAt(draft)).toEqual([serial(0), serial(1)]);
    expect(placeOf(draft)).toMatchObject({ kind: 'form', spot: 's2' });
  });

  it('the same side twice fills both places, and the other code is still missing', () => {
    const draft = sent(onSides(), withCodes('again', 0));
    expect(missingOf(draft).slice(0, 1)).toEqual(['code']);
    const whole = sent(draft, withCodes('back side', 1));
    expect(codesAt(whole)).toEqual([serial(0), serial(1)]);
    expect(placesOf(whole)).toEqual(['storefront', 's1.context', 's1.closeup', 'setAside:replaced', 's1.back']);
  });

  it('a new photo of a side that was opened again replaces that side and its code alone', () => {
    const done = sent(onSides(), withCodes('back side', 1));
    const opened = open(done, { kind: 'photos', step: 'spots', spot: 's1', slot: 'back' }).draft;
    const draft = sent(opened, withCodes('new back', 2));
    expect(codesAt(draft)).toEqual([serial(0), serial(2)]);
    expect(placesOf(draft).slice(2)).toEqual(['s1.closeup', 'setAside:replaced', 's1.back']);
  });

  it('the photo of one of them goes to another shop with its code, and the other stays', () => {
    const draft = photoLeaves(sent(onSides(), withCodes('back side', 1)), 'p4');
    expect(codesAt(draft)).toEqual([serial(0)]);
    expect(placeOf(draft)).toMatchObject({ wanted: ['back'], codeWanted: true });
  });

  it('one that is taken goes with the photo that shows it', () => {
    const done = sent(onSides(), withCodes('back side', 1));
    const draft = codeOwnership(done, 's1', serial(0), { kind: 'boundElsewhere' });
    expect(codesAt(draft)).toEqual([serial(1)]);
    expect(placesOf(draft).slice(2)).toEqual(['setAside:codeTaken', 's1.back']);
  });
});

describe('what failed with two codes', () => {
  const code = (n: number) => ({
    ...OLD_CODE,
    codeId: serial(n),
    canonicalUrl: payload(n),
    short: serial(n).slice(-4),
  });
  const photos = ['context', 'closeup', 'back'].map((slot) => ({ slot, photoId: `old-${slot}`, sha256: slot, at: 1 }));
  const failed = (asks: readonly string[], codeFailed = false) =>
    modificationOf(
      failedAtDoor('POSM', asks, {
        flow: ON_BOTH_SIDES_FLOW,
        spot: {
          answers: { spotType: 'ENTRANCE_DOOR', fixedSecurely: true, howMany: 1 },
          codes: [
            { ...code(0), photoId: 'old-closeup' },
            { ...code(1), photoId: 'old-back' },
          ],
        },
        photos,
        codeFailed,
      }),
    );

  it('asks for one side: only that code is read again', () => {
    const draft = failed(['back']);
    expect(codesAt(draft)).toEqual([serial(0)]);
    const done = sent(draft, withCodes('new back', 2));
    expect(changesOf(done)).toEqual([
      { kind: 'photo', slot: 'back', was: 'back', is: 'new back' },
      { kind: 'code', was: serial(1).slice(-4), is: serial(2).slice(-4) },
    ]);
    expect(toRevisedSpot(done)?.codes).toMatchObject([
      { codeId: serial(0), photoId: 'old-closeup' },
      { codeId: serial(2), photoId: 'p4' },
    ]);
  });

  it('asks for other codes: both are read again, and which of them failed nobody says', () => {
    const draft = failed(['closeup', 'back', 'code'], true);
    expect(codesAt(draft)).toEqual([]);
    expect(failedCodes(draft).map(({ codeId }) => codeId)).toEqual([serial(0), serial(1)]);
  });
});

const placesOf = (draft: Draft) => draft.photos.map(({ photoId }) => whereIs(draft, photoId));
