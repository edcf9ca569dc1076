import type { FailedRow } from '../../cards/team/failed.ts';
import { findIso } from '../../models/isos.ts';
import { type OpenFailure, openFailures } from '../../models/item-queries.ts';
import { readUnder } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import { namesOf, peopleOf } from '../../models/people.ts';
import { programmeAt } from '../../models/programme-in-use.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { isPromoted, nameOf } from '../review/item-model.ts';
import { reasonsOfItem, reasonsOfItems } from '../review/reasons-of-item.ts';
import { forThoseInCharge } from './for-admins.ts';
import { PAGE, paged, reads } from './lists.ts';

/** What of the ISO, or of a supervisor's team, has failed and can still be put right, the most urgent first. */
export const loadFailed = forThoseInCharge(async (card, viewer, { isoId, has }, now) => {
  const find = viewer.typed?.values.find ?? '';
  const [iso, people, failures] = await Promise.all([findIso(isoId), peopleOf(isoId), openFailures(isoId, now)]);
  const names = new Map(people.map(({ userId, name }) => [userId, name]));
  const open = failures.filter((item) => isPromoted(item) && has(item.ownerId));
  const staffOf = ({ ownerId = '' }: OpenFailure): string => names.get(ownerId) ?? '';
  const found = open.filter((item) => reads(find, item.shop, staffOf(item)));
  const { rows: shown, ...place } = paged(found, card);
  const reasons = await reasonsOfItems(shown);
  const rows = shown.map(
    (item): FailedRow => ({
      itemRef: item.itemRef,
      name: nameOf(item),
      reasons: reasons.get(item.itemRef) ?? [],
      staff: staffOf(item),
      deadlineAt: item.deadlineAt,
    }),
  );
  return {
    name: 'team.failed',
    model: { ...place, rows, find, search: open.length > PAGE, now, timeZone: iso?.timeZone ?? 'UTC' },
    version: 0,
  };
});

/** One of them, read only. */
export const loadFailedItem = forThoseInCharge(async (card, _viewer, { isoId, has }, now) => {
  const [item, iso] = await Promise.all([findItem(card.subject.id), findIso(isoId)]);
  if (item === undefined || item.isoId !== isoId || !has(item.ownerId) || !isPromoted(item)) return OLD_CARD;
  const { staffId, ownerId = '' } = item;
  const names = await namesOf([staffId, ownerId]);
  const { judgement, deadlineAt, submittedAt } = item;
  return {
    name: 'team.failedItem',
    model: {
      itemRef: item.itemRef,
      name: nameOf(item),
      state: stateAt(item, now),
      reasons: await reasonsOfItem(item),
      staff: names.get(staffId) ?? '',
      inHandOf: names.get(ownerId) ?? '',
      submittedAt,
      now,
      timeZone: iso?.timeZone ?? 'UTC',
      words: judgement?.text === undefined ? undefined : { text: judgement.text, language: judgement.language },
      deadlineAt,
    },
    programme: await programmeAt(readUnder(item)),
    version: item.version,
  };
});
