import type { PhotoFlag } from '../src/domain/photo-flags.ts';
import type { Place } from '../src/domain/places.ts';
import type { Weakness } from '../src/flow/codes.ts';
import type { Subject, SubjectKind } from '../src/platform/subject.ts';
import { collection, type RecordOf } from './collection.ts';
import { list, mark, number, sealedValue, text } from './fields.ts';
import type { Reads } from './single-write.ts';
import { subjectKindNamed } from './subject-named.ts';
import type { Transaction } from './transaction.ts';
import type { Window } from './whole-moments.ts';

/** For the files of `models` only. */
export const Photos = collection('photos', {
  id: 'photoId',
  fields: {
    isoId: text(),
    userId: text(),
    /** SHA-256 of the stored JPEG; the name of its file. */
    contentHash: text(),
    /** SHA-256 of the bytes as sent: the very same photo again. */
    originalHash: text(),
    width: number(),
    height: number(),
    sentAt: number(),
    /** When its camera says that it was taken, ISO 8601 in its own local time; absent where it says nothing. */
    takenAt: text().optional(),
    /** What it looks like, to be told from others; absent where a code in it says whose it is, and where a release before 0.3 kept it. */
    looks: text().optional(),
    /** Earlier photos of the ISO that it looks like, the likest first; absent where there are none. */
    alike: list<string>().optional(),
    /** When it was entered: who follows what comes goes by it. */
    keptAt: number().optional(),
    /** What admins and reviewers should look at; absent where there is nothing. */
    flags: list<PhotoFlag>().optional(),
    /** Where it was taken, until that was compared with the other photos of its work; absent where nobody asked. */
    place: sealedValue<Place>().optional(),
    /** How far that was from them, metres; what stays of the place. */
    metres: number().optional(),
    /** Set when it was submitted: which store and slot it backs (domain A.12-11). */
    backs: text().optional(),
  },
  own: {
    /** What it was sent for. */
    aboutKind: text<SubjectKind>().readBy(subjectKindNamed),
    aboutId: text(),
    /** It backs a store or a slot that was promoted. */
    deployed: mark(),
    /** As long as its bytes are kept for it; afterwards the row alone says that the photo was used. */
    stored: mark(),
    /** It has flags, and its bytes are kept. */
    flagged: mark(),
    /** It has looks, and its bytes are kept. */
    compared: mark(),
    /** The earlier photo of another shop that it was found to be like when it was submitted. */
    like: text().optional(),
    /** The item that it is kept for, where it backs none: a licence. */
    keptFor: text().optional(),
    /** What its check found: whatever else it is moved to holds that against it. Absent where a release before 0.3 kept it. */
    found: sealedValue<PhotoFindings>().optional(),
  },
  indexes: [
    [{ originalHash: 1, isoId: 1, backs: 1 }],
    // domain A.12-11: one photo backs one store or slot inside an ISO.
    [
      { isoId: 1, originalHash: 1 },
      { unique: true, partialFilterExpression: { deployed: true } },
    ],
    [{ sentAt: 1 }, { partialFilterExpression: { stored: true } }],
    [{ contentHash: 1 }],
    [{ aboutId: 1, sentAt: 1 }],
    [{ isoId: 1, sentAt: -1, photoId: 1 }, { partialFilterExpression: { flagged: true } }],
    [{ isoId: 1, keptAt: 1 }, { partialFilterExpression: { compared: true } }],
  ],
});

/** More than an admin reads. */
const MOST_FLAGGED = 120;

/** What the check of a photo found in it, whatever it was sent for. */
export interface PhotoFindings {
  /** Payloads of every QR code in it, as they are. */
  readonly codes: readonly string[];
  readonly weaknesses: readonly Weakness[];
}

/** Every photo that was kept: its bytes lie in the photo store under `contentHash`. */
export interface Photo extends RecordOf<typeof Photos> {
  /** What it was sent for. */
  readonly about: Subject;
}

export async function addPhoto(
  { photoId, about, ...photo }: Photo & { readonly found: PhotoFindings },
  tx: Transaction,
): Promise<void> {
  const flagged = photo.flags === undefined ? undefined : (true as const);
  const compared = photo.looks === undefined ? undefined : (true as const);
  const setOnInsert = { ...photo, flagged, compared, aboutKind: about.kind, aboutId: about.id, stored: true as const };
  await Photos.update({ photoId }, { setOnInsert }, { upsert: true, tx });
}

