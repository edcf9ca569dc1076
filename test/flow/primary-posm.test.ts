import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/flow/draft.ts';
import { answer, offer, open, placeOf, toSubmission, typeCode } from '../../src/flow/engine.ts';
import { PRIMARY_POSM_FLOW } from '../support/shipped-programme.ts';
import {
  atSpotPhotos,
  complete,
  payload,
  plain,
  sent,
  serial,
  spotSaved,
  storeSaved,
  whereIs,
  withCodes,
} from './shop.ts';

const FLOW = PRIMARY_POSM_FLOW;
const placesOf = (draft: Draft) => draft.photos.map(({ photoId }) => whereIs(draft, photoId));
const notesOf = (draft: Draft) => draft.notes.map(({ code }) => code);
const spot = (values: Record<string, unknown>) =>
  answer(sent(storeSaved({}, FLOW), plain('front')), {
    step: 'spots',
    spot: 's1',
    part: 'main',
    values: { posmForm: 'STANDEE', fixedSecurely: 'true', ...values },
  });

describe('a spot of Primary POSMs', () => {
  it('asks for the kind and how many, and for no code', () => {
    expect(spot({ quantity: '3' }).draft.spots[0]?.answers).toMatchObject({ posmForm: 'STANDEE', quantity: 3 });
    expect(spot({ posmForm: '' }).problems).toEqual([{ code: 'required', field: 'posmForm' }]);
    expect(spot({ posmForm: 'BILLBOARD' }).problems).toEqual([{ code: 'notAChoice', field: 'posmForm' }]);
    expect(placeOf(spot({}).draft)).toMatchObject({ wanted: ['context', 'closeup'], codeWanted: false });
  });

  it.each([
    ['0', { code: 'tooLow', limit: 1 }],
    ['-1', { code: 'tooLow', limit: 1 }],
    ['100', { code: 'tooHigh', limit: 99 }],
    ['two', { code: 'notANumber' }],
    ['1.5', { code: 'notANumber' }],
    ['', { code: 'required' }],
  ])('takes no quantity “%s”, and keeps the form as typed', (quantity, problem) => {
    const { draft, problems } = spot({ quantity, posmForm: 'POSTER' });
    expect(problems).toEqual([{ ...problem, field: 'quantity' }]);
    expect(draft.typed['spots:s1:main']?.values).toMatchObject({ quantity, posmForm: 'POSTER' });
    expect(placeOf(draft)).toMatchObject({ kind: 'form', step: 'spots', spot: 's1' });
  });

  it.each(['99', '๑๒'])('takes the quantity “%s”', (quantity) => {
    expect(spot({ quantity }).problems).toEqual([]);
  });
});

describe('its photos', () => {
  it('fill the place first and the close-up second, and the spot is done', () => {
    const draft = sent(atSpotPhotos(1, FLOW), plain('place'), plain('close'));
    expect(placesOf(draft)).toEqual(['storefront', 's1.context', 's1.closeup']);
    expect(notesOf(draft)).toEqual(['spotDone']);
    expect(placeOf(draft)).toMatchObject({ kind: 'form', step: 'merchant' });
  });

  it('may show any code: it is not read, not said, and no other photo waits for it', () => {
    const foreign = plain('foreign', { codes: ['https://pay.example/abc'] });
    const draft = sent(atSpotPhotos(1, FLOW), withCodes('ours', 0, 1), foreign);
    expect(placesOf(draft)).toEqual(['storefront', 's1.context', 's1.closeup']);
    expect(draft.spots[0]?.code).toBeUndefined();
    expect(notesOf(draft)).toEqual(['spotDone']);
  });

  it('of three spots in one burst fill the spots as their forms are saved', () => {
    const pictures = [0, 1, 2].flatMap((n) => [plain(`place${n}`), plain(`close${n}`)]);
    const draft = spotSaved(spotSaved(sent(atSpotPhotos(3, FLOW), ...pictures), 's2'), 's3');
    expect(placesOf(draft).slice(1)).toEqual(['s1', 's2', 's3'].flatMap((key) => [`${key}.context`, `${key}.closeup`]));
  });

  it('the very same picture again is told and used once', () => {
    const draft = sent(atSpotPhotos(1, FLOW), plain('place'), plain('place'));
    expect(placesOf(draft)).toEqual(['storefront', 's1.context', 'setAside:repeated']);
    expect(placeOf(draft)).toMatchObject({ wanted: ['closeup'] });
  });

  it('a small one is a doubt, whatever code it shows', () => {
    const small = plain('small', { codes: [payload(0)], weaknesses: ['small'] });
    expect(offer(sent(atSpotPhotos(1, FLOW), small)).doubts).toMatchObject([{ code: 'photoSmall', slot: 'context' }]);
  });
});

describe('its re-opened photos', () => {
  const reopened = (slot?: 'closeup') => {
    const part = { kind: 'photos', step: 'spots', spot: 's1', slot } as const;
    return open(complete(1, FLOW), part).draft;
  };

  it('are replaced one after the other', () => {
    const once = sent(reopened(), plain('new place'));
    expect(whereIs(once, 'p4')).toBe('s1.context');
    expect(placeOf(once)).toMatchObject({ kind: 'photo', reopened: true, wanted: ['closeup'] });
    const twice = sent(once, plain('new close'));
    expect(placesOf(twice)).toEqual([
      'storefront',
      'setAside:replaced',
      'setAside:replaced',
      's1.context',
      's1.closeup',
    ]);
    expect(placeOf(twice)).toEqual({ kind: 'summary' });
  });

  it('may come in one message', () => {
    const draft = sent(reopened(), plain('new place'), plain('new close'));
    expect(placesOf(draft).slice(3)).toEqual(['s1.context', 's1.closeup']);
    expect(placeOf(draft)).toEqual({ kind: 'summary' });
  });

  it('for the close-up alone take only that', () => {
    const draft = sent(reopened('closeup'), plain('new close'));
    expect(placesOf(draft)).toEqual(['storefront', 's1.context', 'setAside:replaced', 's1.closeup']);
    expect(placeOf(draft)).toEqual({ kind: 'summary' });
  });
});

describe('a code', () => {
  it('cannot be typed where the product has none (domain A.12-2)', () => {
    const draft = atSpotPhotos(1, FLOW);
    expect(typeCode(draft, 's1', serial(0))).toEqual({ draft, problems: [{ code: 'nothingThere' }] });
    expect(open(draft, { kind: 'typeCode', spot: 's1' }).problems).toEqual([{ code: 'nothingThere' }]);
  });

  it('is in no submission, which says the kind and how many instead', () => {
    const submission = toSubmission(complete(2, FLOW));
    expect(submission?.spots).toMatchObject([
      { posmForm: 'STANDEE', quantity: 1, fixedSecurely: true },
      { posmForm: 'STANDEE', quantity: 1, fixedSecurely: true },
    ]);
    for (const one of submission?.spots ?? []) expect(one).not.toHaveProperty('code');
  });
});
