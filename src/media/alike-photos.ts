import type { Clock } from '@field/kit/clock';
import sharp from 'sharp';
import type { PhotoStore } from '../../models/photo-store.ts';
import { contentHashesOf, looksSince } from '../../models/photos.ts';
import { type GreyImage, toGrey } from './grey-image.ts';
import { createLooksTable, type LooksTable } from './looks-table.ts';
import { alikeness, VIEW_SIDE } from './same-view.ts';

/** Finds the earlier photos of an ISO that a new one is a copy of: saved again, smaller, brighter, cut a little, photographed again. */
export interface AlikePhotos {
  /** Their ids, the likest first; none is refused for it. */
  find(isoId: string, looks: string, jpeg: Buffer): Promise<readonly string[]>;
}

export interface AlikePhotosOptions {
  readonly photos: Pick<PhotoStore, 'get'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Photos that are held in memory, 192 bytes and an id each: of one ISO, and of all. */
  readonly most?: { readonly ofOne: number; readonly ofAll: number } | undefined;
}

/** Hashes within so many of 256 bits are worth a look: of two different photos half of them differ, 128, seldom fewer than these. */
export const LOOKED_AT_WITHIN = 80;
/** From so alike on, laid over one another, two pictures count as copies of one; a fresh photo of the same place seldom comes near. */
export const ALIKE_FROM = 0.92;
/** So many of them, the nearest ones. */
export const MOST_LOOKED_AT = 8;
const MOST = { ofOne: 150_000, ofAll: 300_000 };
const PAGE = 1_000;
/** What was entered so long ago may be seen only now, when its transaction ends. */
const SEEN_LATE_MS = 120_000;

interface Followed {
  readonly table: LooksTable;
  /** Up to when what was entered is in the table. */
  until: number;
  /** One is found after the other: none reads what another is reading. */
  turn: Promise<unknown>;
}

/** The tables of the ISOs are filled from the store when first asked for, and follow it; the one that was asked for least lately makes room. */
export function createAlikePhotos({ photos, clock, most = MOST }: AlikePhotosOptions): AlikePhotos {
  const isos = new Map<string, Followed>();

  function followed(isoId: string): Followed {
    const known = isos.get(isoId) ?? { table: createLooksTable(most.ofOne), until: 0, turn: Promise.resolve() };
    isos.delete(isoId);
    isos.set(isoId, known);
    return known;
  }

  function makeRoom(): void {
    let held = [...isos.values()].reduce((sum, { table }) => sum + table.size, 0);
    for (const [isoId, { table }] of isos) {
      if (held <= most.ofAll || isos.size === 1) return;
      isos.delete(isoId);
      held -= table.size;
    }
  }

  async function confirmed(near: readonly string[], jpeg: Buffer): Promise<readonly string[]> {
    if (near.length === 0) return [];
    const view = await viewOf(jpeg);
    const hashes = await contentHashesOf(near);
    const found: { readonly photoId: string; readonly how: number }[] = [];
    for (const photoId of near) {
      const hash = hashes.get(photoId);
      const earlier = hash === undefined ? undefined : await photos.get(hash);
      if (earlier === undefined) continue;
      const how = alikeness(view, await viewOf(earlier));
      if (how >= ALIKE_FROM) found.push({ photoId, how });
    }
    return found.toSorted((one, other) => other.how - one.how).map(({ photoId }) => photoId);
  }

  return {
    async find(isoId, looks, jpeg) {
      const iso = followed(isoId);
      const turn = iso.turn.then(async () => {
        await follow(isoId, iso, clock.now());
        return iso.table.nearest(looks, LOOKED_AT_WITHIN, MOST_LOOKED_AT).map(({ photoId }) => photoId);
      });
      iso.turn = turn.catch(() => undefined);
      const near = await turn;
      makeRoom();
      return await confirmed(near, jpeg);
    },
  };
}

/** Where a clock was set back what comes is entered before what is there: it goes by the earlier of both. */
async function follow(isoId: string, iso: Followed, now: number): Promise<void> {
  for (let since = Math.max(0, Math.min(iso.until, now) - SEEN_LATE_MS); ; ) {
    const page = await looksSince(isoId, since, PAGE);
    for (const { photoId, looks } of page) iso.table.add(photoId, looks);
    const last = page.at(-1)?.keptAt ?? since;
    iso.until = Math.max(iso.until, last);
    if (page.length < PAGE) return;
    since = last > since ? last : last + 1;
  }
}

/** Our own JPEG, which was made anew when it was checked. */
async function viewOf(jpeg: Buffer): Promise<GreyImage> {
  return await toGrey(sharp(jpeg).resize({ width: VIEW_SIDE, height: VIEW_SIDE, fit: 'fill' }));
}