/** Whether the very same photo was submitted before in this ISO, for another store or slot. */
export async function photoBacksAnother(isoId: string, originalHash: string, tx: Transaction): Promise<boolean> {
  const filter = { isoId, originalHash, backs: { $exists: true } };
  return (await Photos.findOne(filter, { only: ['photoId'], tx })) !== undefined;
}

/** Which of these photos were submitted meanwhile for another store or slot, as another photo with the same bytes. */
export async function photosDeployedElsewhere(
  photoIds: readonly string[],
  tx: Transaction,
): Promise<readonly string[]> {
  const only = ['photoId', 'isoId'] as const;
  const sameBytes = { of: Photos, by: 'originalHash', at: 'originalHash', only: [...only, 'deployed'] } as const;
  const own = await Photos.findWith({ photoId: { $in: photoIds } }, sameBytes, { only, tx });
  return own.flatMap(({ record: { photoId, isoId }, joined }) => {
    const others = joined.filter((other) => other.isoId === isoId && !photoIds.includes(other.photoId));
    return others.some(({ deployed }) => deployed === true) ? [photoId] : [];
  });
}

/** A photo, and which store or slot it backs. */
export interface PhotoBacking {
  readonly photoId: string;
  readonly backs: string;
}

/** Notes which store or slot submitted photos back; a duplicate-key error when another photo with the bytes of one does already. */
export async function deployPhotos(photos: readonly PhotoBacking[], tx: Transaction): Promise<void> {
  await setEach(
    photos.map(({ photoId, backs }) => ({ photoId, set: { backs, deployed: true } })),
    tx,
  );
}

/** Notes what photos back that show no deployment: those of an inspection. */
export async function photosBack(photos: readonly PhotoBacking[], tx: Transaction): Promise<void> {
  await setEach(
    photos.map(({ photoId, backs }) => ({ photoId, set: { backs } })),
    tx,
  );
}

type PhotoSet = NonNullable<Parameters<typeof Photos.update>[1]['set']>;

async function setEach(
  photos: readonly { readonly photoId: string; readonly set: PhotoSet }[],
  tx: Transaction,
): Promise<void> {
  if (photos.length === 0) return;
  const updates = photos.map(({ photoId, set }) => ({ filter: { photoId }, change: { set } }));
  await Photos.updateWithOthers(updates, tx);
}

/** A photo as it can be moved to other work. */
export interface MovablePhoto extends Pick<Photo, 'photoId' | 'isoId' | 'contentHash' | 'originalHash' | 'sentAt'> {
  readonly found: PhotoFindings;
}

const MOVABLE = ['photoId', 'isoId', 'contentHash', 'originalHash', 'sentAt', 'found'] as const;

/** Those of these photos that were never submitted, in the order sent: they can be moved to other work. */
export async function photosNotSubmitted(photoIds: readonly string[], tx?: Reads): Promise<readonly MovablePhoto[]> {
  const filter = { photoId: { $in: photoIds }, stored: true, backs: { $exists: false } } as const;
  const rows = await Photos.find(filter, { only: MOVABLE, sort: { sentAt: 1, photoId: 1 }, tx });
  return rows.map(({ found = { codes: [], weaknesses: [] }, ...photo }) => ({ ...photo, found }));
}

/** What the checks of these photos found, as far as it is kept. */
export async function findingsOf(photoIds: readonly string[], tx?: Reads): Promise<ReadonlyMap<string, PhotoFindings>> {
  const rows = await Photos.find({ photoId: { $in: photoIds } }, { only: ['photoId', 'found'], tx });
  return new Map(rows.flatMap(({ photoId, found }) => (found === undefined ? [] : [[photoId, found] as const])));
}

/** The photo is of other work than it was sent for: it is kept, and goes, with that. */
export async function photoIsAbout(photoId: string, { kind, id }: Subject, tx: Transaction): Promise<void> {
  await Photos.updateWithOthers([{ filter: { photoId }, change: { set: { aboutKind: kind, aboutId: id } } }], tx);
}

/** The content hashes by which photos are stored and shown; a photo that is not known is left out. */
export async function contentHashesOf(photoIds: readonly string[], tx?: Reads): Promise<ReadonlyMap<string, string>> {
  const rows = await Photos.find({ photoId: { $in: photoIds } }, { only: ['photoId', 'contentHash'], tx });
  return new Map(rows.map(({ photoId, contentHash }) => [photoId, contentHash]));
}

