import { derivedId } from '@field/kit/ids';
import { changeAppeal, openAppealsAgainst } from '../../models/appeals.ts';
import { changeDraft, findOpenModification, keyInHands, type StoredDraft } from '../../models/drafts.ts';
import { changeTask, type InspectionTask } from '../../models/inspection-tasks.ts';
import type { Item, ItemChange } from '../../models/item-rows.ts';
import { changeItem, findItem } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import { actedAt, type Context } from '../../src/bot/context.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { namedShop } from '../photos/named-shop.ts';
import { shopName } from '../promotion/job.ts';
import { touchItem } from '../review/touch-item.ts';
import type { OpenWork } from './open-work.ts';
import { takeFromHand } from './take-from-hand.ts';

/** In whose hands what is to be. */
export interface Giving {
  /** As it stands now, all of it in the same hands, or in nobody's. */
  readonly what: readonly OpenWork[];
  /** Undefined: in nobody's. */
  readonly to: Person | undefined;
  /** Who had it in hand until now; undefined where nobody had it. */
  readonly from: Pick<Person, 'userId'> | undefined;
  /** Whoever had it is not told: they work there no more. */
  readonly quietly?: boolean | undefined;
}

/**
 * Gives work on, as it stands: what was said, its photos and its author stay. What puts an item right, and an appeal, go with it. Both people
 * read it in one sentence, and whoever has it no more has it no more on the card and for the next photo. Whoever it is given to may
 * have it: that is for the caller to see to.
 */
export async function giveWork(ctx: Context, { what, to, from, quietly = false }: Giving): Promise<void> {
  if (what.length === 0) return;
  const moved: Subject[] = [];
  for (const work of what) {
    moved.push(...(await give(ctx, work, to?.userId)));
    ctx.audit('handOver.give', { kind: work.kind, id: work.id }, { to: to?.userId ?? '' });
  }
  for (const subject of moved) ctx.touch(subject);
  if (from !== undefined) {
    await takeFromHand(ctx, from, moved, quietly ? undefined : { key: 'line.givenOn', args: saidOf(what) });
    ctx.touch({ kind: 'person', id: from.userId });
    ctx.audit('handOver.from', { kind: 'person', id: from.userId }, { count: what.length });
  }
  if (to === undefined) return;
  ctx.audit('handOver.to', { kind: 'person', id: to.userId }, { count: what.length });
  ctx.touch({ kind: 'person', id: to.userId });
  if (to.userId === ctx.person.userId) return;
  ctx.send({
    intent: derivedId('givenTo', ctx.update.id, to.userId),
    to: to.userId,
    kind: 'line',
    view: 'line',
    subject: { kind: 'person', id: to.userId },
    line: { key: 'line.givenToYou', args: saidOf(what) },
  });
}

/** How many they are, and the shop of the only one. */
function saidOf(what: readonly OpenWork[]): Readonly<Record<string, string | number>> {
  const [first] = what;
  return { ...namedShop(first === undefined ? '' : shopOf(first)), count: what.length };
}

/** The shop by its name, as far as it has one. */
export function shopOf(work: OpenWork): string {
  if (work.kind === 'item') return work.item.shop;
  return work.kind === 'inspection' ? work.task.storeName : shopName(work.draft.draft);
}

async function give(ctx: Context, work: OpenWork, to: string | undefined): Promise<readonly Subject[]> {
  if (work.kind === 'item') return await giveItem(ctx, work.item, to);
  return work.kind === 'inspection' ? await giveTask(ctx, work.task, to) : await giveDraft(ctx, work.draft, to);
}

async function giveDraft(ctx: Context, stored: StoredDraft, to: string | undefined): Promise<readonly Subject[]> {
  const { draftId, staffId, ownerId, formerId } = stored;
  const storeKey = await keyInHands(stored, to, ctx.tx);
  const hands = { ownerId: to ?? null, formerId: ownerId ?? formerId, givenAt: actedAt(ctx) };
  await changeDraft(stored, { ...hands, staffId, storeKey, updatedAt: ctx.now }, ctx.tx);
  return [{ kind: 'draft', id: draftId }];
}

async function giveItem(ctx: Context, item: Item, to: string | undefined): Promise<readonly Subject[]> {
  const { itemRef, ownerId, formerId } = item;
  const hands = { ownerId: to ?? null, formerId: ownerId ?? formerId } satisfies ItemChange;
  const given = await changeItem(item, hands, ctx.tx);
  for (const concerned of [item, given]) touchItem(ctx, concerned);
  const modification = await findOpenModification(itemRef, ctx.tx);
  const fixing = modification === undefined ? [] : await giveDraft(ctx, modification, to);
  const subjects: Subject[] = [{ kind: 'item', id: itemRef }, ...fixing];
  for (const appeal of await openAppealsAgainst([itemRef], ctx.tx)) {
    if (appeal.ownerId !== ownerId) continue;
    await changeAppeal(appeal, { ...hands, givenAt: actedAt(ctx) }, ctx.tx);
    subjects.push({ kind: 'appeal', id: appeal.appealId });
  }
  return subjects;
}

/** What was submitted of it is in the same hands. */
async function giveTask(ctx: Context, task: InspectionTask, to: string | undefined): Promise<readonly Subject[]> {
  const { taskId, assigneeId, formerId } = task;
  const last = assigneeId ?? formerId;
  const hands = {
    assigneeId: to ?? null,
    formerId: last ?? null,
    givenAt: actedAt(ctx),
    givenBack: to === undefined ? undefined : null,
  };
  await changeTask(task, hands, ctx.tx);
  const item = await findItem(taskId, ctx.tx);
  if (item !== undefined)
    await changeItem(item, { ownerId: to ?? null, formerId: item.ownerId ?? item.formerId }, ctx.tx);
  return [{ kind: 'inspection', id: taskId }];
}
