import { DRAFT_MOVES, type DraftState } from '../src/domain/draft-state.ts';
import type { FlowDefinition, Product } from '../src/domain/flows/definition.ts';
import { firstNoticeOf } from '../src/domain/half-done.ts';
import { type FirstOf, statesBefore } from '../src/domain/moves.ts';
import type { OrderOfWork } from '../src/domain/order-of-work.ts';
import type { PolicyAgreed } from '../src/domain/policy-agreed.ts';
import type { History } from '../src/domain/since.ts';
import type { Aim, Draft, DraftPhoto } from '../src/flow/draft.ts';
import { readAgain } from '../src/flow/read-again.ts';
import { type Assignment, type Inspection, newInspection } from '../src/inspection/inspection.ts';
import { paymentsOf, type Verified, type VerifiedBefore, withPayments } from '../src/inspection/promotion-payments.ts';
import type { VersionedProgramme } from '../src/programme/versioned-programme.ts';
import { checkMove } from './check-move.ts';
import { collection, type RecordOf } from './collection.ts';
import { mark, number, sealedValue, text, value } from './fields.ts';
import { GIVEN_ON, OWNERSHIP } from './owners.ts';
import { findingsOf } from './photos.ts';
import { currentProgramme, FIRST_VERSION, flowBy, lastProgrammeWith, programmeAt } from './programme-in-use.ts';
import type { Changes } from './queries.ts';
import type { Reads } from './single-write.ts';
import { releaseSite } from './sites.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

const WITH_NOTICE = { partialFilterExpression: { noticeAt: { $exists: true } } } as const;

/** For the files of `models` only. */
export const Drafts = collection('drafts', {
  id: 'draftId',
  fields: {
    version: number(),
    /** In whose hands it is; absent while it is in nobody's. */
    ownerId: value<string>('userId').optional(),
    /** Its author, who began it; absent where a release before this one wrote it, which knew no other owner. */
    staffId: text().optional(),
    formerId: OWNERSHIP.formerId,
    /** When it was given on last, by DingTalk's clock, milliseconds. */
    givenAt: number().optional(),
    isoId: text(),
    product: text<Product>(),
    /** Which store, once that is known; one open draft per person, product and store (domain A.12-10). */
    storeKey: text(),
    state: text<DraftState>(),
    /** The running number of the next photo. */
    nextPhoto: number(),
    draft: sealedValue<KeptDraft>('sealed'),
    /** Of one that puts something right: the version of the programme under which that was submitted. Others ask by the one in use. */
    programme: number().optional(),
    /** In which order its ISO works; absent where it is the plain one. */
    order: text<OrderOfWork>().optional(),
    /** What was said and sent to verify payments, whether the order asks for it now or not. */
    verification: sealedValue<Inspection>().optional(),
    /** When payments were verified at its shop before, as far as that was looked up. */
    verifiedBefore: value<VerifiedBefore>().optional(),
    /** The edition of the policy that whoever began it had agreed to. */
    policy: value<PolicyAgreed>().optional(),
    /** What was asked since when, by DingTalk's clock; absent until that changed for the first time. */
    asked: value<History<Aim>>().optional(),
    updatedAt: number(),
    /** When whoever has it in hand is told next that it is half done, whatever the hour; by `clock.now()`. */
    noticeAt: number().optional(),
    /** That they were told: its last step then, and until when it is kept without another one, by `clock.now()`. */
    told: value<Told>().optional(),
    /** A code of it is one that nobody knows yet. */
    waitsForCodes: mark(),
    /** The site that is held for it, where a quota is kept (policy P1). */
    siteId: text().optional(),
    /** What it became once submitted. */
    promotionId: text().optional(),
    /** The open draft of the same shop that goes on in its place, since it was begun before. */
    goesOnAs: text().optional(),
  },
  indexes: [
    [
      { ownerId: 1, product: 1, storeKey: 1 },
      { unique: true, partialFilterExpression: { state: 'OPEN' } },
    ],
    [{ ownerId: 1, state: 1, updatedAt: -1 }],
    [{ state: 1, storeKey: 1 }],
    [{ state: 1, updatedAt: 1, draftId: 1 }],
    [{ isoId: 1, state: 1, noticeAt: 1 }, WITH_NOTICE],
    [{ ownerId: 1, state: 1, noticeAt: 1 }, WITH_NOTICE],
    [{ product: 1, draftId: 1 }, { partialFilterExpression: { state: 'OPEN' } }],
    [{ waitsForCodes: 1 }, { partialFilterExpression: { waitsForCodes: true } }],
    GIVEN_ON,
  ],
});

