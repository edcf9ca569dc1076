import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/flow/draft.ts';
import {
  addSpot,
  answer,
  canResubmit,
  changesOf,
  codeOwnership,
  type FailedItem,
  formOf,
  labelsOf,
  leave,
  modificationOf,
  offer,
  open,
  placeOf,
  skipSpot,
  toRevisedSpot,
  toRevisedStore,
} from '../../src/flow/engine.ts';
import { checkDraft } from '../support/check-draft.ts';
import { PRIMARY_POSM_FLOW, SHIPPED_REASONS, shippedProgramme } from '../support/shipped-programme.ts';
import { failedAtDoor, failedStore, OLD_CODE } from './failed-items.ts';
import { INPUT } from './inputs.ts';
import { obeyed } from './obedient.ts';
import { payload, plain, readAgain, sent, serial, withCodes } from './shop.ts';

const PRIMARY = { flow: PRIMARY_POSM_FLOW } as const;
const spotForm = { step: 'spots', spot: 's1', part: 'main' } as const;

const FORMS: Readonly<Record<string, string>> = { store: 'storeForm', merchant: 'merchantForm', spots: 'spotForm' };

/** Each reason at each kind of item that it can be given for. */
const FAILURES: readonly (readonly [string, FailedItem])[] = Object.keys(shippedProgramme().reasons).flatMap((code) => {
  const { asks: names, scope, forbidsCode: codeFailed } = SHIPPED_REASONS.of(code);
  const asks = names.map((name) => FORMS[name] ?? (name as string));
  const cases: [string, FailedItem][] = [];
  if (scope === 'store' || scope === 'any') cases.push([`${code} of a store`, failedStore(asks)]);
  if (scope === 'store') return cases;
  for (const type of ['SPOT', 'POSM'] as const) {
    cases.push([`${code} of a ${type}`, failedAtDoor(type, asks, { codeFailed })]);
    cases.push([`${code} of a ${type}, Primary POSMs`, failedAtDoor(type, asks, { ...PRIMARY, codeFailed })]);
  }
  return cases;
});

/** What is asked on the way to the end, a screen at a time, doing what each card asks for. */
function askedOnTheWay(begun: Draft): { asked: string[]; draft: Draft } {
  const asked: string[] = [];
  let draft = begun;
  for (let n = 0; n < 12; n += 1) {
    expect(checkDraft(draft)).toEqual([]);
    const place = placeOf(draft);
    if (place.kind === 'summary') break;
    if (place.kind === 'form') asked.push(`${place.step} form`);
    if (place.kind === 'photo') asked.push(...place.wanted, ...(place.codeWanted ? ['code'] : []));
    draft = obeyed(draft, n);
  }
  return { asked: [...new Set(asked)].sort(), draft };
}

