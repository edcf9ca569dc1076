import type { ItemRow, ListedItems } from '../../cards/review/list.ts';
import { openAppealsAgainst } from '../../models/appeals.ts';
import type { Card } from '../../models/cards.ts';
import type { Part } from '../../models/failure-lists.ts';
import { findIso } from '../../models/isos.ts';
import { ofColleagues } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItems } from '../../models/items.ts';
import { namesOf } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { periodNamed } from '../../src/domain/result-period.ts';
import { failedFrom } from './failed-list.ts';
import { isStillOpen, nameOf } from './item-model.ts';
import { reasonsOfItems } from './reasons-of-item.ts';

const ROWS = 6;
/** More is said as `9+`. */
const MOST_COUNTED = 10;
/** What comes after these waits until they are done. */
const MOST_LISTED = 60;

/** `Failed (2)`, `Given to me (1)`, and another page of either; a card of an earlier release asks for all of a time, which are its shops. */
export async function openList(ctx: TapContext): Promise<void> {
  const { of: which = '', page = '' } = ctx.update.params.extra;
  if (which === 'week' || which === 'month')
    return ctx.show({ view: 'review.shops', subject: { kind: 'resultList', id: periodNamed(which) } });
  const { of, page: number } = listNamed(`${which}/${page}`);
  ctx.show({ view: 'review.list', subject: { kind: 'resultList', id: `${of}/${number}` } });
}

/** How much of what colleagues did somebody has in hand and is under review, as far as that is said: at most ten. */
export async function countInHand(userId: string): Promise<number> {
  return (await ofColleagues(userId, MOST_COUNTED)).length;
}

/** What others did, is under review, and this person has in hand; what failed of it stands with what failed. */
async function ofColleaguesFrom(userId: string, pageOf: (count: number) => Part) {
  const all = (await ofColleagues(userId, MOST_LISTED)).slice(0, MOST_LISTED);
  const { skip, limit } = pageOf(all.length);
  const shown = all.slice(skip, skip + limit).map(({ itemRef }) => itemRef);
  const found = new Map((await findItems(shown)).map((item) => [item.itemRef, item]));
  return { items: shown.flatMap((itemRef) => found.get(itemRef) ?? []), count: all.length };
}

/** A page of what failed, or of what colleagues did and this person has in hand: `failed/1`, `hand/2`. */
export const loadList: LoadCard = async ({ subject }: Card, viewer, now, seen) => {
  const { of, page: wanted } = listNamed(subject.id);
  const pageOf = (count: number) => {
    const page = Math.min(wanted, pagesOf(count));
    return { page, skip: (page - 1) * ROWS, limit: ROWS };
  };
  const [{ items, count }, iso] = await Promise.all([
    of === 'failed' ? failedFrom(viewer.userId, now, pageOf) : ofColleaguesFrom(viewer.userId, pageOf),
    viewer.isoId === undefined ? undefined : findIso(viewer.isoId, seen),
  ]);
  const { page } = pageOf(count);
  const pages = pagesOf(count);
  const rows = await itemRows(items, viewer.userId, now);
  return { name: 'review.list', model: { of, rows, page, pages, now, timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
};

function pagesOf(count: number): number {
  return Math.max(1, Math.ceil(count / ROWS));
}

/** How they stand and why, what is begun and not sent, and who else each is about. */
export async function itemRows(items: readonly Item[], userId: string, now: number): Promise<readonly ItemRow[]> {
  const others = new Map(items.map((item) => [item.itemRef, otherThan(userId, item, now)]));
  const [names, reasons, unsent] = await Promise.all([
    namesOf([...others.values()].flatMap((other) => other ?? [])),
    reasonsOfItems(items),
    unsentAmong(items),
  ]);
  return items.map((item) => ({
    itemRef: item.itemRef,
    name: nameOf(item),
    state: stateAt(item, now, unsent.has(item.itemRef)),
    unsent: unsent.has(item.itemRef) && stateAt(item, now, true) === 'APPEALING' ? true : undefined,
    reason: reasons.get(item.itemRef)?.[0],
    deadlineAt: item.deadlineAt,
    other: names.get(others.get(item.itemRef) ?? ''),
  }));
}

/** Those whose appeal is begun and not sent. */
async function unsentAmong(items: readonly Item[]): Promise<ReadonlySet<string>> {
  const appealing = items.filter(({ state }) => state === 'APPEALING').map(({ itemRef }) => itemRef);
  const open = await openAppealsAgainst(appealing);
  return new Set(open.flatMap(({ state, itemRef }) => (state === 'DRAFT' ? [itemRef] : [])));
}

/** Who did what the reader has in hand, or has in hand what the reader did and is still open. */
function otherThan(userId: string, item: Item, now: number): string | undefined {
  if (item.staffId !== userId) return item.staffId;
  return item.ownerId !== userId && isStillOpen(item, now) ? item.ownerId : undefined;
}

/** What a list's subject or button names; nothing in a tap is trusted, so anything else is the first page of what failed. */
function listNamed(id: string): { of: ListedItems; page: number } {
  const [of, page] = id.split('/');
  const number = Number(page);
  return {
    of: of === 'hand' ? 'hand' : 'failed',
    page: Number.isInteger(number) && number > 0 && number < 1_000 ? number : 1,
  };
}