/** What was told of a draft that is half done. */
export interface Told {
  readonly of: number;
  readonly keptUntil: number;
}

type DraftRow = RecordOf<typeof Drafts>;

/** As it is stored: what its product asks comes from the programme each time. */
type KeptDraft = Omit<Draft, 'flow' | 'payments'>;

/** A promotion in the making: its answers sealed, its place in the flow derived from them. */
export interface StoredDraft extends Omit<DraftRow, 'staffId' | 'draft' | 'programme' | 'order' | 'verification'> {
  /** The version of the programme by which it asks. */
  readonly programme: number;
  readonly staffId: string;
  readonly draft: Draft;
  readonly order: OrderOfWork;
  readonly verification: Inspection;
  /** What of payments it asks. */
  readonly payments: Assignment;
}

const MODIFIES = 'modify:';

export interface NewDraft extends Pick<StoredDraft, 'draftId' | 'isoId' | 'product' | 'draft' | 'updatedAt'> {
  /** Who begins it. */
  readonly userId: string;
  readonly storeKey?: string | undefined;
  readonly policy?: PolicyAgreed | undefined;
  readonly order?: OrderOfWork | undefined;
  /** Under which what it puts right was submitted. */
  readonly programme?: number | undefined;
}

/** An open draft: of a promotion, whose store is not known yet, or of what puts something right, under that item's key. */
export async function addDraft({ userId, storeKey = '', draft, ...begun }: NewDraft, tx: Transaction): Promise<void> {
  const state: FirstOf<typeof DRAFT_MOVES> = 'OPEN';
  const nextPhoto = draft.photos.length + 1;
  const hands = { ownerId: userId, staffId: userId };
  const noticeAt = noticeOf(draft, state, begun.updatedAt);
  const added = { ...begun, ...hands, noticeAt, draft: toKept(draft), storeKey, version: 1, state, nextPhoto };
  await Drafts.addWithOthers([added], tx);
}

/** In place of the store of a draft that puts an item right: there is one such draft a person and item. */
export function modificationKey(itemRef: string): string {
  return `${MODIFIES}${itemRef}`;
}

export async function findDraft(draftId: string, tx?: Reads): Promise<StoredDraft | undefined> {
  const row = await Drafts.get(draftId, { tx });
  return row && (await toDraft(row, tx));
}

/** Which of these there are, whatever became of them. */
export async function draftsThere(draftIds: readonly string[]): Promise<ReadonlySet<string>> {
  const there = await Drafts.find({ draftId: { $in: [...new Set(draftIds)] } }, { only: ['draftId'] });
  return new Set(there.map(({ draftId }) => draftId));
}

/** The open drafts in a person's hands, the one worked on last first. */
export async function openDraftsOf(ownerId: string, tx?: Reads): Promise<readonly StoredDraft[]> {
  return await toDrafts(await Drafts.find({ ownerId, state: 'OPEN' }, { sort: { updatedAt: -1 }, tx }), tx);
}

/** The open drafts of an ISO that nobody has in hand. */
export async function draftsWithoutHands(isoId: string, tx?: Reads): Promise<readonly StoredDraft[]> {
  const filter = { isoId, formerId: { $exists: true }, ownerId: { $exists: false }, state: 'OPEN' } as const;
  return await toDrafts(await Drafts.find(filter, { sort: { updatedAt: -1 }, tx }), tx);
}

/** The person's open draft for a store. */
export async function findOpenDraftOf(
  ownerId: string,
  product: Product,
  storeKey: string,
  tx: Transaction,
): Promise<StoredDraft | undefined> {
  const row = await Drafts.findOne({ ownerId, product, storeKey, state: 'OPEN' }, { tx });
  return row && (await toDraft(row, tx));
}

/** Who gets a draft, and the open drafts that they have by then. */
export interface Hands {
  readonly userId: string;
  readonly begun: readonly Pick<StoredDraft, 'product' | 'storeKey'>[];
}

/**
 * The key of a draft in other hands: that of its store, unless these have begun the same store already, or none have it: then a key of
 * its own, until its store is said anew (domain A.12-10).
 */
