import { sameCode } from '../domain/code.ts';
import { closed, movePhoto, withNote, withoutQuestions, withSpot } from './change.ts';
import { codesAt, codesLacking, freeCodes, shortOf } from './codes-at.ts';
import type { Draft, Note, Question, SpotKey } from './draft.ts';
import { photoIn, photoOf, questionKey, sameSlot, spotOf } from './lookup.ts';
import { placeTray } from './place-photos.ts';
import { partExists, partLacks, slotsOfPart, spotIsComplete } from './screens.ts';

/** What every change ends with: photos find their slots, questions and re-opened parts that are done go, lines that no longer hold too. */
export function reconciled(before: Draft, changed: Draft): Draft {
  if (before === changed) return before;
  let now = withoutMootQuestions(changed);
  now = withoutMootQuestions(placeTray(now));
  now = withSpotsDone(before, now);
  return withoutMootNotes(withoutDonePart(now));
}

function withoutMootQuestions(draft: Draft): Draft {
  let now = draft;
  for (const question of draft.questions) {
    if (!isMoot(now, question)) continue;
    const key = questionKey(question);
    now = withoutQuestions(now, (other) => questionKey(other) === key);
    if (question.kind === 'twoCodes' && photoOf(now, question.photoId)?.where.kind === 'asked') {
      now = movePhoto(now, question.photoId, { kind: 'tray' });
    }
  }
  return now;
}

function isMoot(draft: Draft, question: Question): boolean {
  switch (question.kind) {
    case 'twoCodes': {
      const spot = spotOf(draft, question.spot);
      const isAsked = photoOf(draft, question.photoId)?.where.kind === 'asked';
      const taken = freeCodes(draft, question.codes).length < question.codes.length;
      return !isAsked || spot === undefined || taken || spotIsComplete(draft, spot.key);
    }
    case 'codeBoundHere': {
      const code = codesAt(draft, question.spot).find((one) => sameCode(one, question.code));
      return code?.ownership !== 'boundHere';
    }
    case 'weakPhoto': {
      const photo = photoOf(draft, question.photoId);
      const stands = photo?.where.kind === 'slot' && sameSlot(photo.where.slot, question.slot);
      return !stands || photo.kept?.accepted !== false;
    }
    case 'sameShop':
      return draft.storeId !== undefined || question.stores.every(({ storeId }) => draft.otherStores.includes(storeId));
    case 'confirmDoubts':
      return false;
  }
}

function withSpotsDone(before: Draft, draft: Draft): Draft {
  let now = draft;
  for (const { key, skipped } of draft.spots) {
    if (!spotIsComplete(draft, key)) continue;
    if (skipped) now = withSpot(now, key, (spot) => ({ ...spot, skipped: false }));
    const wasDone = spotOf(before, key) !== undefined && spotIsComplete(before, key);
    if (wasDone) continue;
    now = withNote(withoutPhotoNotes(now, key), {
      code: 'spotDone',
      spot: key,
      short: shortOf(codesAt(now, key)),
    });
  }
  return now;
}

/** That a spot is done says that its photos are kept. */
function withoutPhotoNotes(draft: Draft, spot: SpotKey): Draft {
  return { ...draft, notes: draft.notes.filter(({ code, slot }) => code !== 'photoKept' || slot?.spot !== spot) };
}

function withoutDonePart(draft: Draft): Draft {
  const { opened } = draft;
  if (!opened) return draft;
  const { part } = opened;
  if (!partExists(draft, part)) return closed(draft);
  if (part.kind !== 'photos') return draft;
  const lacks = partLacks(draft, part);
  const allRenewed = slotsOfPart(draft, part).every((name) => opened.renewed.includes(name));
  return !lacks && (opened.lacked || allRenewed) ? closed(draft) : draft;
}

/** A line holds as long as its spot and its photo stand as it says. */
function withoutMootNotes(draft: Draft): Draft {
  const notes = draft.notes.filter((note) => holds(draft, note));
  return notes.length === draft.notes.length ? draft : { ...draft, notes };
}

function holds(draft: Draft, note: Note): boolean {
  const spot = note.spot ?? note.slot?.spot;
  if (spot !== undefined && spotOf(draft, spot) === undefined) return false;
  const codes = codesAt(draft, spot);
  switch (note.code) {
    case 'photoKept':
      return note.slot !== undefined && photoIn(draft, note.slot)?.photoId === note.photoId;
    case 'photoForLater':
      return draft.photos.some(({ photoId, where }) => photoId === note.photoId && where.kind === 'tray');
    case 'codeUnreadable':
    case 'codeForeign':
    case 'codePayment':
    case 'codeWallet':
    case 'codeChat':
    case 'codeTaken':
    case 'codeFailed':
      return spot === undefined || codesLacking(draft, spot) > 0;
    case 'codeReplaced':
    case 'codeUnknown':
      return codes.some(({ short }) => short === note.short) || shortOf(codes) === note.short;
    case 'spotDone':
      return spot !== undefined && spotIsComplete(draft, spot) && shortOf(codes) === note.short;
    default:
      return true;
  }
}
