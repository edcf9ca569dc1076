import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/flow/draft.ts';
import {
  addSpot,
  doubtsToAsk,
  expectPhoto,
  keepPhoto,
  offer,
  open,
  photoChecked,
  placeOf,
  removeSpot,
  skipSpot,
} from '../../src/flow/engine.ts';
import { checkDraft } from '../support/check-draft.ts';
import { PRIMARY_POSM_FLOW, shippedFlow } from '../support/shipped-programme.ts';
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

const placesOf = (draft: Draft) => draft.photos.map(({ photoId }) => whereIs(draft, photoId));
const notesOf = (draft: Draft) => draft.notes.map(({ code }) => code);

describe('the photos of a spot', () => {
  it('come in any order: the one in which a code is read is the close-up', () => {
    const counterFirst = sent(atSpotPhotos(), plain('counter'), withCodes('code', 0));
    const codeFirst = sent(atSpotPhotos(), withCodes('code', 0), plain('counter'));
    expect(placesOf(counterFirst)).toEqual(['storefront', 's1.context', 's1.closeup']);
    expect(placesOf(codeFirst)).toEqual(['storefront', 's1.closeup', 's1.context']);
    expect(codeFirst.spots[0]?.code).toMatchObject({ codeId: serial(0), method: 'PHOTO_DECODE' });
    expect(placeOf(codeFirst)).toMatchObject({ kind: 'form', step: 'merchant' });
    expect(notesOf(codeFirst)).toContain('spotDone');
  });

  it('one photo leaves the other one wanted', () => {
    expect(placeOf(sent(atSpotPhotos(), plain('counter')))).toMatchObject({ wanted: ['closeup'], codeWanted: true });
    expect(placeOf(sent(atSpotPhotos(), withCodes('code', 0)))).toMatchObject({
      wanted: ['context'],
      codeWanted: false,
    });
  });

  it('the counter photo may show the code too', () => {
    const draft = sent(atSpotPhotos(), withCodes('close', 0), withCodes('counter', 0));
    expect(placesOf(draft)).toEqual(['storefront', 's1.closeup', 's1.context']);
  });

  it('photos that come while the form is open are kept, and find their place when it is saved', () => {
    const early = sent(storeSaved(), plain('front'), plain('counter'), withCodes('code', 0));
    expect(placesOf(early)).toEqual(['storefront', 'tray', 'tray']);
    expect(placeOf(early)).toMatchObject({ kind: 'form', step: 'spots' });
    const saved = spotSaved(early, 's1');
    expect(placesOf(saved)).toEqual(['storefront', 's1.context', 's1.closeup']);
  });

  it('a photo sent over the very first form is the front of the shop', () => {
    expect(placesOf(sent(emptyDraft(), plain('front')))).toEqual(['storefront']);
  });

  it('the photos of three spots in one burst fill the spots as their forms are saved', () => {
    const pictures = [0, 1, 2].flatMap((n) => [plain(`counter${n}`), withCodes(`code${n}`, n)]);
    let draft = sent(atSpotPhotos(3), ...pictures);
    expect(placesOf(draft).slice(1)).toEqual(['s1.context', 's1.closeup', 'tray', 'tray', 'tray', 'tray']);
    draft = spotSaved(spotSaved(draft, 's2'), 's3');
    expect(placesOf(draft).slice(1)).toEqual(
      ['s1', 's2', 's3'].flatMap((spot) => [`${spot}.context`, `${spot}.closeup`]),
    );
  });

  it('thirty pictures in a burst are all kept', () => {
    const draft = sent(atSpotPhotos(), ...Array.from({ length: 30 }, (_, n) => plain(`many${n}`)));
    expect(draft.photos).toHaveLength(31);
    expect(checkDraft(draft)).toEqual([]);
    expect(placesOf(draft).filter((where) => where === 'lost')).toEqual([]);
  });

  it.each(['PRIMARY_POSM', 'MARKETING_CODE'] as const)(
    'fill the places of a %s in the order in which they were sent, whichever comes first and is checked first',
    (product) => {
      const flow = shippedFlow(product);
      const first = { photoId: 'first', at: 50_000 };
      const second = { photoId: 'second', at: 50_040 };
      const places = [
        [first, second],
        [second, first],
      ].flatMap((coming) =>
        [
          ['first', 'second'],
          ['second', 'first'],
        ].flatMap((checking) =>
          ['before', 'between'].map((when) => {
            let draft = atSpotPhotos(1, flow);
            for (const [n, photo] of coming.entries()) {
              draft = expectPhoto(draft, { ...photo, seq: 10 + n });
              if (when === 'between') draft = photoChecked(draft, photo.photoId, plain(photo.photoId));
            }
            for (const photoId of checking) draft = photoChecked(draft, photoId, plain(photoId));
            expect(checkDraft(draft)).toEqual([]);
            return `${whereIs(draft, 'first')} ${whereIs(draft, 'second')}`;
          }),
        ),
      );
      expect(new Set(places)).toEqual(new Set(['s1.context s1.closeup']));
    },
  );

  it('that came late takes no place of one that was sent after it where none is left for that one', () => {
    const draft = sent(atSpotPhotos(1, PRIMARY_POSM_FLOW), plain('place'), plain('closeup'));
    const late = photoChecked(expectPhoto(draft, { photoId: 'late', seq: 10, at: 1 }), 'late', plain('late'));
    expect([whereIs(late, 'p2'), whereIs(late, 'p3'), whereIs(late, 'late')]).toEqual([
      's1.context',
      's1.closeup',
      'tray',
    ]);
  });

  it('verdicts in the wrong order give the same places', () => {
    const verdicts = [plain('counter'), withCodes('code', 0), plain('other')];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const results = orders.map((order) => {
      let draft = verdicts.reduce(
        (now, _, n) => expectPhoto(now, { photoId: `q${n}`, seq: 10 + n, at: n }),
        atSpotPhotos(),
      );
      for (const n of order) draft = photoChecked(draft, `q${n}`, verdicts[n] ?? plain('x'));
      return draft.spots[0]?.code?.codeId;
    });
    expect(new Set(results)).toEqual(new Set([serial(0)]));
  });

  it('a verdict that comes twice, or for no photo, changes nothing', () => {
    const draft = sent(atSpotPhotos(), plain('counter'));
    expect(photoChecked(draft, 'p2', withCodes('code', 0))).toBe(draft);
    expect(photoChecked(draft, 'nobody', plain('x'))).toBe(draft);
    expect(expectPhoto(draft, { photoId: 'p2', seq: 9, at: 1 })).toBe(draft);
  });
});

