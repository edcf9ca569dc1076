import type { HandedOverLine } from '../world/outgoing-lines.ts';
import type { StoredRows } from '../world/stored-rows.ts';
import type { Ledger, Scene, SentPhoto } from './ledger.ts';
import { mayShow } from './lines-about.ts';
import { repeated } from './submissions-whole.ts';

/** Which places a photo of each scene may stand in, where a place has one scene. */
const PLACES: Readonly<Record<string, readonly Scene[]>> = {
  storefront: ['storefront'],
  context: ['counter'],
  closeup: ['closeup', 'display'],
};

/** A photo, and the work that it is of by now. */
type Placed = SentPhoto & { readonly isMoved?: boolean };

/**
 * Each photo that is handed over is one that was sent, for what the card was about in that moment, and shows what its place asks for;
 * what was recorded of a message was kept. Where a photo was sent again, since nothing came of the first, both came: the second fills
 * the next place of the shop, as photos that are sent ahead do, and those after it the next ones. What somebody has moved since (`Not this shop`) is of the work that they
 * moved it to, in whichever place wanted it.
 */
export function photosMisplaced(rows: StoredRows, lines: readonly HandedOverLine[], ledger: Ledger): string[] {
  const sent = new Map(ledger.photos.map((photo) => [photo.hash, photo]));
  const movedTo = new Map(
    rows.audit.flatMap(({ what, details }) =>
      what === 'photo.move' ? [[String(details?.photo), String(details?.to)] as const] : [],
    ),
  );
  const mine = new Map<string, Placed>();
  for (const { _id, contentHash, originalHash } of rows.photos) {
    const photo = sent.get(String(originalHash));
    const about = movedTo.get(String(_id));
    if (photo) mine.set(String(contentHash), about === undefined ? photo : { ...photo, about, isMoved: true });
  }
  const sentAgain = new Set(repeated(ledger.photos.map(({ ask }) => ask)));
  const displaced = sentBehindOneMore(ledger.photos);
  return [
    ...lines.flatMap((line) =>
      lineMisplaced(line, mine, (photo) => sentAgain.has(photo.ask) || displaced.has(photo.hash), rows),
    ),
    ...lines.flatMap((line) => codeMisplaced(line, lines, mine)),
    ...photosLost(rows, ledger),
  ];
}

function lineMisplaced(
  line: HandedOverLine,
  mine: ReadonlyMap<string, Placed>,
  mayBeElsewhere: (photo: Placed) => boolean,
  rows: StoredRows,
): string[] {
  return line.photos.flatMap(({ role, sha256 }) => {
    const photo = mine.get(sha256);
    const where = `${line.submissionKey} (${line.itemType}, ${role})`;
    if (photo === undefined) return [`${where}: nobody sent the photo ${sha256}`];
    const scenes = PLACES[role];
    const wrong = `wrong slot: ${where} has the ${photo.scene} that ${photo.userId} sent for ${photo.about}, “${photo.title}”, and not for ${draftsOf(line, rows)}`;
    const isOfPlace = scenes === undefined || scenes.includes(photo.scene) || photo.isMoved;
    if (!isOfPlace && !mayBeElsewhere(photo)) return [wrong];
    return mayShow(line, photo.about, rows) ? [] : [wrong];
  });
}

/** By their hashes: before them one was sent again for the same shop, and where both came one place more was filled. */
function sentBehindOneMore(photos: readonly SentPhoto[]): ReadonlySet<string> {
  const [asked, again, displaced] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { ask, about, hash } of photos) {
    if (asked.has(ask)) again.add(about);
    asked.add(ask);
    if (again.has(about)) displaced.add(hash);
  }
  return displaced;
}

/** What the promotion of a line was drafted as. */
function draftsOf(
  { promotionNumber }: HandedOverLine & { readonly promotionNumber?: string },
  rows: StoredRows,
): string {
  const promotion = rows.promotions.find(({ number }) => number === promotionNumber);
  return rows.drafts.flatMap(({ _id, promotionId }) => (promotionId === promotion?._id ? [`draft:${_id}`] : [])).join();
}

/** A code that was read in a photo stands at the spot whose close-up shows it. */
function codeMisplaced(
  { code, itemType, revision, submissionKey, spotRef }: HandedOverLine & { readonly spotRef?: string },
  lines: readonly HandedOverLine[],
  mine: ReadonlyMap<string, Placed>,
): string[] {
  if (itemType !== 'POSM' || revision > 1 || code?.method !== 'PHOTO_DECODE') return [];
  const spot = lines.find((line) => line.itemRef === spotRef && line.revision === 1);
  const shown = spot?.photos.flatMap(({ sha256 }) => mine.get(sha256)?.code ?? []) ?? [];
  return shown.includes(code.payload ?? '')
    ? []
    : [`wrong slot: ${submissionKey} has ${code.payload}, its spot shows ${shown.join()}`];
}

/** A photo whose message was recorded is there, as a photo or with what became of it. */
function photosLost({ inbox, photos, pictures }: StoredRows, ledger: Ledger): string[] {
  const recorded = new Set(inbox.map(({ _id }) => String(_id)));
  const kept = new Set(photos.map(({ originalHash }) => String(originalHash)));
  const known = new Set(pictures.map(({ _id }) => String(_id).replace(/#\d+$/, '')));
  return ledger.photos
    .filter(({ msgId, withoutContent }) => recorded.has(msgId) && !withoutContent)
    .filter(({ msgId, hash }) => !kept.has(hash) && !known.has(msgId))
    .map(({ userId, scene, about, title }) => `lost: the ${scene} of ${userId} for ${about}, “${title}”`);
}
