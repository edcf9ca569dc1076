import { derivedId } from '@field/kit/ids';
import { type Appeal, changeAppeal, openAppealsAgainst } from '../../models/appeals.ts';
import {
  changeDraft,
  keyInHands,
  openDraftsOf,
  openModificationsOf,
  puts,
  type StoredDraft,
} from '../../models/drafts.ts';
import { changeTask, type InspectionTask } from '../../models/inspection-tasks.ts';
import type { Item, ItemChange } from '../../models/item-rows.ts';
import { changeItem, findItems } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { Transaction } from '../../models/transaction.ts';
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
  /** What goes along with it, and with other work that the same gets; where that was read. */
  readonly along?: GoesAlong | undefined;
}

/**
 * Gives work on, as it stands: what was said, its photos and its author stay. What puts an item right, and an appeal, go with it. Both people
 * read it in one sentence, and whoever has it no more has it no more on the card and for the next photo. Whoever it is given to may
 * have it: that is for the caller to see to.
 */
export async function giveWork(ctx: Context, { what, to, from, quietly = false, along }: Giving): Promise<void> {
  if (what.length === 0) return;
  const giving = { ctx, to: to?.userId, along: along ?? (await readAlong(what, to, ctx.tx)) };
  const moved: Subject[] = [];
  for (const work of what) {
    moved.push(...(await give(giving, work)));
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

/** What is given with work: what puts an item right, what is said against its decision, what was submitted of a task. */
export interface GoesAlong {
  readonly modifications: readonly StoredDraft[];
  readonly appeals: readonly Appeal[];
  readonly submitted: readonly Item[];
  /** The open drafts of whoever gets it, and those that they get. */
  readonly begun: Pick<StoredDraft, 'product' | 'storeKey'>[];
}

/** However much work it is, that is one question of each kind. */
export async function readAlong(
  what: readonly Pick<OpenWork, 'kind' | 'id'>[],
  to: Pick<Person, 'userId'> | undefined,
  tx: Transaction,
): Promise<GoesAlong> {
  const refsOf = (kind: OpenWork['kind']) => what.flatMap((work) => (work.kind === kind ? [work.id] : []));
  const items = refsOf('item');
  const [modifications, appeals, submitted, begun] = await readAll(
    () => openModificationsOf(items, tx),
    () => openAppealsAgainst(items, tx),
    () => findItems(refsOf('inspection'), tx),
    async () => (to === undefined || refsOf('draft').length === 0 ? [] : await openDraftsOf(to.userId, tx)),
  );
  return { modifications, appeals, submitted, begun: [...begun] };
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

interface GivingEach {
  readonly ctx: Context;
  readonly to: string | undefined;
  readonly along: GoesAlong;
}

async function give(giving: GivingEach, work: OpenWork): Promise<readonly Subject[]> {
  if (work.kind === 'item') return await giveItem(giving, work.item);
  return work.kind === 'inspection' ? await giveTask(giving, work.task) : await giveDraft(giving, work.draft);
}

async function giveDraft({ ctx, to, along: { begun } }: GivingEach, stored: StoredDraft): Promise<readonly Subject[]> {
  const { draftId, staffId, ownerId, formerId, product } = stored;
  const storeKey = keyInHands(stored, to === undefined ? undefined : { userId: to, begun });
  const hands = { ownerId: to ?? null, formerId: ownerId ?? formerId, givenAt: actedAt(ctx) };
  await changeDraft(stored, { ...hands, staffId, storeKey, updatedAt: ctx.now }, ctx.tx);
  begun.push({ product, storeKey });
  return [{ kind: 'draft', id: draftId }];
}

async function giveItem(giving: GivingEach, item: Item): Promise<readonly Subject[]> {
  const { ctx, to, along } = giving;
  const { itemRef, ownerId, formerId } = item;
  const hands = { ownerId: to ?? null, formerId: ownerId ?? formerId } satisfies ItemChange;
  const given = await changeItem(item, hands, ctx.tx);
  for (const concerned of [item, given]) touchItem(ctx, concerned);
  const modification = along.modifications.find((draft) => puts(itemRef, draft));
  const fixing = modification === undefined ? [] : await giveDraft(giving, modification);
  const subjects: Subject[] = [{ kind: 'item', id: itemRef }, ...fixing];
  for (const appeal of along.appeals) {
    if (appeal.itemRef !== itemRef || appeal.ownerId !== ownerId) continue;
    await changeAppeal(appeal, { ...hands, givenAt: actedAt(ctx) }, ctx.tx);
    subjects.push({ kind: 'appeal', id: appeal.appealId });
  }
  return subjects;
}

/** What was submitted of it is in the same hands. */
async function giveTask({ ctx, to, along }: GivingEach, task: InspectionTask): Promise<readonly Subject[]> {
  const { taskId, assigneeId, formerId } = task;
  const last = assigneeId ?? formerId;
  const hands = {
    assigneeId: to ?? null,
    formerId: last ?? null,
    givenAt: actedAt(ctx),
    givenBack: to === undefined ? undefined : null,
  };
  await changeTask(task, hands, ctx.tx);
  const item = along.submitted.find(({ itemRef }) => itemRef === taskId);
  if (item !== undefined)
    await changeItem(item, { ownerId: to ?? null, formerId: item.ownerId ?? item.formerId }, ctx.tx);
  return [{ kind: 'inspection', id: taskId }];
}
