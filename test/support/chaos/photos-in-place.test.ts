import { expect, it } from 'vitest';
import type { HandedOverLine } from '../world/outgoing-lines.ts';
import type { StoredRows } from '../world/stored-rows.ts';
import { Ledger } from './ledger.ts';
import { photosMisplaced } from './photos-in-place.ts';

const DRAFTS = [
  { _id: 'sent-for', promotionId: 'p1' },
  { _id: 'other', promotionId: 'p2' },
];
const PROMOTIONS = [
  { _id: 'p1', number: 'P-1' },
  { _id: 'p2', number: 'P-2' },
];
const ROWS = {
  promotions: PROMOTIONS,
  drafts: DRAFTS,
  photos: [{ _id: 'msg1#0', contentHash: 'kept', originalHash: 'taken' }],
  spots: [],
  bindings: [],
  pictures: [],
  submissions: [],
  outbox: [],
  inbox: [],
  cards: [],
  audit: [],
  peoples: [],
} as unknown as StoredRows;
const LINE = {
  submissionKey: 'store#1',
  itemType: 'STORE',
  itemRef: 'store',
  revision: 1,
  promotionNumber: 'P-2',
  photos: [{ role: 'storefront', sha256: 'kept' }],
} as unknown as HandedOverLine;

/** Nok's front photo, for the first of the two shops. */
function sentForTheFirst(): Ledger {
  const ledger = new Ledger();
  const asked = { about: 'draft:sent-for', title: 'Step 1 of 4', ask: 'front' };
  const sent = {
    at: '',
    msgId: 'msg1',
    withoutContent: false,
    userId: 'nok',
    hash: 'taken',
    scene: 'storefront',
  } as const;
  ledger.photos.push({ ...sent, ...asked });
  return ledger;
}

const moved = (to: string): StoredRows => ({
  ...ROWS,
  audit: [{ what: 'photo.move', details: { photo: 'msg1#0', to } }] as unknown as StoredRows['audit'],
});

it('a photo that stands in another shop than it was sent for is in the wrong slot', () => {
  expect(photosMisplaced(ROWS, [LINE], sentForTheFirst())).toMatchObject([expect.stringContaining('wrong slot')]);
});

it('unless somebody moved it there, and nowhere else', () => {
  expect(photosMisplaced(moved('draft:other'), [LINE], sentForTheFirst())).toEqual([]);
  expect(photosMisplaced(moved('draft:third'), [LINE], sentForTheFirst())).toHaveLength(1);
});

it('where the one before it came twice, one without a code stands one place further', () => {
  const ledger = new Ledger();
  const sent = { at: '', withoutContent: false, userId: 'nok', about: 'draft:sent-for', title: '' } as const;
  ledger.photos.push({ ...sent, msgId: 'msg1', hash: 'first', scene: 'storefront', ask: 'front' });
  const line = { ...LINE, itemType: 'SPOT', promotionNumber: 'P-1', photos: [{ role: 'context', sha256: 'kept' }] };
  const misplaced = () => {
    const shown = { ...sent, msgId: 'msg1', hash: 'taken', scene: 'display', ask: 'display' } as const;
    const known = new Ledger();
    known.photos.push(...ledger.photos, shown);
    return photosMisplaced(ROWS, [line as unknown as HandedOverLine], known);
  };
  expect(misplaced()).toMatchObject([expect.stringContaining('wrong slot')]);
  ledger.photos.push({ ...sent, msgId: 'msg1', hash: 'again', scene: 'storefront', ask: 'front' });
  expect(misplaced()).toEqual([]);
});