describe('a photo that does not do', () => {
  it.each([
    ['notAnImage', 'photoNotAnImage'],
    ['unsupportedFormat', 'photoFormat'],
    ['tooSmall', 'photoTooSmall'],
    ['tooBig', 'photoTooBig'],
    ['tooHeavy', 'photoTooHeavy'],
    ['unreadable', 'photoUnreadable'],
    ['cannotBeRead', 'photoCannotBeRead'],
    ['expired', 'photoExpired'],
  ] as const)('%s: told, the rest is kept, the same is still wanted', (reason, note) => {
    const draft = sent(atSpotPhotos(), plain('counter'), { ok: false, reason });
    expect(notesOf(draft)).toContain(note);
    expect(placesOf(draft)).toEqual(['storefront', 's1.context', `refused:${reason}`]);
    expect(placeOf(draft)).toMatchObject({ kind: 'photo', wanted: ['closeup'] });
  });

  it('one that could not be read, and that an operator had checked again, is taken as if it had just come', () => {
    const aside = sent(atSpotPhotos(), plain('counter'), { ok: false, reason: 'cannotBeRead' });
    const again = photoChecked(aside, 'p3', withCodes('code', 0));
    expect(placesOf(again)).toEqual(['storefront', 's1.context', 's1.closeup']);
    expect(photoChecked(aside, 'p3', { ok: false, reason: 'cannotBeRead' })).toBe(aside);
  });

  it('no code can be read in the close-up: told, kept, and a better one replaces it', () => {
    const draft = sent(atSpotPhotos(), plain('counter'), plain('blurred'));
    expect(notesOf(draft)).toContain('codeUnreadable');
    expect(placeOf(draft)).toMatchObject({ kind: 'photo', wanted: [], codeWanted: true });
    expect(offer(draft).missing).toContainEqual({ code: 'code', step: 'spots', spot: 's1' });
    const better = sent(draft, withCodes('code', 0));
    expect(placesOf(better)).toEqual(['storefront', 's1.context', 'setAside:replaced', 's1.closeup']);
    expect(notesOf(better)).not.toContain('codeUnreadable');
  });

  it('a foreign code is told and not taken', () => {
    const foreign = plain('foreign', { codes: ['00020101021226', 'https://u.wechat.com/x'] });
    const draft = sent(atSpotPhotos(), plain('counter'), foreign);
    expect(notesOf(draft)).toContain('codePayment');
    expect(placesOf(draft).at(-1)).toBe('setAside:foreign');
    expect(placeOf(draft)).toMatchObject({ kind: 'photo', wanted: ['closeup'], codeWanted: true });
  });

  it("the shop's own payment code beside ours does not matter", () => {
    const both = plain('both', { codes: ['https://pay.example/abc', `https://qr.alipayplus.example/m/${serial(0)}`] });
    expect(placesOf(sent(atSpotPhotos(), plain('counter'), both)).at(-1)).toBe('s1.closeup');
  });

  it('the very same picture again is told and used once', () => {
    const draft = sent(atSpotPhotos(), plain('front'), plain('counter'));
    expect(placesOf(draft)).toEqual(['storefront', 'setAside:repeated', 's1.context']);
    expect(notesOf(draft)).toContain('samePhoto');
  });

  it('a picture that backs another shop is told and not used', () => {
    const draft = sent(atSpotPhotos(), plain('elsewhere', { usedBefore: true }));
    expect(placesOf(draft).at(-1)).toBe('setAside:usedBefore');
    expect(notesOf(draft)).toContain('photoUsedBefore');
  });
});

