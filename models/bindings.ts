import { AppError } from '@field/kit/errors';
import { model, Schema } from 'mongoose';
import { BINDING_MOVES, type BindingState } from '../src/domain/binding-state.ts';
import { type FirstOf, statesBefore } from '../src/domain/moves.ts';
import { isDuplicateKey, type Transaction } from './transaction.ts';

/** Which Marketing Code stands at which spot. One code is ACTIVE on at most one spot (A.12-1). */
export interface Binding {
  readonly bindingId: string;
  /** SHA-256 of the code's canonical address. */
  readonly codeHash: string;
  readonly codeId: string;
  readonly isoId: string;
  readonly spotId: string;
  readonly storeId: string;
  readonly boundBy: string;
  readonly boundAt: number;
  readonly method: 'PHOTO_DECODE' | 'TYPED';
  readonly proofPhoto: string;
  readonly state: BindingState;
  readonly releasedAt?: number;
  readonly releasedBy?: string;
}

interface BindingRow extends Omit<Binding, 'bindingId'> {
  _id: string;
}

const schema = new Schema<BindingRow>(
  {
    _id: String,
    codeHash: String,
    codeId: String,
    isoId: String,
    spotId: String,
    storeId: String,
    boundBy: String,
    boundAt: Number,
    method: String,
    proofPhoto: String,
    state: String,
    releasedAt: Number,
    releasedBy: String,
  },
  { versionKey: false },
);
schema.index({ codeHash: 1 }, { unique: true, partialFilterExpression: { state: 'ACTIVE' } });
schema.index({ spotId: 1 });

const Bindings = model<BindingRow>('bindings', schema);

/** Binds a code to a spot; a conflict that is tried again when another spot won the race for it. */
export async function bindCode(binding: Omit<Binding, 'state'>, tx: Transaction): Promise<void> {
  const { bindingId, ...rest } = binding;
  const state: FirstOf<typeof BINDING_MOVES> = 'ACTIVE';
  try {
    await Bindings.create([{ _id: bindingId, ...rest, state }], { session: tx });
  } catch (error) {
    if (isDuplicateKey(error)) throw new AppError('subject.lostRace', {}, { cause: error });
    throw error;
  }
}

/** Where a code stands now, whichever ISO it belongs to. */
export async function activeBinding(codeHash: string, tx?: Transaction): Promise<Binding | undefined> {
  const row = await Bindings.findOne({ codeHash, state: 'ACTIVE' })
    .session(tx ?? null)
    .lean();
  if (row === null) return undefined;
  const { _id, ...rest } = row;
  return { bindingId: _id, ...rest };
}

/** Frees a code from its spot, so that it can be bound to another one. */
export async function releaseBinding(bindingId: string, by: string, at: number, tx: Transaction): Promise<void> {
  await Bindings.updateOne(
    { _id: bindingId, state: { $in: [...statesBefore(BINDING_MOVES, 'RELEASED')] } },
    { $set: { state: 'RELEASED', releasedAt: at, releasedBy: by } },
    { session: tx },
  );
}

/** The codes bound to these spots, whatever became of them since. */
export async function bindingsOfSpots(spotIds: readonly string[], tx?: Transaction): Promise<readonly Binding[]> {
  const rows = await Bindings.find({ spotId: { $in: [...spotIds] } })
    .session(tx ?? null)
    .lean();
  return rows.map(({ _id, ...rest }) => ({ bindingId: _id, ...rest }));
}
