import type { Moves } from './moves.ts';

/** Where a code of a stock is: it is in exactly one place at any time (domain A.12-27). */
export type StockState = 'IN_STOCK' | 'WITH_STAFF' | 'AT_SPOT' | 'IDLE' | 'LOST';

const PUT_UP = 'somebody puts it up';
const LOST = 'whoever has it, an admin or an operator says that it is lost';
const ALLOTTED = 'an admin or an operator allots it';

export const STOCK_MOVES = {
  NEW: { IN_STOCK: 'a stock file brings it', AT_SPOT: 'it is put up before a stock file brings it' },
  IN_STOCK: { WITH_STAFF: ALLOTTED, AT_SPOT: PUT_UP, LOST },
  WITH_STAFF: {
    IN_STOCK: 'it is given back, whoever has it works there no more, or another ISO receives it',
    AT_SPOT: 'somebody puts it up; where it was allotted to a colleague it is booked over',
    LOST,
  },
  AT_SPOT: { IDLE: 'its spot has another code, or it goes to another spot' },
  IDLE: {
    IN_STOCK: 'it is given back, or received again',
    WITH_STAFF: ALLOTTED,
    AT_SPOT: PUT_UP,
    LOST,
  },
  LOST: { IN_STOCK: 'it is found, or received again', AT_SPOT: PUT_UP },
} as const satisfies Moves<StockState>;

/** Where a code is, and with whom or at which spot that is. */
export interface CodePlace {
  readonly state: StockState;
  /** Of what is with somebody, and of nothing else. */
  readonly holderId?: string | undefined;
  /** Of what stands at a spot, and of nothing else. */
  readonly spotId?: string | undefined;
  /** To whom it was allotted when a colleague put it up. */
  readonly bookedFrom?: string | undefined;
}

/** What becomes of a code. */
export type CodeMove =
  | { readonly kind: 'allot'; readonly to: string }
  /** From one colleague to another. */
  | { readonly kind: 'handOver'; readonly from: string; readonly to: string }
  | { readonly kind: 'giveBack'; readonly from?: string | undefined }
  | { readonly kind: 'putUp'; readonly by: string; readonly spotId: string }
  | { readonly kind: 'takeDown'; readonly spotId: string }
  /** `from` says whose it must be; an admin names nobody. */
  | { readonly kind: 'lose'; readonly from?: string | undefined }
  /** A file says that its ISO received it: anew, or, `moved`, from another ISO. */
  | { readonly kind: 'receive'; readonly moved: boolean };

/** Where a code is after a move; undefined where it cannot be moved so from where it is, which is nowhere before the first. */
export function placeAfter(place: CodePlace | undefined, move: CodeMove): CodePlace | undefined {
  const state = place?.state ?? 'NEW';
  switch (move.kind) {
    case 'allot':
      return state === 'IN_STOCK' || state === 'IDLE' ? { state: 'WITH_STAFF', holderId: move.to } : undefined;
    case 'handOver':
      return isWith(place, move.from) && move.to !== move.from ? { state: 'WITH_STAFF', holderId: move.to } : undefined;
    case 'giveBack':
      if (move.from !== undefined) return isWith(place, move.from) ? { state: 'IN_STOCK' } : undefined;
      return state === 'WITH_STAFF' || state === 'IDLE' || state === 'LOST' ? { state: 'IN_STOCK' } : undefined;
    case 'putUp':
      return state === 'AT_SPOT' ? undefined : putUp(place, move);
    case 'takeDown':
      return state === 'AT_SPOT' && place?.spotId === move.spotId ? { state: 'IDLE' } : undefined;
    case 'lose':
      if (move.from !== undefined) return isWith(place, move.from) ? { state: 'LOST' } : undefined;
      return state === 'IN_STOCK' || state === 'WITH_STAFF' || state === 'IDLE' ? { state: 'LOST' } : undefined;
    case 'receive':
      return received(place, move.moved);
  }
}

function isWith(place: CodePlace | undefined, holderId: string): boolean {
  return place?.state === 'WITH_STAFF' && place.holderId === holderId;
}

function putUp(
  place: CodePlace | undefined,
  { by, spotId }: { readonly by: string; readonly spotId: string },
): CodePlace {
  const { holderId } = place ?? {};
  const isColleagues = holderId !== undefined && holderId !== by;
  return isColleagues ? { state: 'AT_SPOT', spotId, bookedFrom: holderId } : { state: 'AT_SPOT', spotId };
}

/** What stands at a spot stands there, whatever a file says; what somebody has of their own ISO stays with them. */
function received(place: CodePlace | undefined, moved: boolean): CodePlace {
  const stays = place?.state === 'AT_SPOT' || (place?.state === 'WITH_STAFF' && !moved);
  if (place === undefined || !stays) return { state: 'IN_STOCK' };
  const { state, holderId, spotId, bookedFrom } = place;
  return { state, holderId, spotId, bookedFrom };
}