describe('what failed', () => {
  it.each(FAILURES)('is put right by what its reason asks for and nothing else: %s', (_, failed) => {
    const draft = modificationOf(failed);
    const { asked, draft: done } = askedOnTheWay(draft);
    const asks = draft.modifies?.asks ?? [];
    const codeGoes = asks.includes('code') || (asks.includes('closeup') && failed.spot?.codes.length === 1);
    const wanted = asks.map((part) => ASKED[part]);
    expect(asked).toEqual([...new Set([...wanted, ...(codeGoes ? ['code'] : [])])].sort());
    expect(placeOf(done)).toEqual({ kind: 'summary' });
    expect(offer(done).missing).toEqual([]);
    expect(canResubmit(done)).toBe(asks.length > 0);
    expect((failed.itemType === 'STORE' ? toRevisedStore(done) : toRevisedSpot(done)) !== undefined).toBe(
      asks.length > 0,
    );
  });

  it('is told with all that it does not ask for as it was submitted', () => {
    const draft = sent(modificationOf(failedAtDoor('SPOT', ['context'])), plain('new-context'));
    expect(toRevisedSpot(draft)).toMatchObject({
      spotType: 'ENTRANCE_DOOR',
      number: 2,
      fixedSecurely: false,
      quantity: 2,
      codes: [{ codeId: serial(0) }],
      photos: [
        { slot: 'context', sha256: 'new-context' },
        { slot: 'closeup', photoId: 'old-closeup' },
      ],
    });
    expect(changesOf(draft)).toEqual([{ kind: 'photo', slot: 'context', was: 'old-context', is: 'new-context' }]);
  });

  it('comes with its form filled in; the consent is asked again only where it was missing (policy P2)', () => {
    const form = { step: 'store', part: 'main' } as const;
    expect(formOf(modificationOf(failedStore(['store'])), form).values).toMatchObject({
      nameLocal: 'Baan Coffee',
      managerName: 'Somchai',
      consent: 'true',
    });
    for (const asks of [['consent'], ['store', 'consent'], ['consent', 'store']] as string[][]) {
      const draft = modificationOf(failedStore(asks));
      expect(formOf(draft, form).values).toMatchObject({ nameLocal: 'Baan Coffee', consent: 'false' });
      expect(answer(draft, { ...form, values: {} }).problems).toEqual([{ code: 'mustAgree', field: 'consent' }]);
    }
  });

  it('keeps what is optional, and shows each answer that is another one now', () => {
    const draft = modificationOf(failedStore(['store']));
    const { draft: saved } = answer(draft, { step: 'store', part: 'main', values: { address: 'Silom Rd 21' } });
    expect(toRevisedStore(saved)?.store).toMatchObject({ address: 'Silom Rd 21', more: { openingHours: '9-21' } });
    expect(changesOf(saved)).toEqual([
      { kind: 'answer', step: 'store', field: 'address', was: 'Silom Rd 12', is: 'Silom Rd 21' },
    ]);
  });

  it('for a reason that asks for nothing is what the person chooses, and nothing unchanged is sent again', () => {
    const draft = modificationOf(failedAtDoor('SPOT', []));
    expect(placeOf(draft)).toEqual({ kind: 'change' });
    expect(canResubmit(leave(draft).draft)).toBe(false);
    const opened = open(draft, { kind: 'form', ...spotForm }).draft;
    const same = answer(opened, { ...spotForm, values: {} }).draft;
    expect(canResubmit(same)).toBe(false);
    expect(canResubmit(answer(same, { ...spotForm, values: { fixedSecurely: 'true' } }).draft)).toBe(true);
  });
});

describe('whatever happens to a modification', () => {
  const FAILURE = fc.constantFrom(...FAILURES.map(([, failed]) => failed));
  const RUNS = { numRuns: 200, seed: 20261124 };

  it('it stays one item, valid, and readable from its JSON, and loses no photo', () => {
    fc.assert(
      fc.property(FAILURE, fc.array(INPUT, { minLength: 1, maxLength: 30 }), (failed, inputs) => {
        const begun = modificationOf(failed);
        let draft = begun;
        for (const input of inputs) {
          const before = draft.photos.length;
          draft = input.on(draft);
          expect(checkDraft(draft)).toEqual([]);
          expect(readAgain(draft)).toEqual(draft);
          expect(draft.spots.map(({ key }) => key)).toEqual(['s1']);
          expect(draft.modifies).toEqual(begun.modifies);
          expect(draft.photos.length).toBeGreaterThanOrEqual(before);
        }
      }),
      RUNS,
    );
  });

  it('doing what the cards ask leads to where it can be sent, or to the choice of what to change', () => {
    fc.assert(
      fc.property(FAILURE, fc.array(INPUT, { maxLength: 20 }), (failed, inputs) => {
        let draft = inputs.reduce((now, input) => input.on(now), modificationOf(failed));
        for (let n = 0; n < 60 && !offer(draft).canSubmit; n += 1) draft = obeyed(draft, n);
        expect(offer(draft)).toMatchObject({ canSubmit: true });
        if (draft.modifies?.asks.length !== 0) expect(canResubmit(draft)).toBe(true);
      }),
      RUNS,
    );
  });
});

