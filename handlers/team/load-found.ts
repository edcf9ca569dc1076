import type { FoundRow } from '../../cards/team/found.ts';
import { activeBinding } from '../../models/bindings.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItem, itemsOfStores } from '../../models/items.ts';
import { namesOf } from '../../models/people.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { promotionNumbered } from '../../models/promotions.ts';
import { spotsOfPromotion } from '../../models/spots.ts';
import { readTyped } from '../../src/domain/code.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { codeRulesOfAll } from '../../src/programme/code-rules.ts';
import { byDeadline, isPromoted, nameOf } from '../review/item-model.ts';
import { forThoseInCharge } from './for-admins.ts';
import { paged } from './lists.ts';

/** The number of a promotion as somebody types it. */
const NUMBER = /^P[-\s]?([2-9A-Z]{4})$/;

/** What a number or a code stands for, of what the viewer looks after. */
export const loadFound = forThoseInCharge(async (card, viewer, { isoId, has }, now) => {
  const find = viewer.typed?.values.find ?? '';
  const items = (await itemsFor(find)).filter((item) => item.isoId === isoId && has(item.ownerId) && isPromoted(item));
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
  return { name: 'team.found', model: { rows, ...place, find }, version: 0 };
});

async function itemsFor(find: string): Promise<readonly Item[]> {
  const [, number] = NUMBER.exec(find.trim().toUpperCase()) ?? [];
  return number === undefined ? await itemsAtCode(find) : await itemsOfPromotion(`P-${number}`);
}

async function itemsOfPromotion(number: string): Promise<readonly Item[]> {
  const promotion = await promotionNumbered(number);
  if (promotion === undefined) return [];
  const { promotionId, storeId } = promotion;
  const [spots, items] = await Promise.all([spotsOfPromotion(promotionId), itemsOfStores([storeId])]);
  const own = new Set(spots.map(({ spotId }) => spotId));
  return items.filter(({ itemType, spotId = '' }) => itemType === 'STORE' || own.has(spotId));
}

/** A code stands for the spot at which it is. */
async function itemsAtCode(find: string): Promise<readonly Item[]> {
  const read = readTyped(find, codeRulesOfAll(currentProgramme().programme));
  const binding = read.kind === 'ours' ? await activeBinding(read.code) : undefined;
  const item = binding && (await findItem(binding.spotId));
  return item === undefined ? [] : [item];
}
