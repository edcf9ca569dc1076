import { expect, it } from 'vitest';
import { changePerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { codeOf, startFromMenu } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import type { Person } from '../support/world/person.ts';

const world = useWorld();

async function submitted(): Promise<{ readonly nok: Person; readonly number: string }> {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await startFromMenu(nok, { spots: 2, together: true });
  await nok.taps({ action: 'promotion.submit' });
  const [number = ''] = /P-[2-9A-Z]{4}/.exec((await nok.card('Submitted')).text) ?? [];
  return { nok, number };
}

async function asksFor(person: Person, find: string): Promise<void> {
  await person.says('menu');
  await person.taps({ action: 'team.open' });
  await person.taps({ action: 'team.search', list: 'items' });
  await person.fills({ find });
}

it('an admin asks by the number of a promotion, as somebody writes it: each thing of it opens with what happened, and leads back', async () => {
  const { number } = await submitted();
  const admin = world().person('admin1');
  for (const typed of [number, number.toLowerCase(), number.replace('-', '')]) {
    await asksFor(admin, typed);
    await admin.sees('5 of them with', 'Baan Coffee', 'Nok');
  }
  await admin.taps({ action: 'team.story', from: 'found' });
  await admin.sees('Promotion begun · Nok');
  await admin.taps('Back');
  await admin.sees('5 of them with');
});

it('by a code it is the spot at which it stands', async () => {
  await submitted();
  const admin = world().person('admin1');
  await asksFor(admin, codeOf('AA', 1));
  await admin.sees('1 of them with', 'Cashier 2');
  await asksFor(admin, codeOf('ZZ', 1));
  await admin.sees('Nothing with');
});

it('another ISO finds nothing of it, and a supervisor what is in the hands of their team', async () => {
  const { number } = await submitted();
  await asksFor(world().person('ploy'), number);
  await world().person('ploy').sees('Nothing with');
  const sup = await world().hires('sup', { role: 'SUPERVISOR' });
  await asksFor(sup, number);
  await sup.sees('Nothing with');
  await inTransaction((tx) => changePerson('nok', { supervisorId: 'sup' }, tx));
  await asksFor(sup, number);
  await sup.sees('5 of them with');
  expect((await sup.card()).text).toContain('Nok');
});
