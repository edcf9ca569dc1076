import type { AppealRow } from '../../cards/team/appeals.ts';
import { findIso } from '../../models/isos.ts';
import { findItems } from '../../models/items.ts';
import { namesOf } from '../../models/people.ts';
import { nameOf } from '../review/item-model.ts';
import { lateFrom } from '../review/late-appeals.ts';
import { failuresIn, forThoseInCharge } from './for-admins.ts';
import { PAGE, pageOf } from './lists.ts';

/** The appeals of the ISO, or of a supervisor's team, whose answer is late, the longest at the top. */
export const loadLateAppeals = forThoseInCharge(async (card, _viewer, scope, now, seen) => {
  const iso = await findIso(scope.isoId, seen);
  const placeOf = (all: number) => ({ ...pageOf(all, card), count: all });
  const { count, shown: late } =
    iso === undefined
      ? { count: 0, shown: [] }
      : await lateFrom(failuresIn(scope), iso, now, (all) => ({ skip: (placeOf(all).page - 1) * PAGE, limit: PAGE }));
  const [shown, place] = [late, placeOf(count)];
  const [found, names] = await Promise.all([
    findItems(shown.map(({ appeal }) => appeal.itemRef)),
    namesOf(shown.flatMap(({ appeal }) => appeal.ownerId ?? [])),
  ]);
  const items = new Map(found.map((item) => [item.itemRef, item]));
  const rows = shown.flatMap(({ appeal: { itemRef, ownerId = '' }, answerBy }): AppealRow[] => {
    const item = items.get(itemRef);
    return item === undefined ? [] : [{ name: nameOf(item), staff: names.get(ownerId) ?? '', answerBy }];
  });
  return { name: 'team.appeals', model: { ...place, rows, timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
});
