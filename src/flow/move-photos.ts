import { acted, movePhoto } from './change.ts';
import { isAmong, unseenCodes, withoutCodeAt } from './codes-at.ts';
import { slotOf, stepsOf } from './definition.ts';
import type { Draft, DraftPhoto, Slot } from './draft.ts';
import { codesIn, photoOf } from './lookup.ts';
import { expectPhoto, type PhotoVerdict, photoChecked } from './photos.ts';
import { reconciled } from './reconcile.ts';

/** Where a photo of a draft ended up that came from other work: in its place, kept until one opens, or kept and not used. */
export type Received = 'used' | 'waits' | 'aside';

/** The photos that may be of another shop, by running number: what was submitted before stays, and so does what is there twice. */
export function photosThatMayLeave(draft: Draft): readonly DraftPhoto[] {
  const submitted = new Set(draft.modifies?.before.photos.map(({ photoId }) => photoId));
  return draft.photos.filter(
    ({ photoId, kept, where }) => kept !== undefined && !submitted.has(photoId) && !isOfNoUse(where),
  );
}

/** The photo is of other work: it goes, and the code that was read from it. What is missing then is asked for. */
export function photoLeaves(draft: Draft, photoId: string): Draft {
  const photo = leaving(draft, photoId);
  if (photo === undefined) return draft;
  const rest = draft.photos.filter((one) => one !== photo);
  return reconciled(draft, { ...withoutItsCode(acted(draft), photo), photos: rest });
}

/** The photo is of other work that is not there to take it: it stays, kept and not used, and the code that was read from it goes. */
export function photoPutAside(draft: Draft, photoId: string): Draft {
  const photo = leaving(draft, photoId);
  if (photo === undefined) return draft;
  const where = { kind: 'setAside', why: 'notThisShop' } as const;
  return reconciled(draft, movePhoto(withoutItsCode(acted(draft), photo), photoId, where));
}

/** A photo comes from other work: for whichever place wants it, with all that a photo is held against which is sent here. */
export function photoComes(
  draft: Draft,
  photo: { readonly photoId: string; readonly seq: number; readonly at: number },
  verdict: PhotoVerdict,
): Draft {
  return photoChecked(expectPhoto(acted(draft), photo, {}), photo.photoId, verdict);
}

export function receivedAs(draft: Draft, photoId: string): Received {
  switch (photoOf(draft, photoId)?.where.kind) {
    case 'slot':
    case 'asked':
      return 'used';
    case 'tray':
      return 'waits';
    default:
      return 'aside';
  }
}

function leaving(draft: Draft, photoId: string): DraftPhoto | undefined {
  return photosThatMayLeave(draft).find((photo) => photo.photoId === photoId);
}

/** The very same picture stands here, or backs another shop: it would be of no use anywhere. */
function isOfNoUse(where: DraftPhoto['where']): boolean {
  return where.kind === 'setAside' && (where.why === 'repeated' || where.why === 'usedBefore');
}

/** A code that was typed is an answer of its own, and stays; so does one that another close-up shows. */
function withoutItsCode(draft: Draft, photo: DraftPhoto): Draft {
  const { where, kept } = photo;
  const slot = where.kind === 'slot' && isCloseup(draft, where.slot) ? where.slot : undefined;
  const spot = slot?.spot;
  if (spot === undefined) return draft;
  const read = unseenCodes(draft, spot, photo).filter((code) => code.method === 'PHOTO_DECODE');
  return read
    .filter((code) => isAmong(codesIn({ kept }), code))
    .reduce((now, code) => withoutCodeAt(now, spot, code), draft);
}

function isCloseup(draft: Draft, { name }: Slot): boolean {
  return stepsOf(draft).some((step) => slotOf(step, name)?.showsCode === true);
}
