import { AppError } from '@field/kit/errors';
import { model, Schema } from 'mongoose';
import { DRAFT_MOVES, type DraftState } from '../src/domain/draft-state.ts';
import { type FirstOf, statesBefore } from '../src/domain/moves.ts';
import type { Product } from '../src/domain/products.ts';
import type { Draft } from '../src/flow/draft.ts';
import { checkMove } from './check-move.ts';
import { sealJson, unsealJson } from './sealing.ts';
import { isDuplicateKey, mustHaveMatched, type Transaction } from './transaction.ts';

/** A promotion in the making: its answers sealed, its place in the flow derived from them. */
export interface StoredDraft {
  readonly draftId: string;
  readonly version: number;
  readonly userId: string;
  readonly isoId: string;
  readonly product: Product;
  /** Which store, once that is known; one open draft per person, product and store (domain A.12-10). */
  readonly storeKey: string;
  readonly state: DraftState;
  /** The running number of the next photo. */
  readonly nextPhoto: number;
  readonly draft: Draft;
  readonly updatedAt: number;
  /** What it became once submitted. */
  readonly promotionId?: string | undefined;
}

interface DraftRow extends Omit<StoredDraft, 'draftId' | 'draft' | 'promotionId'> {
  _id: string;
  sealed: string;
  promotionId?: string | undefined;
}

const schema = new Schema<DraftRow>(
  {
    _id: String,
    version: Number,
    userId: String,
    isoId: String,
    product: String,
    storeKey: String,
    state: String,
    nextPhoto: Number,
    sealed: String,
    updatedAt: Number,
    promotionId: String,
  },
  { versionKey: false },
);
schema.index({ userId: 1, product: 1, storeKey: 1 }, { unique: true, partialFilterExpression: { state: 'OPEN' } });
schema.index({ userId: 1, state: 1, updatedAt: -1 });
schema.index({ storeKey: 1, state: 1 });

const Drafts = model<DraftRow>('drafts', schema);

const MODIFIES = 'modify:';

export type NewDraft = Pick<StoredDraft, 'draftId' | 'userId' | 'isoId' | 'product' | 'draft' | 'updatedAt'> &
  Partial<Pick<StoredDraft, 'storeKey'>>;

/** An open draft: of a promotion, whose store is not known yet, or of what puts something right, under that item's key. */
export async function addDraft({ draftId, draft, storeKey = '', ...rest }: NewDraft, tx: Transaction): Promise<void> {
  const nextPhoto = draft.photos.length + 1;
  const state: FirstOf<typeof DRAFT_MOVES> = 'OPEN';
  const row = {
    _id: draftId,
    ...rest,
    sealed: sealJson(draft),
    version: 1,
    storeKey,
    state,
    nextPhoto,
  };
  await Drafts.create([row], { session: tx });
}

/** In place of the store of a draft that puts an item right: there is one such draft a person and item. */
export function modificationKey(itemRef: string): string {
  return `${MODIFIES}${itemRef}`;
}

export async function findDraft(draftId: string, tx?: Transaction): Promise<StoredDraft | undefined> {
  return toStored(
    await Drafts.findById(draftId)
      .session(tx ?? null)
      .lean(),
  );
}

/** The person's open drafts, the one worked on last first. */
export async function openDraftsOf(userId: string, tx?: Transaction): Promise<readonly StoredDraft[]> {
  const rows = await Drafts.find({ userId, state: 'OPEN' })
    .sort({ updatedAt: -1 })
    .session(tx ?? null)
    .lean();
  return rows.flatMap((row) => toStored(row) ?? []);
}

/** The person's open draft for a store. */
export async function findOpenDraftOf(
  userId: string,
  product: Product,
  storeKey: string,
  tx: Transaction,
): Promise<StoredDraft | undefined> {
  return toStored(await Drafts.findOne({ userId, product, storeKey, state: 'OPEN' }).session(tx).lean());
}

/** Every open draft that puts something right. */
export async function openModifications(): Promise<readonly StoredDraft[]> {
  const rows = await Drafts.find({ state: 'OPEN', storeKey: { $gt: MODIFIES, $lt: `${MODIFIES}~` } }).lean();
  return rows.flatMap((row) => toStored(row) ?? []);
}

/** The open draft that puts an item right. */
export async function findOpenModification(itemRef: string, tx: Transaction): Promise<StoredDraft | undefined> {
  const filter = { storeKey: modificationKey(itemRef), state: 'OPEN' as const };
  return toStored(await Drafts.findOne(filter).session(tx).lean());
}

/** Ends what was begun to put these items right, of whatever version: nothing is left to put right. Answers the drafts' ids. */
export async function discardModifications(
  itemRefs: readonly string[],
  updatedAt: number,
  tx: Transaction,
): Promise<readonly string[]> {
  if (itemRefs.length === 0) return [];
  const state = { $in: [...statesBefore(DRAFT_MOVES, 'DISCARDED')] };
  const filter = { storeKey: { $in: itemRefs.map(modificationKey) }, state };
  const draftIds = (await Drafts.find(filter, { _id: 1 }).session(tx).lean()).map(({ _id }) => _id);
  const discarded = { $set: { state: 'DISCARDED' as const, updatedAt }, $inc: { version: 1 } };
  await Drafts.updateMany({ _id: { $in: draftIds }, state }, discarded, { session: tx });
  return draftIds;
}

export interface DraftChange {
  readonly draft?: Draft | undefined;
  readonly storeKey?: string | undefined;
  readonly state?: DraftState | undefined;
  readonly nextPhoto?: number | undefined;
  readonly promotionId?: string | undefined;
  readonly updatedAt: number;
}

/**
 * Compare-and-set on the version that `stored` was read at. No state that cannot follow. A second open draft for the same store is refused with
 * `subject.stale`, details `why: 'sameStore'`.
 */
export async function changeDraft(stored: StoredDraft, change: DraftChange, tx: Transaction): Promise<StoredDraft> {
  const { draft, ...plain } = change;
  checkMove(DRAFT_MOVES, { what: 'draft', id: stored.draftId, from: stored.state, to: change.state });
  try {
    const row = await Drafts.findOneAndUpdate(
      { _id: stored.draftId, version: stored.version },
      { $set: { ...plain, ...(draft === undefined ? {} : { sealed: sealJson(draft) }) }, $inc: { version: 1 } },
      { returnDocument: 'after', session: tx },
    ).lean();
    return mustHaveMatched(toStored(row));
  } catch (error) {
    if (isDuplicateKey(error)) throw new AppError('subject.stale', { why: 'sameStore' }, { cause: error });
    throw error;
  }
}

function toStored(row: DraftRow | null): StoredDraft | undefined {
  if (row === null) return undefined;
  const { _id, sealed, promotionId, ...rest } = row;
  return { draftId: _id, ...rest, promotionId: promotionId ?? undefined, draft: unsealJson<Draft>(sealed) };
}
