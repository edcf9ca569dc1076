import type { Place } from '../src/domain/places.ts';
import type { Submission } from '../src/flow/engine.ts';
import { collection, type RecordOf } from './collection.ts';
import { flag, list, number, sealedValue, text } from './fields.ts';
import type { PhotoInSlot } from './photo-in-slot.ts';
import type { Changes } from './queries.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

type StoreDetails = Pick<Submission['store'], 'managerName' | 'more'> & Pick<Submission, 'merchant'>;

/** For the files of `models` only. */
export const Stores = collection('stores', {
  id: 'storeId',
  fields: {
    isoId: text(),
    createdBy: text(),
    createdAt: number(),
    nameLocal: text(),
    address: text(),
    city: text(),
    countryRegion: text(),
    acceptsOnlyAlipay: flag(),
    /** Country, folded name, folded address: the duplicate search. */
    normalizedKey: text(),
    /** As last submitted; the first is of its front. */
    photos: list<PhotoInSlot>(),
    revision: number(),
    /** What the forms said of people and business, as submitted last. */
    details: sealedValue<StoreDetails>(),
    /** When every way of paying was last seen to work there, by `clock.now()`. */
    verifiedAt: number().optional(),
    /** Where photos of it were taken on its last visits, rounded, where the programme asks; without whose and when. */
    visits: sealedValue<readonly Place[]>().optional(),
    /** Of what somebody said of a shop that a colleague has approved: that shop. It is reviewed for itself, and its spots are the shop's. */
    versionOf: text().optional(),
  },
  indexes: [
    [{ isoId: 1, normalizedKey: 1 }, { unique: true }],
    [{ isoId: 1, city: 1, createdAt: -1 }],
    [{ isoId: 1, createdBy: 1, createdAt: -1 }],
    [{ versionOf: 1, createdBy: 1 }, { partialFilterExpression: { versionOf: { $exists: true } } }],
  ],
});

/** A shop that was promoted. What the form says of people is sealed; the name on the sign is not a person's. */
export interface Store extends RecordOf<typeof Stores> {}

export async function addStore(store: Store, tx: Transaction): Promise<void> {
  await Stores.addWithOthers([store], tx);
}

/** Writes a further revision of a store that is promoted again. */
export async function reviseStore(
  storeId: string,
  set: Changes<Omit<Store, 'storeId' | 'isoId' | 'createdBy' | 'createdAt' | 'revision'>>,
  tx: Transaction,
): Promise<void> {
  await Stores.updateWithOthers([{ filter: { storeId }, change: { set, inc: { revision: 1 } } }], tx);
}

/** Every way of paying was seen to work there. */
export async function noteVerified(
  { storeId, isoId }: Pick<Store, 'storeId' | 'isoId'>,
  verifiedAt: number,
  tx: Transaction,
): Promise<void> {
  await Stores.updateWithOthers([{ filter: { storeId, isoId }, change: { set: { verifiedAt } } }], tx);
}

/** Notes where its photos were taken, for later ones to be compared with. */
export async function noteVisits(storeId: string, visits: readonly Place[], tx: Transaction): Promise<void> {
  await Stores.updateWithOthers([{ filter: { storeId }, change: { set: { visits } } }], tx);
}

/** Nobody knows any more where its photos were taken. */
export async function forgetVisits(storeId: string): Promise<void> {
  await Stores.update({ storeId }, { set: { visits: null } });
}

export async function findStore(storeId: string, tx?: Reads): Promise<Store | undefined> {
  return await Stores.get(storeId, { tx });
}

/** In which country or region each of these is; those that nobody knows are left out. */
export async function countriesOf(storeIds: readonly string[], tx?: Reads): Promise<ReadonlyMap<string, string>> {
  const rows = await Stores.find({ storeId: { $in: storeIds } }, { only: ['storeId', 'countryRegion'], tx });
  return new Map(rows.map(({ storeId, countryRegion }) => [storeId, countryRegion]));
}

export async function findStoreByKey(isoId: string, normalizedKey: string, tx?: Reads): Promise<Store | undefined> {
  return await Stores.findOne({ isoId, normalizedKey }, { tx });
}

/** What this person said of a shop that a colleague has approved. */
export async function versionBy(userId: string, versionOf: string, tx?: Reads): Promise<Store | undefined> {
  return await Stores.findOne({ versionOf, createdBy: userId }, { tx });
}

/** The shop itself, where this is what somebody said of it besides. */
export function shopIdOf({ storeId, versionOf }: Pick<Store, 'storeId' | 'versionOf'>): string {
  return versionOf ?? storeId;
}

/** The ISO's shops in a city, newest first; what the "Same shop?" search looks through. */
export async function storesInCity(isoId: string, city: string, limit: number, tx?: Reads): Promise<readonly Store[]> {
  const near = await Stores.find({ isoId, city }, { sort: { createdAt: -1 }, limit, tx });
  return near.filter(({ versionOf }) => versionOf === undefined);
}

/** The shops a person promoted last. */
export async function storesOf(isoId: string, userId: string, limit: number, tx?: Reads): Promise<readonly Store[]> {
  return await Stores.find({ isoId, createdBy: userId }, { sort: { createdAt: -1 }, limit, tx });
}

export async function findStores(storeIds: readonly string[]): Promise<readonly Store[]> {
  return await Stores.find({ storeId: { $in: storeIds } });
}

/** Where each of these is, by its id; nothing that is sealed is opened. */
export async function addressesOf(
  storeIds: readonly string[],
): Promise<ReadonlyMap<string, Pick<Store, 'address' | 'city'>>> {
  const rows = await Stores.find({ storeId: { $in: storeIds } }, { only: ['storeId', 'address', 'city'] });
  return new Map(rows.map((row) => [row.storeId, row]));
}