const ASKED: Readonly<Record<string, string>> = {
  store: 'store form',
  consent: 'store form',
  merchant: 'merchant form',
  spots: 'spots form',
  storefront: 'storefront',
  context: 'context',
  closeup: 'closeup',
  code: 'code',
  inspection: 'none',
};

describe('the spot of a modification', () => {
  it('asks for no number of spots, and is not joined by another', () => {
    const draft = modificationOf(failedAtDoor('SPOT', ['spots', 'context'], PRIMARY));
    expect(formOf(draft, spotForm).fields.map(({ name }) => name)).toEqual(['spotType', 'fixedSecurely']);
    expect(addSpot(draft).draft).toBe(draft);
    expect(skipSpot(draft, 's1').draft).toBe(draft);
  });

  it('keeps its number, and gets a free one where it is said to stand elsewhere', () => {
    const draft = modificationOf(failedAtDoor('SPOT', ['spots', 'context']));
    expect(labelsOf(draft)).toEqual([{ spotType: 'ENTRANCE_DOOR', number: 2 }]);
    const moved = answer(draft, { ...spotForm, values: { spotType: 'WALL' } }).draft;
    expect(labelsOf(moved)).toEqual([{ spotType: 'WALL', number: 2 }]);
    const window = answer(draft, { ...spotForm, values: { spotType: 'WINDOW' } }).draft;
    expect(labelsOf(window)).toEqual([{ spotType: 'WINDOW', number: 1 }]);
  });

  it('is what the POSM is not: each has its own questions', () => {
    const posm = modificationOf(failedAtDoor('POSM', ['spots', 'closeup'], PRIMARY));
    expect(formOf(posm, spotForm).fields.map(({ name }) => name)).toEqual(['posmForm', 'quantity']);
    const coded = modificationOf(failedAtDoor('POSM', ['spots', 'closeup']));
    expect(coded.modifies?.asks).toEqual(['closeup']);
  });
});

describe('the code of a modification', () => {
  it('is read again in a new close-up, and may be another one', () => {
    const draft = modificationOf(failedAtDoor('SPOT', ['closeup']));
    expect(sent(draft, withCodes('new', 0)).spots[0]?.code?.codeId).toBe(serial(0));
    const replaced = codeOwnership(sent(draft, withCodes('new', 1)), 's1', serial(1), { kind: 'free' });
    expect(changesOf(replaced)).toContainEqual({ kind: 'code', was: serial(0).slice(-4), is: serial(1).slice(-4) });
    expect(toRevisedSpot(replaced)?.codes[0]?.codeId).toBe(serial(1));
  });

  it('that was typed because it could not be read need not be typed again', () => {
    const typed = failedAtDoor('SPOT', ['closeup'], {
      spot: { answers: {}, codes: [{ ...OLD_CODE, method: 'TYPED' }] },
    });
    const draft = sent(modificationOf(typed), plain('new'));
    expect(draft.spots[0]?.code?.codeId).toBe(serial(0));
    expect(placeOf(draft)).toMatchObject({ kind: 'form' });
  });

  it('that failed by itself is said so, and its photo is put aside', () => {
    const draft = sent(
      modificationOf(failedAtDoor('POSM', ['closeup', 'code'], { codeFailed: true })),
      withCodes('n', 0),
    );
    expect(draft.modifies?.failedCode).toBe(serial(0));
    const told = codeOwnership(draft, 's1', serial(0), { kind: 'failed' });
    expect(told.notes.map(({ code }) => code)).toContain('codeFailed');
    expect(placeOf(told)).toMatchObject({ kind: 'photo', wanted: ['closeup'], codeWanted: true });
    expect(payload(0)).toContain(told.modifies?.failedCode);
  });
});
