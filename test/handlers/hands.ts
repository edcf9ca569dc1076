import { systemIds } from '@field/kit/ids';
import { memberFound } from '../../handlers/association/membership.ts';
import { addDraft } from '../../models/drafts.ts';
import { addTask } from '../../models/inspection-tasks.ts';
import { findPerson, type Person } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { type Context, type EventContext, newContext } from '../../src/bot/context.ts';
import { commitEffects } from '../../src/bot/effects.ts';
import { newDraft } from '../../src/flow/engine.ts';
import type { Update } from '../../src/platform/update.ts';
import { tap } from '../review/thumb.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { decide, NOW, submitShop } from '../support/shop-under-review.ts';

/** Somebody begins to promote a shop. */
export async function begins(userId: string, draftId: string, storeKey?: string): Promise<void> {
  const draft = newDraft(MARKETING_CODE_FLOW);
  await inTransaction((tx) =>
    addDraft({ draftId, userId, isoId: 'iso', product: 'MARKETING_CODE', draft, storeKey, updatedAt: NOW }, tx),
  );
}

/** An inspection that is due tomorrow. */
export async function taskFor(
  assigneeId: string | undefined,
  taskId: string,
  promoters: readonly string[] = [],
  isoId = 'iso',
): Promise<void> {
  const shop = { storeRef: 'elsewhere', storeName: 'Som Tam House', address: 'Soi 3', countryRegion: 'TH' };
  const asked = { acceptsOnlyAlipay: false, spotRefs: [], dueAt: NOW + 86_400_000, priority: 1 };
  const task = { taskId, sourceKey: taskId, isoId, assigneeId, namedAssignee: assigneeId, asOf: '20261124_001' };
  await inTransaction((tx) => addTask({ ...task, ...shop, ...asked, promoters }, tx));
}

/** A door of somebody's that failed, by its `itemRef`; it is due in three days. */
export async function failedDoor(userId: string, shop: string): Promise<string> {
  await submitShop(userId, shop, { spots: 1 });
  await decide(`${shop}-1`, 'REJECTED');
  return `${shop}-1`;
}

/** What the form of a card about open work says. */
export interface Given {
  readonly what?: readonly string[];
  readonly to?: string;
  readonly find?: string;
}

/** Gives on, by the form; answers what is shown. */
export async function giveOn(by: string, work: string, form: Given): Promise<string> {
  return await tap('handOver.give', {
    by,
    params: { subject: { kind: 'work', id: work }, version: 0, form: { ...form } },
  });
}

/** What an event does in which somebody is the person: a look-up found them gone, unless the act says otherwise. */
export async function within(userId: string, act: (ctx: EventContext<'member.gone'>) => Promise<void>): Promise<void> {
  const facts = { askedAt: NOW };
  await playing(userId, { kind: 'event', type: 'member.gone', id: systemIds.next(), at: NOW, facts }, act);
}

/** A look-up found somebody in the organisation, who has just come into it. */
export async function isFound(userId: string, mobile?: string): Promise<void> {
  const facts = { askedAt: NOW, mobile, came: true } as const;
  await playing(userId, { kind: 'event', type: 'member.found', id: systemIds.next(), at: NOW, facts }, memberFound);
}

async function playing<U extends Update>(
  userId: string,
  update: U,
  act: (ctx: Context<U>) => Promise<void>,
): Promise<void> {
  await inTransaction(async (tx) => {
    const person = await findPerson(userId, tx);
    if (person === undefined) throw new Error(`no person ${userId}`);
    const ctx = newContext({ update, tx, ids: systemIds, now: NOW, dingTalkNow: NOW, person, card: undefined });
    await act(ctx);
    await commitEffects(ctx);
  });
}

export async function personOf(userId: string): Promise<Person> {
  const found = await findPerson(userId);
  if (found === undefined) throw new Error(`no person ${userId}`);
  return found;
}
