import type { StoredPhoto } from '../../../models/photos.ts';
import type { Transaction } from '../../../models/transaction.ts';
import { NOW } from './seed.ts';

// Who asks, and when, in an office of `seed.ts`.

export { NOW };
export const LATER = NOW + 1;
export const LONG_AGO = NOW - 60 * 24 * 3_600_000;
export const ISO = 'iso1';
export const PERSON = 'person1';
export const DAY = '20261108';
export const PAGE = { skip: 0, limit: 20 };
/** A photo that somebody sent for something. */
export const IT: StoredPhoto = {
  photoId: 'photo',
  isoId: ISO,
  userId: PERSON,
  contentHash: 'contentHash5',
  originalHash: 'originalHash5',
  width: 1,
  height: 1,
  sentAt: NOW,
  about: { kind: 'draft', id: 'draft1' },
};

/** One query of `models`, as it is asked in an office. */
export interface Asked {
  readonly ask: (tx: Transaction) => Promise<unknown>;
  /** It may look at so many documents more than it gives, and why that is all there can be. */
  readonly beyond?: { readonly most: number; readonly why: string } | undefined;
}

/** By the function that asks; behind a colon, which of its ways. */
export type AskedBy = Readonly<Record<string, Asked['ask'] | Asked>>;
