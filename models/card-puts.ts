import { type Card, Cards, type Shown } from './cards.ts';

const PUT_LEASE_MS = 15_000;

/** A PUT that one worker may send. */
export interface PutInFlight {
  readonly card: Card;
  readonly token: string;
  readonly flight: number;
  readonly crossed: boolean;
}

/** Takes the lease on one card that may show something else than it should, if one may be redrawn now. */
export async function claimStaleCard(token: string, machine: number): Promise<PutInFlight | undefined> {
  const filter = { stale: true, delivered: true, quietUntil: { $lte: machine } };
  const lease = {
    set: { putting: { token, until: machine + PUT_LEASE_MS } },
    inc: { flight: 1 },
    pull: { answering: { until: { $lte: machine } } },
  };
  const also = ['flight', 'answering'] as const;
  const free = await Cards.change({ ...filter, putting: { $exists: false } }, lease, { also });
  const row = free ?? (await Cards.change({ ...filter, 'putting.until': { $lte: machine } }, lease, { also }));
  if (row === undefined) return undefined;
  const { flight, answering, ...card } = row;
  // whoever let the lease run out may still have a PUT on its way
  const crossed = free === undefined || answering.length > 0;
  return { card, token, flight, crossed };
}

/**
 * Ends a PUT. `shown` is what it carried, or undefined when it failed or was not needed to be known; `redrawAt` (by
 * `machine()`) when something was left out of it that is to come.
 */
export async function finishPut(
  put: PutInFlight,
  shown: Shown | undefined,
  formOpen: boolean,
  redrawAt?: number,
): Promise<void> {
  const mine = { outTrackId: put.card.outTrackId, 'putting.token': put.token };
  const putting = null;
  if (shown !== undefined && !put.crossed) {
    const filter = { ...mine, flight: put.flight };
    const fresh = await Cards.update(
      { ...filter, wanted: shown.version },
      { set: { shown, stale: redrawAt !== undefined, formOpen, putting }, max: { quietUntil: redrawAt ?? 0 } },
    );
    if (fresh.matchedCount === 1) return;
    const behind = await Cards.update(filter, { set: { shown, stale: true, formOpen, putting } });
    if (behind.matchedCount === 1) return;
  }
  await Cards.update(mine, { set: { stale: true, putting, shown: null } });
}

/** Gives a card up after a failure: it is tried again, but not before `retryAt` (by `machine()`). */
export async function postponePut(put: PutInFlight, retryAt: number): Promise<void> {
  await Cards.update(
    { outTrackId: put.card.outTrackId, 'putting.token': put.token },
    { set: { quietUntil: retryAt, stale: true, putting: null, shown: null } },
  );
}

/** Stops trying: DingTalk will never take this update. What was wanted meanwhile is still to be drawn. */
export async function abandonPut(put: PutInFlight): Promise<void> {
  const mine = { outTrackId: put.card.outTrackId, 'putting.token': put.token };
  const release = { putting: null, shown: null };
  const given = await Cards.update({ ...mine, wanted: put.card.wanted }, { set: { stale: false, ...release } });
  if (given.matchedCount === 0) await Cards.update(mine, { set: release });
}

/** Frees every PUT; see `freeLanes`. Whether it got through is not known. */
export async function freePuts(): Promise<void> {
  await Cards.updateAll({ putting: { $exists: true } }, { set: { stale: true, putting: null, shown: null } });
}

/** How many cards may still show something else than they should, and when the next may be redrawn. */
export async function staleCards(): Promise<{ count: number; nextAt: number | undefined }> {
  const rows = await Cards.find(
    { stale: true, delivered: true },
    { only: ['quietUntil'], sort: { quietUntil: 1 }, limit: 100 },
  );
  return { count: rows.length, nextAt: rows[0]?.quietUntil };
}