/** A photo that was submitted and has flags. */
export interface FlaggedPhoto extends Pick<Photo, 'photoId' | 'userId' | 'sentAt' | 'metres'> {
  readonly flags: readonly PhotoFlag[];
  /** What it was submitted for. */
  readonly itemRef: string;
  /** The earlier photo that it is like. */
  readonly like?: string | undefined;
}

/** The photos of an ISO with flags that were submitted, of those sent since then, the latest first. */
export async function flaggedPhotos(isoId: string, since: number): Promise<readonly FlaggedPhoto[]> {
  const filter = { isoId, flagged: true, sentAt: { $gte: since }, backs: { $exists: true } } as const;
  const only = ['photoId', 'userId', 'sentAt', 'flags', 'backs', 'like', 'metres'] as const;
  const rows = await Photos.find(filter, { only, sort: { sentAt: -1, photoId: 1 }, limit: MOST_FLAGGED });
  return rows.map(({ backs = '', flags = [], ...photo }) => ({ ...photo, flags, itemRef: itemOf(backs) }));
}

/** What is known of a photo that is handed over. */
export interface HandedPhoto extends Pick<Photo, 'photoId' | 'contentHash'> {
  readonly flags: readonly PhotoFlag[];
  /** Earlier photos that it looks like; none of one that shows no deployment. */
  readonly alike: readonly string[];
  /** The work that it was sent for, where its place was not compared yet with those of the others. */
  readonly placedIn?: string | undefined;
}

/**
 * What is known of these photos of an ISO, by content hash; `deploying`: what is about to back a store or a slot. Those that they look like are read
 * with them.
 */
export async function photosHandedOver(
  isoId: string,
  contentHashes: readonly string[],
  tx: Transaction,
  deploying: Pick<ReadonlySet<string>, 'has'> = new Set(),
): Promise<readonly HandedPhoto[]> {
  const only = ['photoId', 'contentHash', 'flags', 'alike', 'deployed', 'isoId', 'place', 'aboutId'] as const;
  const likeIt = { of: Photos, by: 'alike', at: 'photoId' } as const;
  const rows = await Photos.findWith({ contentHash: { $in: contentHashes } }, likeIt, { only, tx });
  return rows.flatMap(({ record }) => {
    const { isoId: of, deployed, alike = [], flags = [], place, aboutId, ...photo } = record;
    const placedIn = place === undefined ? undefined : aboutId;
    const shows = deployed === true || deploying.has(photo.photoId);
    return of === isoId ? [{ ...photo, flags, alike: shows ? alike : [], placedIn }] : [];
  });
}

/** A photo with its place. */
export interface PlacedPhoto extends Pick<Photo, 'photoId'> {
  readonly place: Place;
  readonly flags: readonly PhotoFlag[];
}

/** The photos that were sent for this whose places were not compared yet. */
export async function placedPhotos(aboutId: string, tx: Transaction): Promise<readonly PlacedPhoto[]> {
  const rows = await Photos.find({ aboutId }, { only: ['photoId', 'place', 'flags'], tx });
  return rows.flatMap(({ photoId, place, flags = [] }) => (place === undefined ? [] : [{ photoId, place, flags }]));
}

/** Their places were compared, and are forgotten: how far each was from the others stays, and what admins should look at. */
export async function placesCompared(
  photos: readonly {
    readonly photoId: string;
    readonly metres: number | undefined;
    readonly flags: readonly PhotoFlag[];
  }[],
  tx: Transaction,
): Promise<void> {
  const compared = photos.map(({ photoId, metres, flags }) => {
    const flagged = flags.length > 0 ? ({ flags, flagged: true } as const) : {};
    return { photoId, set: { place: null, metres, ...flagged } };
  });
  await setEach(compared, tx);
}

/** The items that these photos back as what was deployed, by photo. */
export async function itemsBackedBy(photoIds: readonly string[], tx?: Reads): Promise<ReadonlyMap<string, string>> {
  const filter = { photoId: { $in: photoIds }, deployed: true } as const;
  const rows = await Photos.find(filter, { only: ['photoId', 'backs'], tx });
  return new Map(rows.map(({ photoId, backs = '' }) => [photoId, itemOf(backs)]));
}

