import { expect, it } from 'vitest';
import { findCard } from '../../models/cards.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { formAnswers } from '../support/world/form-answers.ts';
import type { Person, SeenCard } from '../support/world/person.ts';
import { reach } from '../support/world/reach.ts';

/** Everybody here has DingTalk's client in hand: what stands in a form's fields stands again wherever their names come back. */
const world = useWorld();

async function openForm(person: Person): Promise<SeenCard> {
  await world().untilIdle();
  const card = (await person.cards()).findLast(({ forms }) => forms.length > 0);
  if (card === undefined) throw new Error(`${person.userId} sees no form`);
  return card;
}
const namesOf = ({ forms }: SeenCard): string[] => forms.flatMap(({ fields }) => fields.map(({ name }) => name));

it('the next spot is asked anew, whatever was answered about a spot that is skipped', async () => {
  const nok = await world().hires('nok');
  await reach(nok, 'spot');
  await nok.fills({ spotType: 'ENTRANCE_DOOR', fixedSecurely: true, howMany: 2 });
  await nok.taps('Skip this spot');
  const asked = await openForm(nok);
  const [kind, fixed] = asked.forms.flatMap(({ fields }) => fields);
  expect([kind?.value, fixed?.value]).toEqual([{ index: 0, value: 'CASHIER_COUNTER' }, false]);
  await nok.fills({});
  await nok.sees('Cashier 1');
  expect(await nok.has(/Door/)).toBe(false);
});

it('a form that was sent stands empty again: nobody is invited twice by one tap more', async () => {
  const anong = await world().hires('anong', { role: 'ADMIN' });
  await anong.says('menu');
  await anong.taps({ action: 'team.open' });
  await anong.taps({ action: 'team.more' });
  await anong.taps({ action: 'team.invite' });
  const before = await openForm(anong);
  await anong.fills({ name: 'Dao', phone: '+66 81 234 5011' });
  const after = await openForm(anong);
  expect(after.outTrackId).toBe(before.outTrackId);
  expect(namesOf(after).filter((name) => namesOf(before).includes(name))).toEqual([]);
});

it('an answer that comes late, from another device, leaves the form as it is that is being typed into', async () => {
  const nok = await world().hires('nok');
  await reach(nok, 'store');
  const stale = await openForm(nok);
  const [form] = stale.forms;
  if (form === undefined) throw new Error('the store is asked for by a form');
  await nok.fills({ nameLocal: 'Baan Coffee' });
  const typing = await openForm(nok);
  expect(namesOf(typing)).not.toEqual(namesOf(stale));
  const late = { ...form.params, form: formAnswers(form.fields, { city: 'Bangkok' }) };
  await world().receive(world().tap(stale.outTrackId, { userId: 'nok', actionId: form.actionId, params: late }));
  expect(namesOf(await openForm(nok))).toEqual(namesOf(typing));
  await nok.sees('Bangkok');
  expect((await findCard(stale.outTrackId))?.round).toBe(1);
});
