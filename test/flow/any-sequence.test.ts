import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/flow/draft.ts';
import {
  answer,
  expectPhoto,
  offer,
  type PhotoVerdict,
  photoChecked,
  photoComes,
  photoLeaves,
  photosThatMayLeave,
  toSubmission,
} from '../../src/flow/engine.ts';
import { checkDraft } from '../support/check-draft.ts';
import { howOften } from '../support/how-often.ts';
import { SHIPPED_FLOWS } from '../support/shipped-programme.ts';
import { INPUT, type Input, VERDICT } from './inputs.ts';
import { obeyed } from './obedient.ts';
import { emptyDraft, readAgain } from './shop.ts';
import { BOTH_IN_ONE_FLOW, ON_BOTH_SIDES_FLOW } from './two-code-flows.ts';

const RUNS = { numRuns: howOften({ inEachRun: 50, inFull: 150 }), seed: 20261123 };
const SEQUENCE = fc.array(INPUT, { minLength: 1, maxLength: 40 });

const FLOWS = [
  ...SHIPPED_FLOWS.map((flow) => ({ name: flow.product, flow })),
  { name: 'a product with two codes in one close-up', flow: BOTH_IN_ONE_FLOW },
  { name: 'a product with two codes on two sides', flow: ON_BOTH_SIDES_FLOW },
];

describe.each(FLOWS)('in $name', ({ flow }) => {
  it('any sequence of inputs keeps the draft valid, and readable from its JSON', () => {
    fc.assert(
      fc.property(SEQUENCE, (inputs) => {
        let draft = emptyDraft(flow);
        for (const input of inputs) {
          draft = input.on(draft);
          expect(checkDraft(draft)).toEqual([]);
          expect(readAgain(draft)).toEqual(draft);
        }
      }),
      RUNS,
    );
  });

  it('any sequence of inputs changes no draft that was handed out', () => {
    fc.assert(
      fc.property(SEQUENCE, (inputs) => {
        let draft = frozen(emptyDraft(flow));
        for (const input of inputs) draft = frozen(input.on(draft));
      }),
      RUNS,
    );
  });

  it('no input loses an answer, or any photo that was ever sent', () => {
    fc.assert(
      fc.property(SEQUENCE, (inputs) => {
        let draft = emptyDraft(flow);
        for (const input of inputs) {
          const next = input.on(draft);
          if (input.name !== 'leaves') expect(lostPhotos(draft, next)).toEqual([]);
          expect(lostAnswers(draft, next, input)).toEqual([]);
          draft = next;
        }
      }),
      RUNS,
    );
  });

  it('a photo stands in exactly one of two drafts, however it is moved between them', () => {
    const act = fc.oneof(
      { weight: 2, arbitrary: fc.record({ in: fc.nat(1), input: INPUT }) },
      fc.record({ in: fc.nat(1), moves: fc.nat(20), verdict: VERDICT }),
    );
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 40 }), (acts) => {
        let drafts = [emptyDraft(flow), emptyDraft()] as const;
        const sent = new Set<string>();
        for (const one of acts) {
          const [draft, other] = one.in === 0 ? drafts : ([drafts[1], drafts[0]] as const);
          const [next, there] = 'input' in one ? [byItself(draft, one.input, one.in), other] : moved(draft, other, one);
          for (const { photoId } of next.photos) sent.add(photoId);
          drafts = one.in === 0 ? [next, there] : [there, next];
          expect(drafts.flatMap(checkDraft)).toEqual([]);
          const stand = drafts.flatMap(({ photos }) => photos.map(({ photoId }) => photoId));
          expect(stand.toSorted()).toEqual([...sent].toSorted());
        }
      }),
      RUNS,
    );
  });

  it('a form that is refused comes back with everything in it', () => {
    const text = fc.oneof(fc.string({ maxLength: 120 }), fc.constantFrom('', 'ALIPAY_ONLY', 'true'));
    const values = fc.record({ nameLocal: text, address: text, city: text, paysWith: text, consent: text });
    fc.assert(
      fc.property(values, (typed) => {
        const { draft, problems } = answer(emptyDraft(flow), { step: 'store', part: 'main', values: typed });
        if (problems.length > 0) expect(draft.typed['store::main']?.values).toMatchObject(wellFormed(typed));
        else expect(Object.keys(draft.answers.store ?? {})).toEqual(expect.arrayContaining(Object.keys(typed)));
      }),
      RUNS,
    );
  });

  it('whatever happened before, doing what the card asks leads to a submission', () => {
    fc.assert(
      fc.property(SEQUENCE, (inputs) => {
        let draft = inputs.reduce((now, input) => input.on(now), emptyDraft(flow));
        for (let n = 0; n < 100 && !offer(draft).canSubmit; n += 1) draft = obeyed(draft, n);
        expect(offer(draft)).toMatchObject({ canSubmit: true });
        expect(toSubmission(draft)).toBeDefined();
      }),
      RUNS,
    );
  });

  it('the verdicts of a burst may be applied twice, and after the draft was stored', () => {
    fc.assert(
      fc.property(fc.array(VERDICT, { maxLength: 8 }), (verdicts) => {
        const expected = verdicts.reduce(
          (now, _, n) => expectPhoto(now, { photoId: `b${n}`, seq: n, at: n }),
          emptyDraft(flow),
        );
        const apply = (draft: Draft) =>
          verdicts.reduce((now, verdict, n) => photoChecked(now, `b${n}`, verdict), draft);
        expect(apply(readAgain(expected))).toEqual(apply(expected));
        expect(apply(apply(expected))).toEqual(apply(expected));
      }),
      RUNS,
    );
  });
});

