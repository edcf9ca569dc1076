import { expect, it } from 'vitest';
import { openDraftsOf } from '../../models/drafts.ts';
import { addIso } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { submitShop } from '../support/shop-under-review.ts';

const world = useWorld();

/** Somebody of the ISO begins a promotion and names the shop that Nok has promoted, by whatever tap. */
async function names(userId: string): Promise<string> {
  const person = await world().hires(userId, { isoId: 'iso' });
  await person.says('menu');
  await person.taps({ action: 'menu.product', product: 'PRIMARY_POSM' });
  await person.taps({ action: 'promotion.start' });
  const card = await person.card();
  const params = { ...card.forms[0]?.params, action: 'promotion.useStore', store: 'coffee' };
  await world().receive(world().tap(card.outTrackId, { userId, actionId: 'x', params }));
  const [draft] = await openDraftsOf(userId);
  return `${JSON.stringify(draft)}\n${(await person.card()).text}`;
}

it('who names a colleague’s shop by a forged tap gets what stands on its door, and nothing of its people', async () => {
  const iso = { isoId: 'iso', email: 'iso@iso.example', name: 'Iso', joinToken: 'iso' };
  await inTransaction((tx) => addIso({ ...iso, country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' }, tx));
  await submitShop('nok', 'coffee', { spots: 1 });
  const own = await names('nok');
  expect(own).toContain('Malee');
  const foreign = await names('lek');
  expect(foreign).toContain('Shop coffee');
  expect(foreign).not.toMatch(/Malee|m@shop\.example/);
});
