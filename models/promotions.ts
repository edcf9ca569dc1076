import type { Product } from '../src/domain/flows/definition.ts';
import type { OrderOfWork } from '../src/domain/order-of-work.ts';
import type { PolicyAgreed } from '../src/domain/policy-agreed.ts';
import type { Payment } from '../src/inspection/inspection.ts';
import { collection, type RecordOf } from './collection.ts';
import { number, text, value } from './fields.ts';
import { readAll } from './read-together.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

/** For the files of `models` only. */
export const Promotions = collection('promotions', {
  id: 'promotionId',
  fields: {
    /** What a person says on the phone: `P-7K3M`. */
    number: text(),
    version: number(),
    isoId: text(),
    /** Its author, who began it. */
    staffId: text(),
    /** Who sent it, where that is a colleague to whom it was given. */
    submittedBy: text().optional(),
    product: text<Product>(),
    storeId: text(),
    storeName: text(),
    spotCount: number(),
    /** The edition of the policy that whoever began it had agreed to; absent where a release before this one began it. */
    policy: value<PolicyAgreed>().optional(),
    /** How payments were verified; absent where the order of work asks for no verification. */
    payments: value<PromotionPayments>().optional(),
    revision: number(),
    submittedAt: number(),
  },
  indexes: [[{ number: 1 }, { unique: true }], [{ storeId: 1, submittedAt: -1 }], [{ staffId: 1, submittedAt: -1 }]],
});

/** In which order it was worked, and what was tried; `verifiedAt` where an earlier verification counts, by `clock.now()`. */
export interface PromotionPayments {
  readonly order: OrderOfWork;
  readonly verifiedAt?: number | undefined;
  readonly payments: readonly Payment[];
}

/** One submitted promotion of one product in one store. Its revisions stand in `submissions` and never change (domain A.12-5). */
export interface Promotion extends RecordOf<typeof Promotions> {}

export async function addPromotion(promotion: Promotion, tx: Transaction): Promise<void> {
  await Promotions.addWithOthers([promotion], tx);
}

export async function findPromotion(promotionId: string, tx?: Reads): Promise<Promotion | undefined> {
  return await Promotions.get(promotionId, { tx });
}

/** The promotion with which a person submitted a store last; where they only took it over, the last one of anybody. */
export async function lastPromotionOfStore(
  staffId: string,
  storeId: string,
  tx?: Reads,
): Promise<Promotion | undefined> {
  const last = { sort: { submittedAt: -1 }, tx } as const;
  const [own, anybodys] = await readAll(
    () => Promotions.findOne({ staffId, storeId }, last),
    () => Promotions.findOne({ storeId }, last),
  );
  return own ?? anybodys;
}

/** By what a person says on the phone: `P-7K3M`. */
export async function promotionNumbered(number: string): Promise<Promotion | undefined> {
  return await Promotions.findOne({ number });
}

export async function numberIsTaken(number: string, tx: Transaction): Promise<boolean> {
  return (await Promotions.findOne({ number }, { only: ['number'], tx })) !== undefined;
}

export async function findPromotions(promotionIds: readonly string[]): Promise<readonly Promotion[]> {
  return await Promotions.find({ promotionId: { $in: promotionIds } });
}