describe('a weak photo', () => {
  const weak = () => sent(atSpotPhotos(), plain('counter', { weaknesses: ['dark'] }));

  it('is asked about, and a doubt once it is kept', () => {
    expect(placeOf(weak())).toMatchObject({ kind: 'question', question: { kind: 'weakPhoto', weaknesses: ['dark'] } });
    const { draft } = keepPhoto(weak(), 'p2');
    expect(placeOf(draft)).toMatchObject({ kind: 'photo', wanted: ['closeup'] });
    expect(offer(draft).doubts).toEqual([
      { code: 'photoDark', step: 'spots', spot: 's1', slot: 'context', answered: true },
    ]);
    expect(doubtsToAsk(offer(draft))).toEqual([]);
    expect(doubtsToAsk(offer(weak()))).toHaveLength(1);
    expect(keepPhoto(draft, 'p2').draft).toBe(draft);
  });

  it('is replaced by a better one that is just sent', () => {
    const draft = sent(weak(), plain('bright'));
    expect(placesOf(draft)).toEqual(['storefront', 'setAside:replaced', 's1.context']);
    expect(placeOf(draft)).toMatchObject({ kind: 'photo', wanted: ['closeup'] });
  });

  it('stays while the close-up is sent instead', () => {
    const draft = sent(weak(), withCodes('code', 0));
    expect(placesOf(draft)).toEqual(['storefront', 's1.context', 's1.closeup']);
    expect(placeOf(draft)).toMatchObject({ kind: 'question' });
  });

  it('a small close-up whose code was read is large enough', () => {
    const small = { ...withCodes('code', 0), weaknesses: ['small'] } as ReturnType<typeof withCodes>;
    expect(offer(sent(atSpotPhotos(), plain('counter'), small)).doubts).toEqual([]);
  });
});

