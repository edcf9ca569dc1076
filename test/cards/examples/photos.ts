import type { PhotoRow } from '../../../cards/photos/list.ts';
import type { Faces } from './faces.ts';

/** 10:42 in Bangkok. */
const at = Date.UTC(2026, 10, 24, 3, 42);
const timeZone = 'Asia/Bangkok';
const cashier = { spotType: 'CASHIER_COUNTER', number: 1 } as const;
const sha256 = 'a'.repeat(64);

const front: PhotoRow = { photoId: 'msg1#0', sha256, at, place: { in: 'slot', slot: 'storefront' } };
const closeup: PhotoRow = {
  photoId: 'msg2#0',
  sha256: 'b'.repeat(64),
  at: at + 60_000,
  place: { in: 'slot', slot: 'closeup', spot: cashier },
};
const rows: readonly PhotoRow[] = [
  front,
  closeup,
  { ...front, photoId: 'msg3#0', place: { in: 'waiting' } },
  { ...front, photoId: 'msg4#0', place: { in: 'aside' } },
  { ...front, photoId: 'msg5#0', place: { in: 'appeal' } },
  { ...front, photoId: 'msg6#0', place: { in: 'inspection', shows: { kind: 'payment', mode: 'MPM' } } },
];
const one = { ...closeup, timeZone, from: 1, page: 1, pages: 1 };

export const PHOTOS_EXAMPLES: Faces<'photos.list' | 'photos.move'> = {
  'photos.list': {
    few: { shop: 'Baan Coffee', timeZone, photos: [front, closeup], page: 1, pages: 1 },
    paged: { shop: 'Baan Coffee by the River and Bridge', timeZone, photos: rows, page: 1, pages: 2 },
    none: { shop: '', timeZone, photos: [], page: 1, pages: 1 },
  },
  'photos.move': {
    works: {
      ...one,
      works: [
        { to: 'draft:d1', shop: 'Som Tam House', doing: { promotes: 'MARKETING_CODE' } },
        { to: 'draft:d2', shop: '', doing: { promotes: 'PRIMARY_POSM' } },
        { to: 'draft:d3', shop: 'Nine Mart', doing: 'modify', spot: { spotType: 'ENTRANCE_DOOR', number: 1 } },
        { to: 'appeal:a1', shop: 'Nine Mart', doing: 'appeal', spot: cashier },
        { to: 'inspection:t1', shop: 'Krua Thai by the old river bridge', doing: 'inspection' },
      ],
    },
    paged: {
      ...one,
      works: [{ to: 'draft:d1', shop: 'Som Tam House', doing: { promotes: 'MARKETING_CODE' } }],
      page: 2,
      pages: 2,
    },
    none: { ...one, works: [] },
  },
};