/** What happens in one draft alone, where photos have names of their own. */
function byItself(draft: Draft, { name, on }: Input, which: number): Draft {
  if (name === 'leaves' || name === 'comes') return draft;
  const known = new Set(draft.photos.map(({ photoId }) => photoId));
  const next = on(draft);
  const photos = next.photos.map((photo) =>
    known.has(photo.photoId) ? photo : { ...photo, photoId: `${which}/${photo.photoId}/${draft.photos.length}` },
  );
  return next === draft || photos.length === draft.photos.length ? next : { ...next, photos };
}

/** One of the photos of a draft that may leave it, moved to the other. */
function moved(
  draft: Draft,
  other: Draft,
  { moves, verdict }: { moves: number; verdict: PhotoVerdict },
): readonly [Draft, Draft] {
  const all = photosThatMayLeave(draft);
  const photo = all[moves % Math.max(1, all.length)];
  if (photo === undefined || !verdict.ok) return [draft, other];
  const comes = { photoId: photo.photoId, seq: other.photos.length + 1, at: photo.at };
  return [photoLeaves(draft, photo.photoId), photoComes(other, comes, verdict)];
}

/** Photos that are no longer there, or whose picture is no longer known. */
function lostPhotos(before: Draft, after: Draft): string[] {
  return before.photos
    .filter(({ photoId, kept }) => {
      const now = after.photos.find((photo) => photo.photoId === photoId);
      return !now || (kept !== undefined && now.kept?.sha256 !== kept.sha256);
    })
    .map(({ photoId }) => photoId);
}

/** What is no longer as it was said, beyond the one form that the input is about. */
function lostAnswers(before: Draft, after: Draft, { name }: Input): string[] {
  if (name === 'removeSpot' || name === 'useStore') return [];
  const saved = changed(savedIn(before), savedIn(after));
  const typed = changed(before.typed, after.typed);
  const isAnswer = name === 'answer';
  const mayChange = { saved: isAnswer ? 1 : 0, typed: isAnswer || name === 'typeCode' ? 1 : 0 };
  return [...(saved.length > mayChange.saved ? saved : []), ...(typed.length > mayChange.typed ? typed : [])];
}

function savedIn(draft: Draft): Record<string, unknown> {
  const touched = draft.spots.filter(({ answers }) => Object.keys(answers).length > 0);
  return { ...draft.answers, ...Object.fromEntries(touched.map(({ key, answers }) => [key, answers])) };
}

function changed(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(before).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

function wellFormed(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, text]) => [key, text.replace(/\p{Cs}/gu, '\ufffd')]));
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(Object.freeze(value))) frozen(part);
  return value;
}
