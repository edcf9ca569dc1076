import { type Binding, Bindings } from './bindings.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

const SCANNED = ['bindingId', 'codeHash', 'isoId', 'scannedOn'] as const;

/** A code that stands at a spot, and the last day (`YYYYMMDD`) on which anybody scanned it, where one is known. */
export type ScannedBinding = Pick<Binding, (typeof SCANNED)[number]>;

/** Where these codes stand now; what stands nowhere is left out. */
export async function standingWith(codeHashes: readonly string[], tx?: Reads): Promise<readonly ScannedBinding[]> {
  return await Bindings.find({ codeHash: { $in: codeHashes }, state: 'ACTIVE' }, { only: SCANNED, tx });
}

/** Codes were scanned on a day (`YYYYMMDD`); one that was scanned on a later day stays as it is. */
export async function noteScans(
  scans: readonly { readonly bindingId: string; readonly day: string }[],
  tx: Transaction,
): Promise<void> {
  if (scans.length === 0) return;
  const updates = scans.map(({ bindingId, day }) => ({
    filter: { bindingId, $or: [{ scannedOn: { $exists: false } }, { scannedOn: { $lt: day } }] },
    change: { set: { scannedOn: day } },
  }));
  await Bindings.updateEach(updates, { tx });
}

/** The last day of which it is known that anybody scanned a code of an ISO, `YYYYMMDD`; undefined where nobody ever told. */
export async function lastScanOf(isoId: string): Promise<string | undefined> {
  const filter = { isoId, scannedOn: { $exists: true } } as const;
  const last = await Bindings.findOne(filter, { only: ['scannedOn'], sort: { scannedOn: -1 } });
  return last?.scannedOn;
}

/**
 * What somebody put up before a time, milliseconds, and nobody scanned since that day (`YYYYMMDD`), at most so many of either: those that
 * nobody ever scanned, then those of which it is longest ago.
 */
export async function unscannedOf(
  { boundBy, isoId }: Pick<Binding, 'boundBy' | 'isoId'>,
  { before, day }: { readonly before: number; readonly day: string },
  limit: number,
): Promise<readonly Pick<Binding, 'storeId' | 'spotId'>[]> {
  const stands = { boundBy, isoId, state: 'ACTIVE', boundAt: { $lt: before } } as const;
  const only = ['storeId', 'spotId'] as const;
  const [never, longAgo] = await Promise.all([
    Bindings.find({ ...stands, scannedOn: { $exists: false } }, { only, sort: { boundAt: 1 }, limit }),
    Bindings.find({ ...stands, scannedOn: { $lt: day } }, { only, sort: { scannedOn: 1 }, limit }),
  ]);
  return [...never, ...longAgo];
}
