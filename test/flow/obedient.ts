import type { Draft, Place } from '../../src/flow/draft.ts';
import {
  answer,
  expectPhoto,
  keepPhoto,
  leave,
  offer,
  open,
  otherStore,
  photoChecked,
  pickCode,
  placeOf,
  useAnother,
} from '../../src/flow/engine.ts';
import { MERCHANT, plain, STORE } from './shop.ts';

const BUSINESS = { ...MERCHANT, tradingName: 'Baan', contactName: 'Som', registrationNo: '' };
const SPOT = { spotType: 'WALL', posmForm: 'POSTER', quantity: '2', fixedSecurely: 'true', howMany: '1' };

/** Does what the card of the present place asks for; `n` makes its pictures and codes new ones. */
export function obeyed(draft: Draft, n: number): Draft {
  const place = placeOf(draft);
  switch (place.kind) {
    case 'form':
      return fillIn(draft, place);
    case 'photo':
      return place.reopened && place.wanted.length > 0 && !isWanted(draft, place)
        ? leave(draft).draft
        : send(draft, place, n);
    case 'question':
      return reply(draft, place);
    case 'typeCode':
    case 'change':
      return leave(draft).draft;
    // payments are verified beside the flow
    case 'payments':
      return { ...draft, payments: { state: 'done' } };
    case 'summary':
      return mend(draft);
  }
}

function fillIn(draft: Draft, { step, spot, part }: Extract<Place, { kind: 'form' }>): Draft {
  if (part === 'more') return leave(draft).draft;
  const values = step === 'store' ? STORE : step === 'merchant' ? BUSINESS : SPOT;
  return answer(draft, { step, spot, part, values }).draft;
}

function isWanted(draft: Draft, { step, spot }: Extract<Place, { kind: 'photo' }>): boolean {
  return offer(draft).missing.some((one) => one.step === step && one.spot === spot && one.code !== 'form');
}

/** The plain photo first, the one with the code last; what is still being checked has expired meanwhile. */
function send(draft: Draft, { wanted, codeWanted }: Extract<Place, { kind: 'photo' }>, n: number): Draft {
  const judged = draft.photos
    .filter(({ where }) => where.kind === 'checking')
    .reduce((now, { photoId }) => photoChecked(now, photoId, { ok: false, reason: 'expired' }), draft);
  const closeups = draft.flow.steps.flatMap(({ slots }) => slots.filter(({ showsCode }) => showsCode));
  const isCloseup = codeWanted && wanted.every((name) => closeups.some((slot) => slot.name === name));
  const photo = { photoId: `o${n}`, seq: 1_000 + n, at: 1_000 + n };
  const codes = isCloseup ? [`https://qr.alipayplus.example/m/QQQQQQQQQQ${letter(n / 26)}${letter(n)}`] : [];
  return photoChecked(expectPhoto(judged, photo), photo.photoId, plain(`new${n}`, { codes }));
}

function reply(draft: Draft, { question }: Extract<Place, { kind: 'question' }>): Draft {
  switch (question.kind) {
    case 'weakPhoto':
      return keepPhoto(draft, question.photoId).draft;
    case 'twoCodes':
      return pickCode(draft, question.photoId, question.codes[0]?.codeId ?? '').draft;
    case 'codeBoundHere':
      return useAnother(draft, question.spot).draft;
    case 'sameShop':
      return otherStore(draft).draft;
    case 'confirmDoubts':
      return draft;
  }
}

/** `Add close-up of Door`: opens the first part with something missing. */
function mend(draft: Draft): Draft {
  const [first] = offer(draft).missing;
  if (!first) return checked(draft);
  const at = { step: first.step, spot: first.spot };
  return open(draft, first.code === 'form' ? { kind: 'form', ...at, part: 'main' } : { kind: 'photos', ...at }).draft;
}

/** Nothing is asked for: what is still being looked at is found to be good. */
function checked(draft: Draft): Draft {
  const waiting = draft.photos.find(({ where }) => where.kind === 'checking');
  return waiting ? photoChecked(draft, waiting.photoId, plain(`checked ${waiting.photoId}`)) : draft;
}

function letter(n: number): string {
  return String.fromCharCode(65 + (Math.floor(n) % 26));
}
