import type { WorkRow } from '../../cards/hand-over.ts';
import { namesOf, peopleOf } from '../../models/people.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { nameOf } from '../review/item-model.ts';
import { forAdmins } from '../team/for-admins.ts';
import { shopOf } from './give-work.ts';
import { keyOf } from './hand-over.ts';
import { dueOf, handsOf, type OpenWork, workWithoutHands } from './open-work.ts';
import { workIn } from './work-scope.ts';

/** As many as one card lists; *Everything* takes the others along. */
const LISTED = 20;
const byName = new Intl.Collator('en', { numeric: true });

/** What can be given, and to whom: everybody at work in the ISO but who has it. */
export const loadHandOver = forAdmins(async (card, _viewer, isoId, now) => {
  const scoped = await workIn(card.subject, { isoId, now });
  if (scoped === undefined) return OLD_CARD;
  const { scope, work, of } = scoped;
  const rows = work.slice(0, LISTED);
  const [first] = rows;
  const hands = scope === 'item' && first !== undefined ? handsOf(first) : of?.userId;
  const names = await namesOf(rows.flatMap((one) => handsOf(one) ?? []));
  const people = (await peopleOf(isoId)).filter(({ state, userId }) => state === 'ACTIVE' && userId !== hands);
  return {
    name: 'handOver',
    model: {
      scope,
      name: of?.name,
      rows: rows.map((one) => rowOf(one, scope === 'tasks' ? (names.get(handsOf(one) ?? '') ?? '') : undefined)),
      count: work.length,
      people: people
        .map(({ userId, name }) => ({ userId, name }))
        .sort((one, other) => byName.compare(one.name, other.name)),
      now,
    },
    version: 0,
  };
});

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