describe('a re-opened photo screen', () => {
  it('the next photo replaces the old one and leads back to the summary', () => {
    const { draft } = open(complete(), { kind: 'photos', step: 'store' });
    const replaced = sent(draft, plain('new front'));
    expect(placesOf(replaced)).toEqual(['setAside:replaced', 's1.context', 's1.closeup', 'storefront']);
    expect(placeOf(replaced)).toEqual({ kind: 'summary' });
  });

  it('of a spot takes a new counter and a new close-up, each in its place', () => {
    const { draft } = open(complete(), { kind: 'photos', step: 'spots', spot: 's1' });
    const once = sent(draft, plain('new counter'));
    expect(placeOf(once)).toMatchObject({ kind: 'photo', reopened: true });
    const twice = sent(once, withCodes('new code', 3));
    expect(placesOf(twice).slice(1)).toEqual(['setAside:replaced', 'setAside:replaced', 's1.context', 's1.closeup']);
    expect(twice.spots[0]?.code?.codeId).toBe(serial(3));
    expect(placeOf(twice)).toEqual({ kind: 'summary' });
  });

  it('for the close-up alone keeps the readable one when the new one cannot be read', () => {
    const { draft } = open(complete(), { kind: 'photos', step: 'spots', spot: 's1', slot: 'closeup' });
    const worse = sent(draft, plain('blurred'));
    expect(whereIs(worse, 'p3')).toBe('s1.closeup');
    expect(notesOf(worse)).toContain('codeUnreadable');
  });

  it('takes the licence, which nobody is asked for', () => {
    const { draft } = open(complete(), { kind: 'photos', step: 'merchant', slot: 'licence' });
    const given = sent(draft, plain('licence'));
    expect(whereIs(given, 'p4')).toBe('licence');
    expect(placeOf(given)).toEqual({ kind: 'summary' });
  });
});

describe('spots', () => {
  it('a skipped spot waits at the summary, where its missing part is named', () => {
    const { draft } = skipSpot(atSpotPhotos(2), 's1');
    expect(placeOf(draft)).toMatchObject({ kind: 'form', step: 'spots', spot: 's2' });
    expect(offer(draft).missing).toContainEqual({ code: 'photo', step: 'spots', spot: 's1', slot: 'closeup' });
    expect(offer(draft).canSubmit).toBe(false);
  });

  it('its photos, sent later, finish it and lead back', () => {
    const { draft: skipped } = skipSpot(atSpotPhotos(), 's1');
    const { draft } = open(skipped, { kind: 'photos', step: 'spots', spot: 's1' });
    const done = sent(draft, plain('counter'), withCodes('code', 0));
    expect(done.spots[0]?.skipped).toBe(false);
    expect(done.opened).toBeUndefined();
  });

  it('an added spot is asked for, one too many is not added', () => {
    const { draft } = addSpot(complete());
    expect(placeOf(draft)).toMatchObject({ kind: 'form', step: 'spots', spot: 's2' });
    expect(addSpot(complete(5)).problems).toEqual([{ code: 'tooManySpots', limit: 5 }]);
  });

  it('a removed spot keeps its photos aside and frees its code', () => {
    const { draft } = removeSpot(complete(2), 's1');
    expect(draft.spots.map(({ key }) => key)).toEqual(['s2']);
    expect(placesOf(draft)).toContain('setAside:spotRemoved');
    expect(placeOf(draft)).toEqual({ kind: 'summary' });
    expect(removeSpot(draft, 's2').problems).toEqual([{ code: 'lastSpot' }]);
  });
});

describe('a photo that is being checked', () => {
  const onItsWay = (draft: Draft) => expectPhoto(draft, { photoId: 'new', seq: 90, at: 90_000 });

  it('keeps from submitting where it replaces another one, by slot', () => {
    const draft = onItsWay(open(complete(), { kind: 'photos', step: 'store' }).draft);
    expect(offer(draft)).toMatchObject({
      canSubmit: false,
      waiting: [{ code: 'beingChecked', step: 'store', slot: 'storefront' }],
    });
    expect(offer(photoChecked(draft, 'new', plain('new')))).toMatchObject({ canSubmit: true, waiting: [] });
  });

  it('keeps from submitting no longer than it takes to find out that it is of no use', () => {
    const draft = onItsWay(open(complete(), { kind: 'photos', step: 'store' }).draft);
    expect(offer(photoChecked(draft, 'new', { ok: false, reason: 'unreadable' })).canSubmit).toBe(true);
  });

  it('is not waited for where there is nothing that it could fill', () => {
    expect(offer(onItsWay(complete()))).toMatchObject({ canSubmit: true, waiting: [] });
  });
});
