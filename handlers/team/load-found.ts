import type { FoundModel, FoundRow } from '../../cards/team/found.ts';
import { itemAtCode } from '../../models/bindings.ts';
import { filesBeginning } from '../../models/incoming-files.ts';
import type { Item } from '../../models/item-rows.ts';
import { namesOf } from '../../models/people.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { promotedByNumber } from '../../models/promoted-by-number.ts';
import { readTyped } from '../../src/domain/code.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { codeRulesOfAll } from '../../src/programme/code-rules.ts';
import { byDeadline, isPromoted, nameOf } from '../review/item-model.ts';
import { forThoseInCharge, type Scope } from './for-admins.ts';
import { paged } from './lists.ts';
import { membersFound } from './load-cards.ts';
import { saysAnything } from './load-files.ts';

/** The number of a promotion as somebody types it. */
const NUMBER = /^P[-\s]?([2-9A-Z]{4})$/;

/** How a daily file's name begins, as somebody types or reads it: `review_20261123`, `review 20261123 001`. */
const FILE = /^(?:stock|inspection-tasks|review|settlement|scans)[ _]\d{8}/i;
const MOST_FILES = 50;

/**
 * What a number, a code, a name or a file stands for, of what the viewer looks after: a file is an admin's. What is no number, code or
 * file is a part of somebody's name or phone no.
 */
export const loadFound = forThoseInCharge(async (card, viewer, scope, now) => {
  const find = (viewer.typed?.values.find ?? '').trim();
  if (FILE.test(find) && scope.everybody) return foundAs(await filesFor(find, scope), card, find);
  const items = await itemsIn(scope, find);
  if (items.length > 0) return await foundItems(items, card, { find, now });
  return foundAs(find === '' ? [] : await membersFound(scope, viewer, now, find), card, find);
});

type Place = Parameters<typeof paged>[1];

function foundAs(all: FoundModel['rows'], card: Place, find: string) {
  return { name: 'team.found', model: { ...paged(all, card), find }, version: 0 } as const;
}

async function filesFor(find: string, { isoId }: Scope): Promise<FoundModel['rows']> {
  const start = find.toLowerCase().replaceAll(' ', '_');
  const files = await filesBeginning(isoId, start, MOST_FILES);
  return files.filter(saysAnything).map(({ name, outcomes }) => ({ file: name, outcomes }));
}

async function itemsIn({ isoId, has }: Scope, find: string): Promise<readonly Item[]> {
  return (await itemsFor(find)).filter((item) => item.isoId === isoId && has(item.ownerId) && isPromoted(item));
}

async function foundItems(
  items: readonly Item[],
  card: Place,
  { find, now }: { readonly find: string; readonly now: number },
) {
  const { rows: shown, ...place } = paged(items.toSorted(byDeadline), card);
  const names = await namesOf(shown.flatMap(({ ownerId }) => ownerId ?? []));
  const rows = shown.map(
    (item): FoundRow => ({
      itemRef: item.itemRef,
      name: nameOf(item),
      state: stateAt(item, now),
      staff: names.get(item.ownerId ?? '') ?? '',
    }),
  );
  return { name: 'team.found', model: { rows, ...place, find }, version: 0 } as const;
}

async function itemsFor(find: string): Promise<readonly Item[]> {
  const [, number] = NUMBER.exec(find.trim().toUpperCase()) ?? [];
  return number === undefined ? await itemsAtCode(find) : await itemsOfPromotion(`P-${number}`);
}

async function itemsOfPromotion(number: string): Promise<readonly Item[]> {
  const { spotIds, items } = await promotedByNumber(number);
  const own = new Set(spotIds);
  return items.filter(({ itemType, spotId = '' }) => itemType === 'STORE' || own.has(spotId));
}

/** A code stands for the spot at which it is. */
async function itemsAtCode(find: string): Promise<readonly Item[]> {
  const read = readTyped(find, codeRulesOfAll(currentProgramme().programme));
  const item = read.kind === 'ours' ? await itemAtCode(read.code) : undefined;
  return item === undefined ? [] : [item];
}
