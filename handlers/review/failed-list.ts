import { DAY_MS } from '@field/kit/calendar';
import { itemsBeingAppealed } from '../../models/appeals.ts';
import { countFailures, type FailureKind, type Part, someFailures } from '../../models/failure-lists.ts';
import type { Item } from '../../models/item-rows.ts';
import { byDeadline } from './item-model.ts';
import { isBeingWritten, isToDo } from './items-to-do.ts';

const OVER_MS = 30 * DAY_MS;
/** What comes after these waits until they are done. */
const MOST_LISTED = 60;

/** What somebody has to put right, as far as it is looked at. */
export interface ToDo {
  readonly count: number;
  /** The most urgent first. */
  readonly first: readonly Item[];
}

/** How much there is to put right, and the most urgent of it: no more is read than that. */
export async function firstToDo(userId: string, now: number, most: number): Promise<ToDo> {
  const failed = failuresOf(userId, now);
  const [dated, writing, undated, count] = await Promise.all([
    failed.some('dated', { skip: 0, limit: most }),
    beingWritten(userId, now),
    failed.some('undated', { skip: 0, limit: most }),
    failed.count('dated'),
  ]);
  const others = [...writing, ...undated.filter((item) => isToDo(item, now))];
  const first = [...dated, ...others].sort(byDeadline).slice(0, most);
  return { count: count + others.length, first };
}

/** How many failures there are to look at, whether or not they can be put right still. */
export async function countFailed(userId: string, now: number): Promise<number> {
  const failed = failuresOf(userId, now);
  const [writing, ...counts] = await Promise.all([
    beingWritten(userId, now),
    ...KINDS.map((kind) => failed.count(kind)),
  ]);
  return counts.reduce((sum, count) => sum + count, writing.length);
}

const KINDS: readonly FailureKind[] = ['dated', 'undated', 'over', 'final'];

/** From what place on in the list of failures, and how many: first what waits for the person, then what is over, of the last 30 days. */
export async function failedFrom(
  userId: string,
  now: number,
  pageOf: (count: number) => Part,
): Promise<{ readonly items: readonly Item[]; readonly count: number }> {
  const failed = failuresOf(userId, now);
  const [writing, ...counts] = await Promise.all([
    beingWritten(userId, now),
    ...KINDS.map((kind) => failed.count(kind)),
  ]);
  const [dated = 0, ...others] = counts;
  const all = [dated + writing.length, ...others];
  const count = Math.min(
    MOST_LISTED,
    all.reduce((sum, one) => sum + one, 0),
  );
  const { skip, limit } = pageOf(count);
  const [to, asked] = [Math.min(skip + limit, count), [] as Promise<readonly Item[]>[]];
  let before = 0;
  for (const [index, kind] of KINDS.entries()) {
    const [from, until] = [Math.max(0, skip - before), Math.min(to - before, all[index] ?? 0)];
    before += all[index] ?? 0;
    if (until <= from) continue;
    const part = { skip: from, limit: until - from };
    asked.push(kind === 'dated' ? amongWritten(failed, writing, part) : failed.some(kind, part));
  }
  return { items: (await Promise.all(asked)).flat(), count };
}

/** A part of what can be put right, in which what is being written has its place by its deadline: it may be before as much as there is of it. */
async function amongWritten(
  failed: ReturnType<typeof failuresOf>,
  writing: readonly Item[],
  { skip, limit }: Part,
): Promise<readonly Item[]> {
  const from = Math.max(0, skip - writing.length);
  const dated = await failed.some('dated', { skip: from, limit: skip + limit - from });
  const isBefore = (one: Item, other: Item | undefined): boolean => other !== undefined && byDeadline(one, other) < 0;
  // what was sent at one time keeps the order of the store
  const ahead = from === 0 ? [] : writing.filter((item) => dated.length === 0 || isBefore(item, dated[0]));
  const left = writing.filter((item) => !ahead.includes(item));
  const all: Item[] = [];
  for (const item of dated) {
    while (left[0] !== undefined && isBefore(left[0], item)) all.push(...left.splice(0, 1));
    all.push(item);
  }
  all.push(...left);
  const place = skip - from - ahead.length;
  return all.slice(place, place + limit);
}

/** Appeals of a person that are begun and not sent: few, each was begun by hand. */
export async function beingWritten(userId: string, now: number): Promise<readonly Item[]> {
  const begun = await itemsBeingAppealed(userId);
  return begun.filter((item) => isBeingWritten(item, userId, now)).toSorted(byDeadline);
}

function failuresOf(userId: string, now: number) {
  const [whose, times] = [{ hands: [userId] }, { now, since: now - OVER_MS }];
  return {
    count: (kind: FailureKind) => countFailures(whose, kind, times),
    some: (kind: FailureKind, part: Part) => someFailures(whose, kind, times, part),
  };
}
