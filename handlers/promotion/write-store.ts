import { present } from '@field/kit/present';
import type { StoredDraft } from '../../models/drafts.ts';
import { addItems, changeItem, findItem } from '../../models/items.ts';
import { inSlots } from '../../models/photo-in-slot.ts';
import { readAll } from '../../models/read-together.ts';
import { addStore, findStore, findStoreByKey, reviseStore, type Store, versionBy } from '../../models/stores.ts';
import { openTasksAt } from '../../models/task-lists.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type StoreIdentity, storeKey } from '../../src/domain/store-key.ts';
import type { Submission } from '../../src/flow/engine.ts';

export const FIRST_REVISION = 1;

/** The store as this submission leaves it. */
interface WrittenStore {
  /** The shop, of which the spots are. */
  readonly storeId: string;
  /** What is reviewed, and in which revision. */
  readonly itemRef: string;
  readonly revision: number;
  /** Nobody has promoted there before. */
  readonly isNew?: true | undefined;
}

/** The store with what was said of it, and its review: begun, or begun again for a shop that is known. */
export async function writeStore(
  ctx: TapContext,
  stored: StoredDraft,
  { store, merchant }: Submission,
): Promise<WrittenStore> {
  const { tx, now } = ctx;
  const { isoId, staffId, programme } = stored;
  const ownerId = ctx.person.userId;
  const known = await knownShop(stored, { store }, tx);
  const { nameLocal } = store;
  const facts = storeFacts({ store, merchant });
  if (known === undefined) {
    const storeId = ctx.ids.next();
    const normalizedKey = storeKey(identified(store));
    const made = { storeId, isoId, createdBy: staffId, createdAt: now, normalizedKey, revision: FIRST_REVISION };
    await addStore({ ...made, ...facts }, tx);
    const item = { ...noSpot, itemRef: storeId, itemType: 'STORE', isoId, storeId, shop: nameLocal } as const;
    await addItems([{ ...item, staffId, ownerId, programme, revision: FIRST_REVISION, submittedAt: now }], tx);
    return { storeId, itemRef: storeId, revision: FIRST_REVISION, isNew: true };
  }
  const { storeId } = known;
  const whose = { staffId, ownerId, programme };
  const item = await findItem(storeId, tx);
  // what a colleague has approved stays theirs, as it was approved
  if (item?.state === 'APPROVED' && item.staffId !== staffId) {
    return { storeId, ...(await writeVersion(ctx, known, facts, whose)) };
  }
  return { storeId, ...(await reviseKnown(ctx, known, facts, whose)) };
}

/** Whose it is, and under which version of the programme it is made. */
export interface Whose {
  readonly staffId: string;
  readonly ownerId: string;
  readonly programme: number;
}

/** The shop that was chosen, or that is known by this name and address. */
export async function knownShop(
  { isoId }: Pick<StoredDraft, 'isoId'>,
  { store }: Pick<Submission, 'store'>,
  tx: Transaction,
): Promise<Store | undefined> {
  const { storeId } = store;
  const chosen = storeId === undefined ? undefined : await findStore(storeId, tx);
  const shop = chosen?.versionOf === undefined ? chosen : await findStore(chosen.versionOf, tx);
  return shop?.isoId === isoId ? shop : await findStoreByKey(isoId, storeKey(identified(store)), tx);
}

/** Reads what `writeStore`, and whoever writes what stands in that shop, will ask for. */
export async function readStore(ctx: TapContext, stored: StoredDraft, { store }: Submission): Promise<void> {
  const { tx } = ctx;
  const { isoId, staffId } = stored;
  const known = await knownShop(stored, { store }, tx);
  if (known === undefined) return;
  const { storeId } = known;
  await readAll(
    () => findItem(storeId, tx),
    () => versionBy(staffId, storeId, tx),
    () => openTasksAt({ isoId, storeId }, tx),
  );
}

type WrittenItem = Omit<WrittenStore, 'storeId'>;

/** Another revision of what was said of a shop, to be reviewed again. */
async function reviseKnown(ctx: TapContext, known: Store, facts: StoreFacts, whose: Whose): Promise<WrittenItem> {
  const { tx, now } = ctx;
  const { storeId: itemRef } = known;
  await reviseStore(itemRef, facts, tx);
  const revision = known.revision + 1;
  const item = await findItem(itemRef, tx);
  if (item !== undefined) {
    // what is approved stays so until somebody decides otherwise: other spots' fees hang on it
    const state = item.state === 'APPROVED' ? item.state : 'PENDING';
    const again = { state, revision, submittedAt: now, shop: facts.nameLocal, deadlineAt: null } as const;
    await changeItem(item, { ...again, ...whose, formerId: null }, tx);
    ctx.touch({ kind: 'item', id: itemRef });
  }
  return { itemRef, revision };
}

/** What this person says of a shop that a colleague has approved, beside it: with a review of its own, and none of the fees. */
async function writeVersion(ctx: TapContext, shop: Store, facts: StoreFacts, whose: Whose): Promise<WrittenItem> {
  const { tx, now } = ctx;
  const before = await versionBy(whose.staffId, shop.storeId, tx);
  if (before !== undefined) return await reviseKnown(ctx, before, facts, whose);
  const { isoId, storeId: versionOf, normalizedKey } = shop;
  const itemRef = ctx.ids.next();
  const made = {
    storeId: itemRef,
    versionOf,
    isoId,
    createdBy: whose.staffId,
    createdAt: now,
    revision: FIRST_REVISION,
  };
  await addStore({ ...made, normalizedKey: `${normalizedKey}|${itemRef}`, ...facts }, tx);
  const item = { ...noSpot, itemRef, itemType: 'STORE', isoId, storeId: itemRef, shop: facts.nameLocal } as const;
  await addItems([{ ...item, ...whose, revision: FIRST_REVISION, submittedAt: now }], tx);
  return { itemRef, revision: FIRST_REVISION };
}

const noSpot = { spotId: undefined, product: undefined, spotType: undefined, number: undefined } as const;

/** What is not asked is nobody's difference. */
export function identified({ nameLocal, address = '', countryRegion }: Submission['store']): StoreIdentity {
  return { nameLocal, address, countryRegion };
}

type StoreFacts = Omit<
  Store,
  'storeId' | 'isoId' | 'createdBy' | 'createdAt' | 'normalizedKey' | 'revision' | 'versionOf'
>;

/** What a submission says of a store, as it is kept. */
export function storeFacts({ store, merchant }: Pick<Submission, 'store' | 'merchant'>): StoreFacts {
  const { nameLocal, address = '', city = '', countryRegion, acceptsOnlyAlipay, photos, managerName, more } = store;
  return {
    nameLocal,
    address,
    city,
    countryRegion,
    acceptsOnlyAlipay,
    photos: inSlots(photos),
    details: present({ managerName, more, merchant }),
  };
}
