import { describe, expect, it } from 'vitest';
import { bothRules, type CodeRules, codeHash } from '../../src/domain/code.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { modificationOf, offer, placeOf, toSubmission, typeCode } from '../../src/flow/engine.ts';
import { readAgain } from '../../src/flow/read-again.ts';
import { codeRulesOf } from '../../src/programme/code-rules.ts';
import { programmeOf, withChange } from '../support/shipped-programme.ts';
import { failedAtDoor } from './failed-items.ts';
import { atSpotPhotos, complete, plain, sent, serial, whereIs, withCodes } from './shop.ts';

const placesOf = (draft: Draft) => draft.photos.map(({ photoId }) => whereIs(draft, photoId));
const notesOf = (draft: Draft) => draft.notes.map(({ code }) => code);

const UNKNOWN = 'https://codes.example/x/AB12CD34';
const other = (end: string): string => `https://codes.example/x/${end}`;
const closeup = plain('closeup', { codes: [UNKNOWN] });
const codeAt = (draft: Draft, index = 0) => draft.spots[index]?.code;

/** A programme that knows it, or knows it as a wallet's. */
const withLine = (place: RegExp, line: string): CodeRules => {
  const files = withChange('programme.yaml', place, line);
  return codeRulesOf(
    programmeOf(withChange('programme.yaml', 'patterns: [marketing-code]', 'patterns: [marketing-code, new]', files)),
    'MARKETING_CODE',
  );
};
const ACCEPTED = withLine(
  / {2}foreign:\n/,
  '    - { id: new, qr: "^https://codes.example/x/(?<serial>[A-Z0-9]{8})$", ignoreCase: true, canonical: "https://codes.example/x/{serial}" }\n  foreign:\n',
);
const REFUSED: CodeRules = {
  patterns: [],
  others: [],
  foreign: [{ starts: 'https://codes.example/', says: 'walletLink' }],
};
const by = (draft: Draft, codes: CodeRules): Draft => ({
  ...draft,
  flow: { ...draft.flow, codes: bothRules(codes, draft.flow.codes) },
});

describe('a code that nobody knows', () => {
  it('is the code of its spot, noted, and nothing that is asked about', () => {
    const draft = sent(atSpotPhotos(), plain('counter'), closeup);
    expect(placesOf(draft).slice(-2)).toEqual(['s1.context', 's1.closeup']);
    expect(codeAt(draft)).toMatchObject({
      canonicalUrl: UNKNOWN,
      short: 'CD34',
      unknown: true,
      ownership: 'unchecked',
    });
    expect(notesOf(draft)).toContain('codeUnknown');
    expect(offer(draft)).toMatchObject({ doubts: [], noted: [{ code: 'codeUnknown', step: 'spots', spot: 's1' }] });
    expect(offer(draft).missing.filter(({ step }) => step === 'spots')).toEqual([]);
  });

  it('makes its photo the close-up, whichever comes first', () => {
    const draft = sent(atSpotPhotos(), closeup, plain('counter'));
    expect(placesOf(draft).slice(-2)).toEqual(['s1.closeup', 's1.context']);
    expect(codeAt(draft)).toMatchObject({ canonicalUrl: UNKNOWN });
  });

  it('counts only where no code that counts is in the photo', () => {
    const both = plain('both', { codes: [UNKNOWN, `https://qr.alipayplus.example/m/${serial(0)}`] });
    expect(codeAt(sent(atSpotPhotos(), plain('counter'), both))).toMatchObject({ codeId: serial(0) });
  });

  it('gives way to one that counts', () => {
    const draft = sent(atSpotPhotos(), plain('counter'), closeup);
    const again = sent(
      {
        ...draft,
        opened: {
          part: { kind: 'photos', step: 'spots', spot: 's1' },
          by: 'person',
          lacked: false,
          renewed: [],
          deferred: [],
        },
      },
      withCodes('better', 0),
    );
    expect(codeAt(again)).toMatchObject({ codeId: serial(0) });
    expect(codeAt(again)?.unknown).toBeUndefined();
  });

  it('of two in one photo the person says which', () => {
    const draft = sent(atSpotPhotos(), plain('counter'), plain('two', { codes: [UNKNOWN, other('EF56GH78')] }));
    expect(placeOf(draft)).toMatchObject({ kind: 'question', question: { kind: 'twoCodes', spot: 's1' } });
  });

  it('is not taken where it is typed, and the way on is its photo', () => {
    const draft = atSpotPhotos();
    expect(typeCode(draft, 's1', UNKNOWN).problems).toEqual([{ code: 'codeForeign', field: 'code' }]);
    expect(typeCode(draft, 's1', '00020101').problems).toEqual([{ code: 'codePayment', field: 'code' }]);
  });

  it.each([
    ['control characters', '\u0000\u0007\u001b[31m'],
    ['eight kilobytes', `https://codes.example/${'x'.repeat(7_900)}`],
    ['no letter at all', '??!!--'],
  ])('made of %s stands all the same', (_what, payload) => {
    const draft = sent(atSpotPhotos(), plain('counter'), plain('odd', { codes: [payload] }));
    expect(codeAt(draft)).toMatchObject({ unknown: true });
    expect(codeAt(draft)?.short).toMatch(/^[\p{L}\p{N}]{1,4}$/u);
  });
});

