import { model, Schema } from 'mongoose';
import { blindIndex, seal, unseal } from './sealing.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** domain A.11, as far as a person inside the organisation needs it. */
export type AssociationState = 'PENDING' | 'ACTIVE' | 'REJECTED' | 'WITHDRAWN' | 'EXPIRED';

/** A person's request to work for an ISO. */
export interface Association {
  readonly requestId: string;
  readonly version: number;
  readonly isoId: string;
  readonly userId: string;
  readonly name: string;
  /** E.164. */
  readonly phone: string;
  readonly language: string;
  readonly state: AssociationState;
  readonly at: number;
  readonly decidedBy: string | undefined;
  readonly decidedAt: number | undefined;
  /** A reason's code, or the admin's own words. */
  readonly reason: string | undefined;
}

interface AssociationRow {
  _id: string;
  version: number;
  isoId: string;
  userId: string;
  sealedName: string;
  sealedPhone: string;
  phoneIndex: string;
  language: string;
  state: AssociationState;
  at: number;
  decidedBy?: string;
  decidedAt?: number;
  sealedReason?: string;
}

const schema = new Schema<AssociationRow>(
  {
    _id: String,
    version: Number,
    isoId: String,
    userId: String,
    sealedName: String,
    sealedPhone: String,
    phoneIndex: String,
    language: String,
    state: String,
    at: Number,
    decidedBy: String,
    decidedAt: Number,
    sealedReason: String,
  },
  { versionKey: false },
);
// A.12-13: one pending request per person and per phone in an ISO.
schema.index({ isoId: 1, userId: 1 }, { unique: true, partialFilterExpression: { state: 'PENDING' } });
schema.index({ isoId: 1, phoneIndex: 1 }, { unique: true, partialFilterExpression: { state: 'PENDING' } });
schema.index({ userId: 1, at: -1 });

const Associations = model<AssociationRow>('associations', schema);

export type NewAssociation = Pick<Association, 'requestId' | 'isoId' | 'userId' | 'name' | 'phone' | 'language' | 'at'>;

export async function addAssociation(request: NewAssociation, tx: Transaction): Promise<void> {
  const { requestId, name, phone, ...plain } = request;
  await Associations.create(
    [
      {
        _id: requestId,
        ...plain,
        version: 1,
        state: 'PENDING',
        sealedName: seal(name),
        sealedPhone: seal(phone),
        phoneIndex: blindIndex(phone),
      },
    ],
    { session: tx },
  );
}

export async function findAssociation(requestId: string, tx?: Transaction): Promise<Association | undefined> {
  return toAssociation(
    await Associations.findById(requestId)
      .session(tx ?? null)
      .lean(),
  );
}

/** The person's newest request, whatever became of it. */
export async function latestAssociationOf(userId: string, tx?: Transaction): Promise<Association | undefined> {
  return toAssociation(
    await Associations.findOne({ userId })
      .sort({ at: -1 })
      .session(tx ?? null)
      .lean(),
  );
}

/** Whether this phone has a pending request in this ISO already, by somebody else. */
export async function phoneIsPending(isoId: string, phone: string, userId: string, tx: Transaction): Promise<boolean> {
  const filter = { isoId, phoneIndex: blindIndex(phone), state: 'PENDING' as const, userId: { $ne: userId } };
  return (await Associations.findOne(filter, { _id: 1 }).session(tx).lean()) !== null;
}

/** Moves a request on, if it is still `from` at `version`; a conflict otherwise. */
export async function moveAssociation(
  request: Pick<Association, 'requestId' | 'version' | 'state'>,
  to: { state: AssociationState; decidedBy?: string; decidedAt?: number; reason?: string },
  tx: Transaction,
): Promise<Association> {
  const { reason, ...plain } = to;
  const row = await Associations.findOneAndUpdate(
    { _id: request.requestId, version: request.version, state: request.state },
    {
      $set: { ...plain, ...(reason === undefined ? {} : { sealedReason: seal(reason) }) },
      $inc: { version: 1 },
    },
    { returnDocument: 'after', session: tx },
  ).lean();
  return mustHaveMatched(toAssociation(row));
}

function toAssociation(row: AssociationRow | null): Association | undefined {
  if (row === null) return undefined;
  return {
    requestId: row._id,
    version: row.version,
    isoId: row.isoId,
    userId: row.userId,
    name: unseal(row.sealedName),
    phone: unseal(row.sealedPhone),
    language: row.language,
    state: row.state,
    at: row.at,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt,
    reason: row.sealedReason === undefined ? undefined : unseal(row.sealedReason),
  };
}
