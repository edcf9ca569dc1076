import { expect, it } from 'vitest';
import type { Action } from '../../cards/actions.ts';
import { associationsOfIso } from '../../models/associations.ts';
import { findPerson } from '../../models/people.ts';
import type { AssociationState } from '../../src/domain/association-state.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { stocked } from '../support/stocked.ts';
import type { ButtonName, Person } from '../support/world/person.ts';
import { tripsOf as countedOf, MORE } from './most-trips.ts';

const world = useWorld({}, { watched: true });

/** What a tap may ask of the store in all. */
const MOST = 6;
/** That the answer left is noted with those of other taps. */
const NOTE = 1;

/** The trips of the last tap with this action, with that for its note; once an hour it is also noted that somebody is there. */
async function tripsOf(person: Person, button: Exclude<ButtonName, string | RegExp>): Promise<readonly string[]> {
  const trips = world().watchTrips();
  trips.take();
  await person.taps(button);
  const [tap] = trips.take();
  expect(tap?.action).toBe(button.action);
  // on a machine that has no time the card that says so is drawn besides: that is no tap to count
  if (tap?.inTime === false) return [];
  return [...(tap?.commands ?? []), ...Array.from({ length: NOTE }, () => 'update cards')];
}

async function opens(person: Person, ways: readonly (readonly Action[])[]): Promise<Map<Action, number>> {
  const trips = new Map<Action, number>();
  for (const way of ways) {
    await person.says('menu');
    for (const action of way) {
      const asked = await tripsOf(person, { action });
      expect(asked.length, `${action}: ${asked.join(', ')}`).toBeLessThanOrEqual(MOST);
      trips.set(action, asked.length);
    }
  }
  return trips;
}

it('what somebody of staff opens takes six trips to the store at most, the menu four', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await world().sweep();
  const trips = await opens(nok, [
    ['help.open', 'menu.open'],
    ['language.open', 'menu.open'],
    ['menu.product', 'promotion.policy'],
    ['menu.inspections', 'inspection.tasks'],
    ['review.mine'],
  ]);
  expect([0, 4]).toContain(trips.get('menu.open'));
});

it('so does what an admin opens', async () => {
  const admin = await world().hires('admin', { role: 'ADMIN' });
  const asking = world().person('som');
  await asking.says('hi');
  await asking.fills({ isoEmail: 'demo@iso.example', name: 'Som', phone: '+66810000509' });
  await admin.says('menu');
  await world().sweep();
  await opens(admin, [
    ['team.open', 'team.requests', 'team.request'],
    ['team.open', 'team.people', 'team.member'],
    ['team.open', 'team.more'],
    ['team.open', 'account.list', 'account.add'],
  ]);
});

it('however many are ticked, to decide about them takes as many', async () => {
  const admin = await world().hires('admin', { role: 'ADMIN' });
  const { isoId = '' } = (await findPerson('admin')) ?? {};
  const people = ['aran', 'kwan', 'lek', 'pim'];
  for (const [place, userId] of people.entries()) {
    await world().person(userId).says('hi');
    await world()
      .person(userId)
      .fills({ isoEmail: 'demo@iso.example', name: userId, phone: `+6681000050${place}` });
  }
  const theirs = async (state: AssociationState) =>
    (await associationsOfIso(isoId, [state])).filter(({ userId = '' }) => people.includes(userId));
  const asking = await theirs('PENDING');
  expect(asking).toHaveLength(4);
  await admin.says('menu');
  await world().sweep();
  const trips = world().watchTrips();
  for (const [action, from] of [
    ['team.approve', 0],
    ['team.reject', 2],
  ] as const) {
    const who = asking.slice(from, from + 2).map(({ requestId }) => requestId);
    trips.take();
    const { outTrackId } = await admin.card();
    await world().receive(
      world().tap(outTrackId, { userId: 'admin', actionId: 'x', params: { action, form: { who } } }),
    );
    const [tap] = trips.take();
    const own = countedOf(tap?.commands ?? []);
    if (tap?.inTime) expect(own.length, own.join(', ')).toBeLessThanOrEqual(MOST);
  }
  expect([(await theirs('PENDING')).length, (await theirs('ACTIVE')).length]).toEqual([0, 2]);
});

it('who gives out codes waits for as many trips as there are batches, of which twenty are listed', async () => {
  const admin = await world().hires('admin', { role: 'ADMIN' });
  const { isoId = '' } = (await findPerson('admin')) ?? {};
  const batches = Array.from('ABCDEFGHJKLMNPQRSTUVW');
  for (const letter of batches) await stocked(isoId, [`ABCDEFGH234${letter}`], { batchId: `B-${letter}` });
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.promotionData', 'team.stock'] as const)
    await admin.taps({ action });
  const asked = await tripsOf(admin, { action: 'team.allot' });
  expect(asked.length).toBe(MORE['team.allot']?.most);
});