describe('once its pattern is decided on', () => {
  const draft = sent(atSpotPhotos(), plain('counter'), plain('closeup', { codes: [UNKNOWN.toLowerCase()] }));

  it('it counts as if it had been known, and is looked up anew', () => {
    const again = readAgain(by(draft, ACCEPTED));
    expect(codeAt(again)).toEqual({
      codeId: 'AB12CD34',
      canonicalUrl: UNKNOWN,
      short: 'CD34',
      method: 'PHOTO_DECODE',
      ownership: 'unchecked',
    });
    expect(placesOf(again)).toEqual(placesOf(draft));
    expect(offer(again).noted).toEqual([]);
    expect(readAgain(again)).toBe(again);
  });

  it('it goes where it turned out to be something else, its photo is kept aside, and that is said', () => {
    const again = readAgain(by(draft, REFUSED));
    expect(codeAt(again)).toBeUndefined();
    expect(placesOf(again).at(-1)).toBe('setAside:foreign');
    expect(notesOf(again)).toContain('codeWallet');
    expect(readAgain(again)).toBe(again);
  });

  it('one that was refused before counts again, from the photo that was kept aside', () => {
    const refused = readAgain(by(draft, REFUSED));
    const again = readAgain(by({ ...refused, flow: draft.flow }, ACCEPTED));
    expect(codeAt(again)).toMatchObject({ canonicalUrl: UNKNOWN });
    expect(placesOf(again).at(-1)).toBe('s1.closeup');
  });

  it('what an earlier release kept of it comes out right', () => {
    const { code: _code, ...spot } = draft.spots[0] ?? { key: 's1', answers: {}, skipped: false };
    const photos = draft.photos.map((photo) =>
      photo.kept?.sha256 === 'closeup'
        ? {
            ...photo,
            where: { kind: 'setAside', why: 'foreign' } as const,
            kept: { ...photo.kept, unknown: undefined, foreign: true, others: [UNKNOWN] },
          }
        : photo,
    );
    const again = readAgain(by({ ...draft, spots: [spot], photos }, ACCEPTED));
    expect(codeAt(again)).toMatchObject({ canonicalUrl: UNKNOWN });
    expect(placesOf(again).at(-1)).toBe('s1.closeup');
  });
});

it('a code whose pattern is gone stays, and is submitted as it was read', () => {
  const draft = complete();
  const without = readAgain({ ...draft, flow: { ...draft.flow, codes: REFUSED } });
  expect(without).toMatchObject({ spots: draft.spots });
  expect(toSubmission(without)?.spots[0]?.codes).toMatchObject([codeAt(draft)]);
});

it('one that failed the review is put right like any other', () => {
  const code = {
    codeId: '~1',
    canonicalUrl: UNKNOWN,
    short: 'CD34',
    unknown: true,
    method: 'PHOTO_DECODE',
    ownership: 'free',
  } as const;
  const draft = modificationOf(failedAtDoor('POSM', ['closeup'], { spot: { answers: {}, codes: [code] } }));
  const again = sent(draft, plain('new', { codes: [UNKNOWN] }));
  expect(codeAt(again)).toMatchObject({ canonicalUrl: UNKNOWN });
  expect(codeHash({ canonicalUrl: UNKNOWN })).toBe(codeHash(code));
});
