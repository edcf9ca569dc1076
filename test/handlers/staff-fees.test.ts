import { expect, it } from 'vitest';
import { database } from '../../models/database.ts';
import { closeFeeMonths } from '../../models/fee-months.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { addItems } from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { SETTLEMENTS } from '../../src/daily/incoming/land-settlements.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';
import { submittedSpot } from '../support/submitted-spot.ts';
import type { Person } from '../support/world/person.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld({}, { uri: process.env.REALDB_URI });
const NOW = Date.UTC(2026, 10, 27, 2);
const isoId = async (): Promise<string> => (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';
const admin = (): Person => world().person('admin1');

/** Somebody of the staff with these spots, of which rows of a file came. */
async function paidFor(
  userId: string,
  rows: readonly (readonly [spot: string, day: string, state: 'CONFIRMED' | 'REVERSED', baht: number])[],
): Promise<Person> {
  world().clock.moveTo(NOW);
  const person = await world().hires(userId);
  const of = { isoId: await isoId(), staffId: userId, submittedAt: NOW - 9 * 86_400_000, product: 'PRIMARY_POSM' };
  const spots = [...new Set(rows.map(([spot]) => spot))];
  await inTransaction((tx) =>
    addItems(
      spots.map((spot) => submittedSpot(spot, { ...of, shop: `Shop ${spot}` })),
      tx,
    ),
  );
  for (const [itemRef, dataDate, state, baht] of rows) {
    const row = { sourceRowKey: `fee-${itemRef}`, dataDate, isoId: of.isoId, itemRef, fee: 'DEPLOYMENT', state };
    const about = { cause: 'settlement_20261126_001.csv', asOf: '20261126_001', now: NOW };
    await inTransaction(async (tx) => {
      const settled = { ...row, money: { currency: 'THB', minor: baht * 100 } };
      await (await SETTLEMENTS.plan([settled], about, tx)).write(tx);
    });
  }
  return person;
}

async function inStaffFees(): Promise<Person> {
  await admin().says('menu');
  for (const action of ['team.open', 'team.more', 'team.fees', 'team.staffFees']) await admin().taps({ action });
  return admin();
}

async function inOwnFees(person: Person): Promise<Person> {
  await person.says('menu');
  for (const action of ['review.mine', 'review.fees']) await person.taps({ action });
  return person;
}

async function setsRate(rate: string, from: string): Promise<void> {
  await (await inStaffFees()).taps({ action: 'team.payRate', fee: 'DEPLOYMENT' });
  await admin().fills({ 'Rate for one': rate, From: from });
}

it('staff read how many until an admin says more: by own rates, each in its month, and nobody a colleague’s', async () => {
  const nok = await paidFor('nok', [
    ['one', '20261030', 'CONFIRMED', 999],
    ['two', '20261120', 'CONFIRMED', 999],
    ['three', '20261121', 'CONFIRMED', 999],
    ['one', '20261122', 'REVERSED', 0],
  ]);
  await (await inOwnFees(nok)).sees('Deployment fee | 2 | 1', wordsOf('ownFees.counts'));
  await (await inStaffFees()).sees(wordsOf('staffFees.COUNTS'));
  await admin().taps({ action: 'team.showFees', shown: 'RATES' });
  await setsRate('฿120', 'This month');
  await admin().sees(wordsOf('staffFees.saved'), 'Deployment fee | 120.00 THB');
  // what was confirmed before there was a rate counts nothing, also where it is taken back
  await (await inOwnFees(nok)).sees(/Deployment fee: 240.00 THB/, wordsOf('ownFees.byRates'));
  expect((await nok.card()).text).not.toContain('999');
  await nok.taps({ action: 'review.feeList' });
  await nok.sees('Shop two', /120.00 THB/, '✗ Taken back · Sun 22 Nov');
  await setsRate('130.5', 'Next month');
  await admin().sees('120.00 THB · 130.50 THB from December 2026');
  await (await inOwnFees(nok)).sees(/240.00 THB/);
  const lek = await world().hires('lek');
  await (await inOwnFees(lek)).sees(wordsOf('ownFees.none'));
  const changes = await database()
    .collection('audit')
    .find({ what: /^iso\./ })
    .sort({ _id: 1 })
    .toArray();
  expect(changes.map(({ what, details }) => [what, details])).toEqual([
    ['iso.feesShown', { shown: 'RATES' }],
    ['iso.payRate', { fee: 'DEPLOYMENT', from: '202611', rate: '120.00 THB' }],
    ['iso.payRate', { fee: 'DEPLOYMENT', from: '202612', rate: '130.50 THB' }],
  ]);
});

it('what is no amount comes back as typed, and a month that is closed gets no rate', async () => {
  world().clock.moveTo(NOW);
  await (await inStaffFees()).taps({ action: 'team.showFees', shown: 'RATES' });
  await setsRate('a lot', 'Next month');
  await admin().sees(wordsOf('problem.notAnAmount'));
  const { forms } = await admin().card();
  expect(forms[0]?.fields.find(({ label }) => label.startsWith('Rate for one'))?.value).toBe('a lot');
  await admin().fills({ 'Rate for one': '80' });
  await admin().sees('80.00 THB from December 2026');
  await inTransaction(async (tx) => closeFeeMonths(await isoId(), '202611', tx));
  await admin().taps({ action: 'team.payRate', fee: 'DEPLOYMENT' });
  const [form] = (await admin().card()).forms;
  expect(form?.fields.find(({ label }) => label === 'From')?.options?.map(({ value }) => value)).toEqual([
    'NEXT_MONTH',
  ]);
});

it('staff read what the file says where an admin lets them, with what was corrected', async () => {
  const nok = await paidFor('nok', [
    ['one', '20261020', 'CONFIRMED', 100],
    ['one', '20261110', 'CONFIRMED', 90],
    ['two', '20261111', 'CONFIRMED', 70],
  ]);
  await (await inStaffFees()).taps({ action: 'team.showFees', shown: 'FILE' });
  await admin().sees(wordsOf('staffFees.FILE'));
  await (await inOwnFees(nok)).sees(/Deployment fee: 60.00 THB · ! Corrected 1/, wordsOf('ownFees.ofFile'));
  await nok.taps({ action: 'review.feeList' });
  await nok.sees('! Corrected', /−100.00 THB, 90.00 THB/, /70.00 THB/);
});

it('a question on a line goes to the admin, and the answer stands on it for both', async () => {
  const nok = await paidFor('nok', [
    ['one', '20261120', 'CONFIRMED', 100],
    ['one', '20261122', 'REVERSED', 0],
    ['two', '20261121', 'CONFIRMED', 100],
  ]);
  await (await inOwnFees(nok)).taps({ action: 'review.feeList' });
  await nok.taps({ action: 'review.feeLine' });
  const line = await nok.card();
  await nok.taps({ action: 'help.ask' });
  await nok.sees('Shop', 'Deployment fee · November 2026');
  await nok.fills({ 'Your question': '  ' });
  await nok.sees(wordsOf('question.empty'));
  await nok.fills({ 'Your question': 'Why was it taken back?' });
  await nok.sees(wordsOf('question.sent'), line.title, 'Why was it taken back?');
  await admin().sees('Question from', 'Deployment fee', 'Why was it taken back?');
  await admin().taps({ action: 'team.feeLine' });
  await admin().sees('settlement 20261126 001', 'Why was it taken back?');
  await admin().taps({ action: 'help.toAnswer' });
  await admin().fills({ 'Your answer': 'The shop has closed.' });
  await nok.sees('Answer from', 'The shop has closed.');
  await (await inOwnFees(nok)).taps({ action: 'review.feeList' });
  await nok.taps({ action: 'review.feeLine' });
  await nok.sees(line.title, 'Why was it taken back?', 'The shop has closed.');
  // the other line says nothing of it
  await nok.taps({ action: 'review.feeList' });
  await nok.taps(/Shop two/);
  expect((await nok.card()).text).not.toContain('taken back?');
});

it('nobody opens, or asks about, what is a colleague’s; staff set nothing', async () => {
  const nok = await paidFor('nok', [['one', '20261120', 'CONFIRMED', 100]]);
  await (await inOwnFees(nok)).taps({ action: 'review.feeList' });
  const { params } = (await nok.card()).buttons.find(({ actionId }) => actionId === 'review.feeLine') ?? {};
  const { line } = JSON.parse(String(params?.extra)) as { line: string };
  const lek = await world().hires('lek');
  const says = async (params: Record<string, string>): Promise<string> => {
    await lek.says('menu');
    const { outTrackId } = await lek.card();
    await world().sandbox.tap(outTrackId, { userId: 'lek', actionId: 'x', params });
    await world().untilIdle();
    return await lek.chat();
  };
  for (const action of ['review.feeLine', 'help.ask', 'team.feeLine'])
    expect(await says({ action, line })).not.toContain('Shop one');
  for (const action of ['team.staffFees', 'team.payRate', 'team.savePayRate'])
    expect(await says({ action, fee: 'DEPLOYMENT', form: 'DEPLOYMENT' })).not.toContain('Rate');
  await says({ action: 'team.showFees', shown: 'FILE' });
  expect((await findIsoByEmail(DEMO_ISO))?.feesShown).toBeUndefined();
});
