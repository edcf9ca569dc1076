import type { FailedRow } from '../../cards/team/failed.ts';
import type { Card } from '../../models/cards.ts';
import { countFailures, type OpenFailure, someOpen } from '../../models/failure-lists.ts';
import { findIso } from '../../models/isos.ts';
import { readUnder } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import { namesOf, type Person, peopleOf } from '../../models/people.ts';
import { programmeAt } from '../../models/programme-in-use.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { isPromoted, nameOf } from '../review/item-model.ts';
import { reasonsOfItem, reasonsOfItems } from '../review/reasons-of-item.ts';
import { failuresIn, forThoseInCharge, type Scope } from './for-admins.ts';
import { type Found, foundIn, PAGE, pageOf, reads } from './lists.ts';

/** What of the ISO, or of a supervisor's team, has failed and can still be put right, the most urgent first. */
export const loadFailed = forThoseInCharge(async (card, viewer, scope, now, seen) => {
  const { isoId } = scope;
  const find = viewer.typed?.values.find ?? '';
  const [iso, naming] = [findIso(isoId, seen), peopleOf(isoId).then(namesAmong)];
  const [{ rows: shown, all, ...place }, names] = await Promise.all([
    pageOfFailures(scope, now, card, find === '' ? undefined : { find, naming }),
    naming,
  ]);
  const staffOf = ({ ownerId = '' }: Pick<OpenFailure, 'ownerId'>): string => names.get(ownerId) ?? '';
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
    model: { ...place, rows, find, search: all > PAGE, now, timeZone: (await iso)?.timeZone ?? 'UTC' },
    version: 0,
  };
});

function namesAmong(people: readonly Pick<Person, 'userId' | 'name'>[]): ReadonlyMap<string, string> {
  return new Map(people.map(({ userId, name }) => [userId, name]));
}

/** A page of them, and how many there are in `all`: nothing else is read, and of what is searched no more than that takes. */
async function pageOfFailures(
  scope: Scope,
  now: number,
  card: Card,
  searched: { readonly find: string; readonly naming: Promise<ReadonlyMap<string, string>> } | undefined,
): Promise<Found<OpenFailure> & { readonly all: number }> {
  const [whose, times] = [failuresIn(scope), { now, since: now }];
  const [dated, undated, names] = await Promise.all([
    countFailures(whose, 'dated', times),
    countFailures(whose, 'undated', times),
    searched?.naming,
  ]);
  const all = dated + undated;
  // first what has a deadline
  const some = async ({ skip, limit }: Readonly<Record<'skip' | 'limit', number>>) => {
    const left = Math.min(limit, all - skip) - Math.max(0, dated - skip);
    const [first, others] = await Promise.all([
      skip < dated ? someOpen(whose, 'dated', now, { skip, limit }) : [],
      left > 0 ? someOpen(whose, 'undated', now, { skip: Math.max(0, skip - dated), limit: left }) : [],
    ]);
    return [...first, ...others];
  };
  if (searched !== undefined) {
    const isFound = ({ shop, ownerId = '' }: OpenFailure) => reads(searched.find, shop, names?.get(ownerId) ?? '');
    return { ...(await foundIn(some, isFound, card)), all };
  }
  const place = pageOf(all, card);
  return { rows: await some({ skip: (place.page - 1) * PAGE, limit: PAGE }), ...place, count: all, all };
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
