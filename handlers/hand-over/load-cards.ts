import { EVERYTHING, type HandOverModel, type WorkRow } from '../../cards/hand-over.ts';
import { findIso } from '../../models/isos.ts';
import { namesAmong, type Person, peopleOf } from '../../models/people.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { endOfDaysLeft } from '../../src/domain/days-left.ts';
import { SOON_DAYS } from '../../src/domain/member-change.ts';
import { lookedFor } from '../looked-for.ts';
import { nameOf } from '../review/item-model.ts';
import { forAdmins, forThoseInCharge } from '../team/for-admins.ts';
import { reads } from '../team/lists.ts';
import { shopOf } from './give-work.ts';
import { keyOf } from './hand-over.ts';
import { dueOf, handsOf, type OpenWork, workWithoutHands } from './open-work.ts';
import { firstWorkIn, type Giver, giverIn, type ListedWork, type ScopedWork } from './work-scope.ts';

/** As many as one card lists; *Everything* takes the others along. */
const LISTED = 20;
/** As many people as one chooses among without typing. */
const CHOSEN_AMONG = 20;
const byName = new Intl.Collator('en', { numeric: true });

/** What can be given, and to whom: everybody at work who may get it of this giver, but who has it. */
export const loadHandOver = forThoseInCharge(async (card, viewer, inCharge, now, seen) => {
  const giver = giverIn(inCharge, viewer, now);
  const [scoped, iso, people] = await Promise.all([
    firstWorkIn(card.subject, giver, {
      hands: inCharge.everybody ? undefined : [...inCharge.team, viewer.userId],
      limit: LISTED,
    }),
    findIso(giver.isoId, seen),
    peopleOf(giver.isoId),
  ]);
  if (scoped === undefined) return OLD_CARD;
  const { scope, work, of, count } = scoped;
  const listed = work.slice(0, LISTED);
  const names = await namesAmong(people, scope === 'tasks' ? listed.flatMap((one) => handsOf(one) ?? []) : []);
  const timeZone = iso?.timeZone ?? 'UTC';
  return {
    name: 'handOver',
    model: {
      scope,
      name: of?.name,
      rows: listed.map((one) => rowOf(one, scope === 'tasks' ? (names.get(handsOf(one) ?? '') ?? '') : undefined)),
      count,
      ...tickedFirst(scoped, viewer, listed, endOfDaysLeft(now, SOON_DAYS, timeZone)),
      ...toWhom(scoped, people, giver, lookedFor(viewer)?.find ?? ''),
      now,
      timeZone,
    },
    version: 0,
  };
});

/** What is ticked before anybody ticks: of who is paused, what cannot wait; of tasks of several people, none; else everything. */
function tickedFirst(
  { scope, of, count }: ListedWork,
  viewer: Person,
  listed: readonly OpenWork[],
  soonUntil: number,
): Pick<HandOverModel, 'ticked' | 'soon'> {
  const looked = lookedFor(viewer);
  if (looked !== undefined) return { ticked: looked.ticked, soon: false };
  const soon = of?.state === 'PAUSED' ? listed.filter((one) => (dueOf(one) ?? Infinity) < soonUntil) : [];
  if (soon.length > 0) return { ticked: soon.map(keyOf), soon: true };
  if (scope === 'tasks') return { ticked: [], soon: false };
  return { ticked: count > listed.length ? [EVERYTHING] : listed.map(keyOf), soon: false };
}

function toWhom(
  { scope, work, of }: ScopedWork,
  everybody: readonly Person[],
  { has }: Giver,
  find: string,
): Pick<HandOverModel, 'people' | 'find' | 'search'> {
  const [first] = work;
  const hands = scope === 'item' && first !== undefined ? handsOf(first) : of?.userId;
  const all = everybody.filter(({ state, userId }) => state === 'ACTIVE' && userId !== hands && has(userId));
  const people = all
    .filter(({ name }) => reads(find, name))
    .map(({ userId, name }) => ({ userId, name }))
    .sort((one, other) => byName.compare(one.name, other.name));
  return { people: people.slice(0, CHOSEN_AMONG), find, search: all.length > CHOSEN_AMONG };
}

function rowOf(work: OpenWork, who: string | undefined): WorkRow {
  const name = work.kind === 'item' ? nameOf(work.item) : { other: work.kind, shop: shopOf(work) };
  const back = work.kind === 'inspection' && work.task.assigneeId === undefined ? work.task.givenBack : undefined;
  return { key: keyOf(work), name, dueAt: dueOf(work), who, back };
}

/** How much is in nobody's hands now. */
export const loadWorkLeft = forAdmins(async (_card, _viewer, isoId, now) => {
  const { length: count } = await workWithoutHands({ isoId, now });
  return { name: 'handOver.left', model: { count }, version: count };
});
