import { model, Schema } from 'mongoose';
import type { Transaction } from './transaction.ts';

/** An Independent Sales Organisation: the firm that staff work for. Several share one DingTalk organisation, strictly apart. */
export interface Iso {
  readonly isoId: string;
  /** The e-mail it uses for the Alipay Global Merchant Portal, lower case. */
  readonly email: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2; where its shops are unless a form says otherwise. */
  readonly country: string;
  readonly timeZone: string;
  readonly language: string;
  /** The unguessable part of the address that its QR code opens. */
  readonly joinToken: string;
}

interface IsoRow extends Omit<Iso, 'isoId'> {
  _id: string;
  /** Since when requests stand on one list card for each admin, and what names that card. */
  waitingList?: WaitingList | undefined;
}

export interface WaitingList {
  readonly id: string;
  readonly at: number;
}

const schema = new Schema<IsoRow>(
  {
    ...{ _id: String, email: String, name: String, country: String, timeZone: String, language: String },
    joinToken: String,
    waitingList: { type: Object },
  },
  { versionKey: false },
);
schema.index({ email: 1 }, { unique: true });
schema.index({ joinToken: 1 });

const Isos = model<IsoRow>('isos', schema);

export async function findIso(isoId: string, tx?: Transaction): Promise<Iso | undefined> {
  return toIso(
    await Isos.findById(isoId)
      .session(tx ?? null)
      .lean(),
  );
}

/** `email` is compared in lower case. */
export async function findIsoByEmail(email: string, tx?: Transaction): Promise<Iso | undefined> {
  return toIso(
    await Isos.findOne({ email: email.toLowerCase() })
      .session(tx ?? null)
      .lean(),
  );
}

export async function findIsoByToken(joinToken: string, tx?: Transaction): Promise<Iso | undefined> {
  return toIso(
    await Isos.findOne({ joinToken })
      .session(tx ?? null)
      .lean(),
  );
}

export async function allIsos(): Promise<readonly Iso[]> {
  const rows = await Isos.find().sort({ email: 1 }).lean();
  return rows.flatMap((row) => toIso(row) ?? []);
}

export async function waitingListOf(isoId: string, tx: Transaction): Promise<WaitingList | undefined> {
  return (await Isos.findById(isoId, { waitingList: 1 }).session(tx).lean())?.waitingList ?? undefined;
}

export async function beginWaitingList(isoId: string, list: WaitingList, tx: Transaction): Promise<void> {
  await Isos.updateOne({ _id: isoId }, { $set: { waitingList: list } }, { session: tx });
}

export async function addIso(iso: Iso, tx: Transaction): Promise<void> {
  const { isoId, ...rest } = iso;
  await Isos.create([{ _id: isoId, ...rest, email: rest.email.toLowerCase() }], { session: tx });
}

export async function anyIso(): Promise<boolean> {
  return (await Isos.findOne({}, { _id: 1 }).lean()) !== null;
}

function toIso(row: IsoRow | null): Iso | undefined {
  if (row === null) return undefined;
  const { _id, waitingList: _waitingList, ...rest } = row;
  return { isoId: _id, ...rest };
}
