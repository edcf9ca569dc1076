import { beforeAll, expect, test } from 'vitest';
import { changePerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { openTasks, pay, promotedShop, taskLands } from '../support/conversations/inspection.ts';
import { codeOf, promote } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { behindTheScenes, employ } from '../support/world/behind.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import type { Person, SeenCard } from '../support/world/person.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { wordsOf } from '../support/world/words-of.ts';

const { world, nok, lek } = sharedWorld({ joined: ['staff1', 'staff2'] });
const it = story('Lek takes a task from a colleague, and is kept to the rules in the next one');
const dao = world.person('dao');
const mali = world.person('mali');
let shop: ReturnType<typeof promotedShop>;

beforeAll(async () => {
  await world.newPerson({ userId: 'dao', name: 'Dao Kaew', mobile: '+66-812340077' });
  await world.newPerson({ userId: 'mali', name: 'Mali Wong', mobile: '+66-812340078' });
  await employ(world, { userId: 'dao', name: 'Dao Kaew', role: 'STAFF', isoEmail: 'demo@iso.example' });
  await employ(world, { userId: 'mali', name: 'Mali Wong', role: 'STAFF', isoEmail: 'other@iso.example' });
  await promote(nok, { shop: 'Baan Coffee', spots: 2, series: 'AA' });
  shop = promotedShop(world);
});

const linesOf = (taskId: string) => outgoingLines(world).filter(({ itemRef }) => itemRef === taskId);

/** The lowest card that can be tapped: what a line below it says does not count. */
async function lowest(person: Person): Promise<SeenCard> {
  const card = (await person.cards()).findLast(({ buttons }) => buttons.length > 0);
  if (card === undefined) throw new Error(`${person.userId} has no card:\n${await person.chat()}`);
  return card;
}

/** A tap that no card offers: on the person's own card, for whatever is asked. */
async function forges(person: Person, params: Record<string, string>): Promise<void> {
  const own = await lowest(person);
  await world.sandbox.tap(own.outTrackId, {
    userId: person.userId,
    actionId: 'x',
    params: { version: '1', ...params },
  });
  await world.untilIdle();
}

async function cannotInspect(person: Person, seed: number): Promise<void> {
  await person.taps('Cannot inspect');
  await person.fills({ Why: 'Not found' });
  await person.sends(await pictures.storefront(seed));
}

it('a task of nobody goes to whoever begins it first; the other is told, and can do nothing to it', async () => {
  await taskLands(world, { sourceKey: 'free', assignee: '', storeName: 'Free Mart' });
  for (const person of [lek, dao]) {
    await openTasks(person);
    await person.taps(/Free Mart/);
    await person.sees('Shop front', 'Free Mart');
  }
  const cards: SeenCard[] = [await lek.card('Free Mart'), await dao.card('Free Mart')];
  await Promise.all(
    [lek, dao].map((person, index) =>
      person.taps('Everything matches', { on: cards[index] as SeenCard, withoutWaiting: true }),
    ),
  );
  await world.untilIdle();
  const shown = await Promise.all([lek.card(), dao.card()]);
  expect(shown.filter(({ text }) => text.includes('Shop front'))).toHaveLength(1);
  expect(shown.filter(({ text }) => text.includes('Free Mart went to a colleague.'))).toHaveLength(1);
  const [winner, other] = shown[0]?.text.includes('Shop front') ? [lek, dao] : [dao, lek];
  await other.taps('Verification Tasks');
  await other.sees('No tasks.');
  await other.sends(await pictures.storefront(300));
  await winner.doesNotSee('inspection.photoFound', { on: await winner.card() });
  await cannotInspect(winner, 301);
  await winner.taps('Submit');
});

test('own spots are not offered, and cannot be asked for, though a row names who promoted them', async () => {
  const own = { storeName: 'Own Shop', ...shop };
  const free = await taskLands(world, { sourceKey: 'own', assignee: '', ...own });
  await openTasks(nok);
  await nok.sees('No tasks.');
  await forges(nok, { action: 'inspection.open', task: free });
  await nok.doesNotSee('inspection.front', { on: await nok.card() });
  await forges(nok, { action: 'inspection.matches', subject: `inspection:${free}` });
  await taskLands(world, { sourceKey: 'own assigned', assignee: 'staff1', ...own });
  await openTasks(nok);
  await nok.sees('No tasks.');
  for (const sourceKey of ['own', 'own assigned']) await taskLands(world, { sourceKey, assignee: 'dao', ...own });
});

it('nobody of another ISO sees anything of a task, nor can change it (domain A.12-15)', async () => {
  const taskId = await taskLands(world, { sourceKey: 'secret', storeName: 'Secret Mart' });
  await mali.says('menu');
  for (const action of ['matches', 'submit', 'back', 'goOn', 'correct', 'askAccount', 'afterAll'])
    await forges(mali, { action: `inspection.${action}`, subject: `inspection:${taskId}` });
  await forges(mali, { action: 'inspection.open', task: taskId });
  await forges(mali, { action: 'account.give', subject: 'testAccount:staff2' });
  expect(await mali.chat()).not.toMatch(/Secret|Lek/);
  await openTasks(lek);
  await lek.taps(/Secret Mart/);
  await lek.sees('Send a photo of the front today.');
});

it('pictures of no use are refused in one sentence; one that was submitted before is not taken', async () => {
  await lek.sends(await pictures.textFile());
  await lek.sees('This is not a picture', 'Send a photo of the front today.');
  await lek.sends(await pictures.tiny());
  await lek.sees('The picture is too small', 'Send a photo of the front today.');
  await lek.sends(await pictures.storefront(301));
  await lek.sees('This photo was used before.', 'Send a photo of the front today.');
  await lek.sends(await pictures.dark(310));
  await lek.sees('A bit dark', 'Still as it was sent?');
  await lek.taps('Something differs');
  await lek.sends(await pictures.storefront(311));
  await lek.sees(wordsOf('line.photosKeptFor', { count: 1 }));
  await lek.fills({ Note: 'x'.repeat(301) });
  await lek.sees('What differs: this is missing.');
  await lek.fills({ 'What differs': ['The address'] });
  await lek.sees('Note: keep it to 300 characters.');
  await lek.fills({ Note: 'Across the street' });
  await lek.sees('Payment Verification');
});

it('no way leads around a way of paying that was not tried, nor to Alipay in a shop that takes more (domain A.12-16)', async () => {
  const secret = await lowest(lek);
  const subject = String(secret.buttons[0]?.params.subject);
  await forges(lek, { action: 'inspection.tool', subject, tool: 'ALIPAY' });
  await lek.sees('Does the shop take only Alipay?');
  await lek.taps('Other wallets too');
  await lek.sees('Alipay+ Linker', 'the shop shows the code');
  await pay(lek, 320);
  await lek.fills({ Result: 'Not tried' });
  await lek.sees('Both ways of paying must be tried before you submit.');
  const untried = await lowest(lek);
  await lek.doesNotSee('button.submit', { on: untried });
  await forges(lek, { action: 'inspection.submit', subject, version: String(untried.buttons[0]?.params.version) });
  await lek.sees('Both ways of paying must be tried before you submit.');
  expect(linesOf(subject.split(':')[1] ?? '')).toEqual([]);
});

it('a Submit of an older card changes nothing, and one that is tapped ten times submits once (domain A.12-20)', async () => {
  await lek.taps('Try it now');
  await pay(lek, 321);
  const ready = await lek.card('Check and submit');
  await lek.taps('Change…');
  await lek.taps('You show the code');
  await lek.fills({ Result: 'Staff refused' });
  await lek.taps('Submit', { on: ready });
  await lek.sees('This has changed meanwhile.', 'You show the code: ! Staff refused');
  const submit = await lek.card('Check and submit');
  await lek.taps('Submit', { repeat: 10, atOnce: true });
  await lek.sees('✓ Submitted', 'Secret Mart');
  const subject = String(submit.buttons[0]?.params.subject);
  expect(linesOf(subject.split(':')[1] ?? '')).toHaveLength(1);
  await forges(lek, { action: 'inspection.matches', subject });
  await lek.sees('This is submitted already and cannot be changed.', '✓ Submitted');
});

test('a task that goes to a colleague while it is worked on is theirs afresh, and the first one is told', async () => {
  const taskId = await taskLands(world, { sourceKey: 'moved', storeName: 'Moved Mart', ...shop });
  await openTasks(lek);
  await lek.taps(/Moved Mart/);
  await lek.sends(await pictures.storefront(330));
  const old = await lek.card('1 as it was sent, 2 today');
  await taskLands(world, { sourceKey: 'moved', assignee: 'dao', storeName: 'Moved Mart', ...shop });
  await lek.sees('Moved Mart went to a colleague. Nothing to do there.');
  await lek.taps('Everything matches', { on: old });
  await lek.sees('Moved Mart went to a colleague.', 'Verification Tasks');
  await lek.sends(await pictures.storefront(331));
  await openTasks(dao);
  await dao.taps(/Moved Mart/);
  await dao.sees('Send a photo of the front today.');
  const afresh = await dao.card();
  for (const key of ['note.photoForLater', 'inspection.photoFound'] as const) await dao.doesNotSee(key, { on: afresh });
  await cannotInspect(dao, 332);
  await dao.taps('Submit');
  expect(linesOf(taskId)).toMatchObject([{ staffRef: 'dao', photos: [{ role: 'cannotInspect' }] }]);
});

test('several photos at once are sorted by their codes, and the work goes on next week from the payment', async () => {
  await taskLands(world, { sourceKey: 'burst', storeName: 'Burst Mart', ...shop });
  await openTasks(lek);
  await lek.taps(/Burst Mart/);
  await lek.sends(
    await pictures.closeup(codeOf('AA', 1), { seed: 340 }),
    await pictures.storefront(340),
    await pictures.closeup(codeOf('AA', 0), { seed: 341 }),
  );
  await lek.sees('Shop front', 'Photo kept for Cashier');
  await lek.taps('Everything matches');
  await lek.sees('Cashier 1', '✓ Code …HAAA, as submitted.');
  await lek.taps('Good');
  await lek.sees('Cashier 2', '✓ Code …HAAB, as submitted.');
  await lek.taps('Good');
  await lek.sees('Payment Verification');
  await world.restartBot();
  await lek.says('menu');
  await lek.taps(/Spot Inspection/);
  await lek.taps('Payment Verification');
  await lek.taps(/Burst Mart/);
  await lek.sees('Select a tool.');
  await lek.says('back');
  await lek.sees('Cashier 2', 'Good');
});

test('a bot that dies at Submit submits once', async () => {
  const taskId = await taskLands(world, { sourceKey: 'crash', storeName: 'Crash Mart' });
  await openTasks(lek);
  await lek.taps(/Crash Mart/);
  await cannotInspect(lek, 350);
  await lek.taps('Submit', { withoutWaiting: true });
  await world.restartBot();
  await world.untilIdle();
  if (!(await lek.has('✓ Submitted'))) await lek.taps('Submit');
  await lek.sees('✓ Submitted', 'Crash Mart');
  await world.untilIdle();
  expect(linesOf(taskId)).toHaveLength(1);
});

test('one that nobody did in a week expires, also while it is worked on', async () => {
  await taskLands(world, { sourceKey: 'late', storeName: 'Late Mart', dueInDays: -6.9 });
  await openTasks(lek);
  await lek.sees('! Late Mart, Silom Rd 9 · overdue');
  await lek.taps(/Late Mart/);
  await lek.sends(await pictures.storefront(360));
  await world.advance(5 * 3_600_000);
  await lek.sees('Late Mart has expired. Nothing to do there.');
  await lek.taps('Verification Tasks');
  expect((await lowest(lek)).text).not.toContain('Late Mart');
});

// in each run `test/handlers/inspection-correction.test.ts` says that it is too late then
test.runIf(process.env.LONG)('one that is not corrected in time can not be corrected any more', async () => {
  const taskId = await taskLands(world, { sourceKey: 'lapse', storeName: 'Lapse Mart' });
  await openTasks(lek);
  await lek.taps(/Lapse Mart/);
  await cannotInspect(lek, 365);
  await lek.taps('Submit');
  const why = { decision: 'REJECTED', reasonCodes: ['INSPECTION_FEEDBACK_INCOMPLETE'] } as const;
  await world.nextDay([{ submissionKey: `${taskId}#1`, ...why }]);
  await lek.sees('✗ Not approved', 'inspection not complete');
  await lek.taps('Correct it');
  await lek.sees('Cannot inspect', 'Why? A photo of it is asked next.');
  const begun = await lowest(lek);
  await world.advance(4 * 24 * 3_600_000);
  await lek.fills({ Why: 'Unsafe' }, { on: begun });
  await lek.sees('✗ Not approved', 'The time to correct it is over.');
  await openTasks(lek);
  expect((await lowest(lek)).text).not.toContain('Lapse Mart');
  expect(linesOf(taskId)).toHaveLength(1);
});

test('whoever is paused can do nothing any more, neither by card nor by photo (domain A.12-19)', async () => {
  await taskLands(world, { sourceKey: 'paused', storeName: 'Paused Mart' });
  await openTasks(lek);
  await lek.taps(/Paused Mart/);
  const card = await lowest(lek);
  await behindTheScenes(world, () => inTransaction((tx) => changePerson('staff2', { state: 'SUSPENDED' }, tx)));
  for (const { label } of card.buttons) await lek.taps(label, { on: card });
  await lek.sees('Your access is paused.');
  await lek.sends(await pictures.storefront(370));
  await behindTheScenes(world, () => inTransaction((tx) => changePerson('staff2', { state: 'ACTIVE' }, tx)));
  await openTasks(lek);
  await lek.taps(/Paused Mart/);
  expect(await lowest(lek)).toMatchObject({ title: card.title, buttons: card.buttons.map(({ label }) => ({ label })) });
});