export function keyInHands(
  { draftId, product, storeKey }: Pick<StoredDraft, 'draftId' | 'product' | 'storeKey'>,
  hands: Hands | undefined,
): string {
  if (storeKey.startsWith(MODIFIES)) return storeKey;
  const own = `|${draftId}`;
  const key = storeKey.endsWith(own) ? storeKey.slice(0, -own.length) : storeKey;
  const isTaken = hands?.begun.some((one) => one.product === product && one.storeKey === key) ?? true;
  return isTaken ? `${key}${own}` : key;
}

/** The open drafts of a product, a page of them. */
export async function openDraftsOfProduct(
  product: string,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<readonly StoredDraft[]> {
  const filter = { product, state: 'OPEN' } as const;
  return await toDrafts(await Drafts.find(filter, { sort: { draftId: 1 }, skip, limit }));
}

/** The open drafts with a code that nobody knew when they were stored. */
export async function draftsToReadAgain(): Promise<readonly string[]> {
  const rows = await Drafts.find({ waitsForCodes: true, state: 'OPEN' }, { only: ['draftId'] });
  return rows.map(({ draftId }) => draftId);
}

function waitsForCodes({ spots }: Draft): boolean {
  return spots.some(({ code, furtherCodes = [] }) => [code, ...furtherCodes].some((one) => one?.unknown === true));
}

/** Every open draft that puts something right. */
export async function openModifications(): Promise<readonly StoredDraft[]> {
  return await toDrafts(await Drafts.find({ state: 'OPEN', storeKey: { $gt: MODIFIES, $lt: `${MODIFIES}~` } }));
}

/** The open draft that puts an item right. */
export async function findOpenModification(itemRef: string, tx: Transaction): Promise<StoredDraft | undefined> {
  const row = await Drafts.findOne({ storeKey: modificationKey(itemRef), state: 'OPEN' }, { tx });
  return row && (await toDraft(row, tx));
}

/** The open drafts that put these items right. */
export async function openModificationsOf(itemRefs: readonly string[], tx?: Reads): Promise<readonly StoredDraft[]> {
  const filter = { storeKey: { $in: itemRefs.map(modificationKey) }, state: 'OPEN' } as const;
  return await toDrafts(await Drafts.find(filter, { tx }), tx);
}

/** Whether a draft puts this item right. */
export function puts(itemRef: string, { storeKey }: Pick<StoredDraft, 'storeKey'>): boolean {
  return storeKey === modificationKey(itemRef);
}

/** Ends what was begun to put these items right, of whatever version: nothing is left to put right. Answers the drafts' ids. */
export async function discardModifications(
  itemRefs: readonly string[],
  updatedAt: number,
  tx: Transaction,
): Promise<readonly string[]> {
  if (itemRefs.length === 0) return [];
  const state = { $in: statesBefore(DRAFT_MOVES, 'DISCARDED') };
  const filter = { storeKey: { $in: itemRefs.map(modificationKey) }, state };
  const draftIds = (await Drafts.find(filter, { only: ['draftId'], tx })).map(({ draftId }) => draftId);
  const discarded = { set: { state: 'DISCARDED', updatedAt }, inc: { version: 1 } } as const;
  await Drafts.updateAll({ draftId: { $in: draftIds }, state }, discarded, { tx });
  return draftIds;
}

type Changing =
  | 'draft'
  | 'asked'
  | 'storeKey'
  | 'state'
  | 'nextPhoto'
  | 'promotionId'
  | 'goesOnAs'
  | 'staffId'
  | 'order'
  | 'verification'
  | 'verifiedBefore'
  | 'siteId'
  | 'givenAt'
  | 'ownerId'
  | 'formerId';
export type DraftChange = Changes<Pick<StoredDraft, Changing>> & Pick<StoredDraft, 'updatedAt'>;

/**
 * Compare-and-set on the version that `stored` was read at; whoever has it in hand is told of it so long after this. No state that cannot follow. One that is discarded holds no site. A second open draft for the same store is refused with
 * `subject.stale`, where the transaction ends.
 */
export async function changeDraft(stored: StoredDraft, set: DraftChange, tx: Transaction): Promise<StoredDraft> {
  const { draftId, version, state, siteId } = stored;
  checkMove(DRAFT_MOVES, { what: 'draft', id: draftId, from: state, to: set.state });
  if (set.state === 'DISCARDED' && siteId !== undefined) await releaseSite(siteId, draftId, tx);
  const { draft, ...said } = set;
  const noticeAt = noticeOf(draft ?? stored.draft, set.state ?? state, set.updatedAt) ?? null;
  const rest = { ...said, noticeAt, told: null };
  const kept =
    draft === undefined
      ? rest
      : ({ ...rest, draft: toKept(draft), waitsForCodes: waitsForCodes(draft) ? true : null } as const);
  const within = { tx, refusedAs: 'subject.stale' } as const;
  const changed = await Drafts.change({ draftId, version }, { set: kept, inc: { version: 1 } }, within);
  return await toDraft(mustHaveMatched(changed), tx);
}

/** What puts something right is told of by what failed. */
function noticeOf({ modifies }: Draft, state: DraftState, updatedAt: number): number | undefined {
  if (modifies !== undefined || state !== 'OPEN') return undefined;
  return firstNoticeOf(updatedAt, currentProgramme().programme.reminders.halfDone);
}

/** A page of the drafts in a state that nobody has touched since `before`, the oldest first. */
export async function untouchedDrafts(
  state: DraftState,
  before: number,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<readonly StoredDraft[]> {
  const order = { updatedAt: 1, draftId: 1 } as const;
  return await toDrafts(await Drafts.find({ state, updatedAt: { $lt: before } }, { sort: order, skip, limit }));
}

/** Forgets a draft that is over. */
export async function forgetDraft(draftId: string, tx: Transaction): Promise<number> {
  return await Drafts.removeAll({ draftId, state: { $ne: 'OPEN' } }, { tx });
}

/** For the files of `models` only. */
export async function toDrafts(rows: readonly DraftRow[], tx?: Reads): Promise<readonly StoredDraft[]> {
  const drafts: StoredDraft[] = [];
  for (const row of rows) drafts.push(await toDraft(row, tx));
  return drafts;
}

async function toDraft(row: DraftRow, tx?: Reads): Promise<StoredDraft> {
  const programme = await programmeOf(row);
  const { order = 'plain', verification = newInspection() } = row;
  const flow = row.storeKey.startsWith(MODIFIES)
    ? flowBy(programme, row.product)
    : heldBy(programme, flowBy(programme, row.product, order));
  const kept = withPayments({ ...row.draft, flow }, { ...row, verification }, programme);
  // what is over stays as it was submitted
  const draft = row.state === 'OPEN' ? readAgain(await withPayloads(kept, tx)) : kept;
  const staffId = row.staffId ?? row.ownerId ?? '';
  const payments = paymentsOf(draft, programme);
  return { ...row, draft, programme: programme.version, staffId, order, verification, payments };
}

/** A release before 0.3 kept of codes that it did not know only that there were some: the row of the photo has what they say. */
async function withPayloads(draft: Draft, tx?: Reads): Promise<Draft> {
  const lacks = ({ kept }: DraftPhoto): boolean => kept?.foreign === true && kept.others === undefined;
  const photoIds = draft.photos.filter(lacks).map(({ photoId }) => photoId);
  if (photoIds.length === 0) return draft;
  const found = await findingsOf(photoIds, tx);
  const photos = draft.photos.map((photo): DraftPhoto => {
    const others = found.get(photo.photoId)?.codes;
    if (photo.kept === undefined || !lacks(photo) || others === undefined) return photo;
    return { ...photo, kept: { ...photo.kept, others } };
  });
  return { ...draft, photos };
}

/** A changed draft with how its payments stand then. */
export async function paymentsNow(stored: StoredDraft, draft: Draft, verified: Partial<Verified> = {}): Promise<Draft> {
  return withPayments(draft, { ...stored, ...verified }, await programmeOf(stored));
}

/** Open promotions of an ISO go on in this order of work from now on; nothing of what was said is lost. Answers how many. */
export async function reorderDrafts(isoId: string, order: OrderOfWork, tx: Transaction): Promise<number> {
  const filter = { isoId, state: 'OPEN' } as const;
  return (await Drafts.updateAll(filter, { set: { order }, inc: { version: 1 } }, { tx })).modifiedCount;
}

/** What is not asked any more at all is held, as it was asked last. */
function heldBy({ version }: VersionedProgramme, flow: FlowDefinition): FlowDefinition {
  return version === currentProgramme().version ? flow : { ...flow, isOffered: false };
}

async function programmeOf({
  programme,
  storeKey,
  product,
}: Pick<DraftRow, 'programme' | 'storeKey' | 'product'>): Promise<VersionedProgramme> {
  if (programme !== undefined) return await programmeAt(programme);
  return storeKey.startsWith(MODIFIES) ? await programmeAt(FIRST_VERSION) : await lastProgrammeWith(product);
}

function toKept({ flow: _flow, payments: _payments, ...kept }: Draft): KeptDraft {
  return kept;
}
