import { findIso } from '../../models/isos.ts';
import { Seen } from '../../models/read-ahead.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { sameSubject } from './current-work.ts';
import { chosenPhoto, listedPhotos, workKey } from './photo-subjects.ts';
import type { Asking } from './photo-work.ts';
import { targets } from './targets.ts';
import { photosAtHand, type WorkAtHand, workAtHand } from './work-at-hand.ts';

const PAGE = 6;

/** *Photos*: those of a piece of work, a page of them. */
export const loadPhotoList: LoadCard = async (card, person, now, seen = new Seen()) => {
  const listed = listedPhotos(card.subject);
  const asking = { person, now, tx: seen };
  const at = await workAtHand(asking, listed?.work);
  if (listed === undefined || at === undefined || at.found.ended !== undefined) return OLD_CARD;
  const { shop, version, isoId } = at.found;
  const [atHand, timeZone] = await Promise.all([photosAtHand(asking, at), timeZoneOf(isoId, seen)]);
  const { rows, page, pages } = pageOf(atHand, listed.page);
  const photos = rows.map(({ photoId, contentHash, place, sentAt }) => ({
    photoId,
    sha256: contentHash,
    place,
    at: sentAt,
  }));
  return { name: 'photos.list', model: { shop, photos, page, pages, timeZone }, version };
};

/** One of them, and the other work of this person that may take it. */
export const loadPhoto: LoadCard = async (card, person, now, seen = new Seen()) => {
  const asking = { person, now, tx: seen };
  const chosen = chosenPhoto(card.subject);
  if (chosen === undefined) return OLD_CARD;
  const finding = workAtHand(asking, chosen.work);
  const [at, photo, timeZone, open] = await Promise.all([
    finding,
    finding.then((found) => found && photoOf(asking, found, chosen.photoId)),
    finding.then((found) => timeZoneOf(found?.found.isoId ?? '', seen)),
    openWorks(asking),
  ]);
  if (at === undefined || at.found.ended !== undefined || photo === undefined) return OLD_CARD;
  const others = open.filter(({ work, found }) => {
    return !sameSubject(work, at.work) && found.isoId === photo.isoId;
  });
  const { rows, page, pages } = pageOf(others, chosen.page);
  const works = rows.map(({ work, found: { shop, doing, spot } }) => ({ to: workKey(work), shop, doing, spot }));
  const { photoId, contentHash: sha256, place, sentAt } = photo;
  const model = { photoId, sha256, place, at: sentAt, timeZone, works, from: chosen.from, page, pages };
  return { name: 'photos.move', model, version: at.found.version };
};

async function photoOf(asking: Asking, at: WorkAtHand, photoId: string) {
  const [photo] = await photosAtHand(asking, at, photoId);
  return photo;
}

/** What the person had in hand lately, the last first, and what else they have begun, as far as it is open. */
async function openWorks(asking: Asking): Promise<readonly WorkAtHand[]> {
  const { works = [] } = asking.person;
  // each once, however often it was taken up
  const lately = new Map(works.toReversed().flatMap(({ value }) => (value ? [[workKey(value), value] as const] : [])));
  const find = (some: readonly Subject[]) => Promise.all(some.map((work) => workAtHand(asking, work)));
  const [first, others] = await Promise.all([
    find([...lately.values()]),
    begunWorks(asking).then((begun) => find(begun.filter((work) => !lately.has(workKey(work))))),
  ]);
  const open = new Map<string, WorkAtHand>();
  for (const at of [...first, ...others])
    if (at !== undefined && at.found.ended === undefined) open.set(workKey(at.work), at);
  return [...open.values()];
}

async function begunWorks(asking: Asking): Promise<readonly Subject[]> {
  const ofEach = [...targets()].map(async ([kind, target]) =>
    (await target.begun(asking)).map((id) => ({ kind, id }) as const),
  );
  return (await Promise.all(ofEach)).flat();
}

function pageOf<Row>(all: readonly Row[], wanted: number): { rows: readonly Row[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(all.length / PAGE));
  const page = Math.min(Math.max(1, wanted), pages);
  return { rows: all.slice((page - 1) * PAGE, page * PAGE), page, pages };
}

async function timeZoneOf(isoId: string, seen: Seen): Promise<string> {
  return (await findIso(isoId, seen))?.timeZone ?? 'UTC';
}
