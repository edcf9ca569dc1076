import { present } from '@field/kit/present';
import { posmRef } from '../../models/items.ts';
import type { LineFacts, LineValues } from '../../src/daily/submission-line.ts';
import type { Submission, SubmittedPhoto, SubmittedSpot } from '../../src/flow/engine.ts';
import type { WrittenPayments } from './write-payments.ts';

/** Whose lines they are, the same on each. */
export interface LineHead {
  readonly promotionNumber: string;
  readonly product: string;
  readonly isoId: string;
  readonly staffRef: string;
  readonly storeRef: string;
  /** Milliseconds. */
  readonly submittedAt: number;
}

export type SpotWithId = SubmittedSpot & { readonly spotId: string };

/** The store with its merchant supplement, as it is handed over. */
export function storeLine(
  head: LineHead,
  { itemRef, revision }: { readonly itemRef: string; readonly revision: number },
  { store, merchant }: Pick<Submission, 'store' | 'merchant'>,
  paid: Pick<WrittenPayments, 'line' | 'photos'> = { line: {}, photos: [] },
): LineFacts {
  const { photos, storeId: _id, more, doubts, ...values } = store;
  const { more: moreOfMerchant = {}, ...business } = merchant ?? {};
  return {
    ...head,
    itemType: 'STORE',
    itemRef,
    revision,
    values: present({ ...values, ...more }) as LineValues,
    merchant: present({ ...business, ...moreOfMerchant }) as LineValues,
    ...paid.line,
    ...doubtful(doubts),
    photos: [...rolesOf(photos), ...paid.photos],
  };
}

/** A spot as it is handed over: where it is, and all of its photos. */
export function spotLine(head: LineHead, revision: number, spot: SpotWithId): LineFacts {
  const { spotId, spotType, number, fixedSecurely, more, photos, doubts } = spot;
  return {
    ...head,
    itemType: 'SPOT',
    itemRef: spotId,
    revision,
    values: present({
      spotType: spotType === '' ? undefined : spotType,
      number,
      fixedSecurely,
      deployedAt: isoTime(photos[0]?.at),
      ...more,
    }) as LineValues,
    ...doubtful(doubts),
    photos: rolesOf(photos),
  };
}

/** What stands at a spot as it is handed over: its code or its kind, how many, and the photos that show it. */
export function posmLine(
  head: LineHead,
  revision: number,
  { spotId, codes, posmForm, quantity, morePosm, photos, doubtsOfPosm }: SpotWithId,
): LineFacts {
  const [code, ...furtherCodes] = codes.map(codeOfLine);
  return {
    ...head,
    itemType: 'POSM',
    itemRef: posmRef(spotId),
    revision,
    spotRef: spotId,
    values: present({ posmForm, quantity, ...morePosm }) as LineValues,
    ...present({ code, furtherCodes: furtherCodes.length === 0 ? undefined : furtherCodes }),
    ...doubtful(doubtsOfPosm),
    photos: rolesOf(photos.filter(({ ofPosm }) => ofPosm)),
  };
}

function codeOfLine({ canonicalUrl, method, unknown }: SubmittedSpot['codes'][number]) {
  return present({ payload: canonicalUrl, method, unknown });
}

function doubtful(doubts: SubmittedSpot['doubts']): Pick<LineFacts, 'doubts'> {
  return doubts.length === 0 ? {} : { doubts: [...doubts] };
}

function rolesOf(photos: readonly SubmittedPhoto[]): LineFacts['photos'] {
  return photos.map(({ slot, sha256 }) => ({ role: slot, sha256 }));
}

function isoTime(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