/** Notes of each the earlier photo of another shop that it is like, and what admins should look at of it. */
export async function photosAreLike(
  photos: readonly { readonly photoId: string; readonly like: string; readonly flags: readonly PhotoFlag[] }[],
  tx: Transaction,
): Promise<void> {
  await setEach(
    photos.map(({ photoId, like, flags }) => ({ photoId, set: { like, flags, flagged: true } })),
    tx,
  );
}

/** What a photo looks like, and when it was entered. */
export interface PhotoLooks {
  readonly photoId: string;
  readonly looks: string;
  readonly keptAt: number;
}

/** So many of the photos of an ISO that others are compared with, of those entered since then, in the order entered. */
export async function looksSince(isoId: string, since: number, limit: number): Promise<readonly PhotoLooks[]> {
  const filter = { isoId, compared: true, keptAt: { $gte: since } } as const;
  const rows = await Photos.find(filter, { only: ['photoId', 'looks', 'keptAt'], sort: { keptAt: 1 }, limit });
  return rows.map(({ looks = '', keptAt = 0, ...photo }) => ({ ...photo, looks, keptAt }));
}

/** A photo whose bytes are kept, and for what. */
export interface StoredPhoto extends Photo {
  /** The item whose review and fee it must outlast; absent where it was never submitted. */
  readonly itemRef?: string | undefined;
}

const STORED = [
  ...(['photoId', 'isoId', 'userId', 'contentHash', 'originalHash', 'width', 'height'] as const),
  ...(['sentAt', 'backs', 'keptFor', 'aboutKind', 'aboutId'] as const),
] as const;
interface StoredRow extends RecordOf<typeof Photos> {
  readonly aboutKind: SubjectKind;
  readonly aboutId: string;
  readonly keptFor?: string | undefined;
}

/** A page of the photos whose bytes are kept and that were sent before this, the oldest first. */
export async function storedPhotosBefore(
  before: number,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<readonly StoredPhoto[]> {
  const filter = { stored: true, sentAt: { $lt: before } } as const;
  const rows = await Photos.find(filter, { only: STORED, sort: { sentAt: 1 }, skip, limit });
  return rows.map(toStored);
}

/** The hashes of photos whose bytes are kept, by when they were sent: at most so many, the earliest first. */
export async function photosKeptBetween({
  from,
  to,
  limit,
}: Window): Promise<readonly Pick<StoredPhoto, 'contentHash' | 'sentAt'>[]> {
  const filter = { stored: true, sentAt: { $gte: from, $lt: to } } as const;
  return await Photos.find(filter, { only: ['contentHash', 'sentAt'], sort: { sentAt: 1 }, limit });
}

/** The photos whose bytes are kept, of what was sent for this. */
export async function storedPhotosAbout(aboutId: string, tx?: Reads): Promise<readonly StoredPhoto[]> {
  const rows = await Photos.find({ aboutId, stored: true }, { only: STORED, tx });
  return rows.map(toStored);
}

/** Whether another photo is kept as these very bytes. */
export async function isStoredForAnother({ contentHash, photoId }: StoredPhoto): Promise<boolean> {
  const other = { contentHash, stored: true, photoId: { $ne: photoId } } as const;
  return (await Photos.findOne(other, { only: ['photoId'] })) !== undefined;
}

/** Notes the item that a photo was submitted for which backs none: nothing else says so once its draft is gone. */
export async function keepPhotoFor(photoId: string, itemRef: string): Promise<void> {
  await Photos.update({ photoId }, { set: { keptFor: itemRef } });
}

/** What is of no use once its bytes are gone. */
const NOTHING_OF_IT = {
  flags: null,
  flagged: null,
  looks: null,
  alike: null,
  compared: null,
  like: null,
  keptAt: null,
  place: null,
  metres: null,
};

/** Its bytes are gone. What backs something stays as a row: it was used (domain A.12-11). */
export async function photoReleased({ photoId, backs }: StoredPhoto): Promise<void> {
  if (backs === undefined) await Photos.removeAll({ photoId });
  else await Photos.update({ photoId }, { set: { ...NOTHING_OF_IT, stored: null, found: null, takenAt: null } });
}

function toStored({ aboutKind, aboutId, keptFor, backs, ...photo }: StoredRow): StoredPhoto {
  const about = { kind: aboutKind, id: aboutId };
  return { ...photo, backs, about, itemRef: keptFor ?? (backs === undefined ? undefined : itemOf(backs)) };
}

/** `backs` is an item and a slot of it. */
function itemOf(backs: string): string {
  return backs.split('/')[0] ?? '';
}
