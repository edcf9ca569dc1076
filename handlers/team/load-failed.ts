import type { FailedRow } from '../../cards/team/failed.ts';
import type { Card } from '../../models/cards.ts';
import { countFailures, type OpenFailure, openFailures, someFailures } from '../../models/failure-lists.ts';
import { findIso } from '../../models/isos.ts';
import { type Item, readUnder } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import { namesOf, peopleOf } from '../../models/people.ts';
import { programmeAt } from '../../models/programme-in-use.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { isPromoted, nameOf } from '../review/item-model.ts';
import { reasonsOfItem, reasonsOfItems } from '../review/reasons-of-item.ts';
import { failuresIn, forThoseInCharge, type Scope } from './for-admins.ts';
import { PAGE, type Paged, paged, pageOf, reads } from './lists.ts';

/** What of the ISO, or of a supervisor's team, has failed and can still be put right, the most urgent first. */
export const loadFailed = forThoseInCharge(async (card, viewer, scope, now) => {
  const { isoId } = scope;
  const find = viewer.typed?.values.find ?? '';
  const [iso, people] = await Promise.all([findIso(isoId), peopleOf(isoId)]);
  const names = new Map(people.map(({ userId, name }) => [userId, name]));
  const staffOf = ({ ownerId = '' }: Pick<Failure, 'ownerId'>): string => names.get(ownerId) ?? '';
  const {
    rows: shown,
    all,
    ...place
  } = await pageOfFailures(scope, now, card, find && ((item) => reads(find, item.shop, staffOf(item))));
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
    model: { ...place, rows, find, search: all > PAGE, now, timeZone: iso?.timeZone ?? 'UTC' },
    version: 0,
  };
});

type Failure = Item | OpenFailure;

/** A page of them, and how many there are in `all`: nothing else is read, unless it is searched. */
async function pageOfFailures(
  scope: Scope,
  now: number,
  card: Card,
  isFound: ((item: OpenFailure) => boolean) | '',
): Promise<Paged<Failure> & { readonly all: number }> {
  const [whose, times] = [failuresIn(scope), { now, since: now }];
  if (isFound !== '') {
    const open = await openFailures(whose, now);
    return { ...paged(open.filter(isFound), card), all: open.length };
  }
  const [dated, undated] = await Promise.all([
    countFailures(whose, 'dated', times),
    countFailures(whose, 'undated', times),
  ]);
  const count = dated + undated;
  const { page, pages } = pageOf(count, card);
  const skip = (page - 1) * PAGE;
  const first = skip < dated ? await someFailures(whose, 'dated', times, { skip, limit: PAGE }) : [];
  const left = Math.min(PAGE, count - skip) - first.length;
  const part = { skip: Math.max(0, skip - dated), limit: left };
  const rest = left > 0 ? await someFailures(whose, 'undated', times, part) : [];
  return { rows: [...first, ...rest], page, pages, count, all: count };
}

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
