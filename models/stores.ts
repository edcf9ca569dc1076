import { model, Schema } from 'mongoose';
import type { Submission } from '../src/flow/engine.ts';
import { sealJson, unsealJson } from './sealing.ts';
import type { Transaction } from './transaction.ts';

type StoreDetails = Pick<Submission['store'], 'managerName' | 'more'> & Pick<Submission, 'merchant'>;

/** A shop that was promoted. What the form says of people is sealed; the name on the sign is not a person's. */
export interface Store {
  readonly storeId: string;
  readonly isoId: string;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly nameLocal: string;
  readonly address: string;
  readonly city: string;
  readonly countryRegion: string;
  readonly acceptsOnlyAlipay: boolean;
  /** Country, folded name, folded address: the duplicate search. */
  readonly normalizedKey: string;
  /** The photo of its front, as last submitted. */
  readonly storefrontPhoto: string;
  readonly revision: number;
  /** What the forms said of people and business, as submitted last. */
  readonly details: StoreDetails;
}

interface StoreRow extends Omit<Store, 'storeId' | 'details'> {
  _id: string;
  sealedDetails: string;
}

const schema = new Schema<StoreRow>(
  {
    _id: String,
    isoId: String,
    createdBy: String,
    createdAt: Number,
    nameLocal: String,
    address: String,
    city: String,
    countryRegion: String,
    acceptsOnlyAlipay: Boolean,
    normalizedKey: String,
    storefrontPhoto: String,
    revision: Number,
    sealedDetails: String,
  },
  { versionKey: false },
);
schema.index({ isoId: 1, normalizedKey: 1 }, { unique: true });
schema.index({ isoId: 1, city: 1, createdAt: -1 });
schema.index({ isoId: 1, createdBy: 1, createdAt: -1 });

const Stores = model<StoreRow>('stores', schema);

export async function addStore(store: Store, tx: Transaction): Promise<void> {
  const { storeId, details, ...rest } = store;
  await Stores.create([{ _id: storeId, ...rest, sealedDetails: sealJson(details) }], { session: tx });
}

/** Writes a further revision of a store that is promoted again. */
export async function reviseStore(
  storeId: string,
  change: Partial<Omit<Store, 'storeId' | 'isoId' | 'createdBy' | 'createdAt' | 'revision'>>,
  tx: Transaction,
): Promise<void> {
  const { details, ...rest } = change;
  await Stores.updateOne(
    { _id: storeId },
    {
      $set: { ...rest, ...(details === undefined ? {} : { sealedDetails: sealJson(details) }) },
      $inc: { revision: 1 },
    },
    { session: tx },
  );
}

export async function findStore(storeId: string, tx?: Transaction): Promise<Store | undefined> {
  return toStore(
    await Stores.findById(storeId)
      .session(tx ?? null)
      .lean(),
  );
}

export async function findStoreByKey(
  isoId: string,
  normalizedKey: string,
  tx?: Transaction,
): Promise<Store | undefined> {
  return toStore(
    await Stores.findOne({ isoId, normalizedKey })
      .session(tx ?? null)
      .lean(),
  );
}

/** The ISO's shops in a city, newest first; what the "Same shop?" search looks through. */
export async function storesInCity(
  isoId: string,
  city: string,
  limit: number,
  tx?: Transaction,
): Promise<readonly Store[]> {
  const rows = await Stores.find({ isoId, city })
    .sort({ createdAt: -1 })
    .limit(limit)
    .session(tx ?? null)
    .lean();
  return rows.flatMap((row) => toStore(row) ?? []);
}

/** The shops a person promoted last. */
export async function storesOf(
  isoId: string,
  userId: string,
  limit: number,
  tx?: Transaction,
): Promise<readonly Store[]> {
  const rows = await Stores.find({ isoId, createdBy: userId })
    .sort({ createdAt: -1 })
    .limit(limit)
    .session(tx ?? null)
    .lean();
  return rows.flatMap((row) => toStore(row) ?? []);
}

function toStore(row: StoreRow | null): Store | undefined {
  if (row === null) return undefined;
  const { _id, sealedDetails, ...rest } = row;
  return { storeId: _id, ...rest, details: unsealJson<StoreDetails>(sealedDetails) };
}
