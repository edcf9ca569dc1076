import { type Card, Cards, type Shown, toCard } from './cards.ts';

const PUT_LEASE_MS = 15_000;
const AFTER = { returnDocument: 'after' } as const;

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
    $set: { putting: { token, until: machine + PUT_LEASE_MS } },
    $inc: { flight: 1 },
    $pull: { answering: { until: { $lte: machine } } },
  };
  const free = await Cards.findOneAndUpdate({ ...filter, putting: { $exists: false } }, lease, AFTER).lean();
  const row =
    free ?? (await Cards.findOneAndUpdate({ ...filter, 'putting.until': { $lte: machine } }, lease, AFTER).lean());
  if (row === null) return undefined;
  // whoever let the lease run out may still have a PUT on its way
  const crossed = free === null || row.answering.length > 0;
  return { card: toCard(row), token, flight: row.flight, crossed };
}

/**
 * Ends a PUT. `shown` is what it carried, or undefined when it failed or was not needed to be known; `redrawAt` (by
 * `machine()`) when something was left out of it that is to come.
 */
export async function settlePut(
  put: PutInFlight,
  shown: Shown | undefined,
  formOpen: boolean,
  redrawAt?: number,
): Promise<void> {
  const mine = { _id: put.card.outTrackId, 'putting.token': put.token };
  const release = { $unset: { putting: 1 as const } };
  if (shown !== undefined && !put.crossed) {
    const filter = { ...mine, flight: put.flight };
    const fresh = await Cards.updateOne(
      { ...filter, wanted: shown.version },
      { $set: { shown, stale: redrawAt !== undefined, formOpen }, $max: { quietUntil: redrawAt ?? 0 }, ...release },
    );
    if (fresh.matchedCount === 1) return;
    const behind = await Cards.updateOne(filter, { $set: { shown, stale: true, formOpen }, ...release });
    if (behind.matchedCount === 1) return;
  }
  await Cards.updateOne(mine, { $set: { stale: true }, $unset: { putting: 1, shown: 1 } });
}

/** Gives a card up after a failure: it is tried again, but not before `retryAt` (by `machine()`). */
export async function postponePut(put: PutInFlight, retryAt: number): Promise<void> {
  await Cards.updateOne(
    { _id: put.card.outTrackId, 'putting.token': put.token },
    { $set: { quietUntil: retryAt, stale: true }, $unset: { putting: 1, shown: 1 } },
  );
}

/** Stops trying: DingTalk will never take this update. What was wanted meanwhile is still to be drawn. */
export async function abandonPut(put: PutInFlight): Promise<void> {
  const mine = { _id: put.card.outTrackId, 'putting.token': put.token };
  const release = { $unset: { putting: 1 as const, shown: 1 as const } };
  const given = await Cards.updateOne({ ...mine, wanted: put.card.wanted }, { $set: { stale: false }, ...release });
  if (given.matchedCount === 0) await Cards.updateOne(mine, release);
}

/** Frees every PUT; see `freeLanes`. Whether it got through is not known. */
export async function freePuts(): Promise<void> {
  await Cards.updateMany({ putting: { $exists: true } }, { $set: { stale: true }, $unset: { putting: 1, shown: 1 } });
}

/** How many cards may still show something else than they should, and when the next may be redrawn. */
export async function staleCards(): Promise<{ count: number; nextAt: number | undefined }> {
  const rows = await Cards.find({ stale: true, delivered: true }, { quietUntil: 1 })
    .sort({ quietUntil: 1 })
    .limit(100)
    .lean();
  return { count: rows.length, nextAt: rows[0]?.quietUntil };
}
