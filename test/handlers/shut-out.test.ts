import { expect, it } from 'vitest';
import { addGroup } from '../../models/groups.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DAY_MS, decide, submitShop } from '../support/shop-under-review.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();

/** Nok has promoted a shop for the demo's ISO, one spot of it failed; Anong is its second admin. */
async function atWork() {
  const nok = await world().hires('nok', { isoId: 'iso', language: 'th' });
  const anong = await world().hires('anong', { isoId: 'iso', role: 'ADMIN' });
  await submitShop('nok', 'coffee', { spots: 2 });
  await decide('coffee-1', 'REJECTED');
  await decide('coffee-2', 'APPROVED');
  for (const one of [nok, anong]) await one.says('menu');
  return { nok, anong };
}

async function removes(userId: string, change = 'remove'): Promise<void> {
  const anong = world().person('anong');
  await anong.says('menu');
  for (const action of ['team.open', 'team.people']) await anong.taps({ action });
  await anong.taps({ action: 'team.member', person: userId });
  if (change === 'remove') await anong.taps({ action: 'team.memberMore' });
  await anong.taps({ action: 'team.askChange', change });
  await (change === 'remove' ? anong.fills({}) : anong.taps({ action: 'team.change' }));
}

const actionsOn = (card: { buttons: readonly { params: Readonly<Record<string, unknown>> }[] }) =>
  card.buttons.map(({ params }) => params.action);

it('who is removed reads so on every card, with whom to ask, and own numbers without a word of a shop', async () => {
  const { nok } = await atWork();
  await nok.taps({ action: 'review.mine' });
  await nok.taps({ action: 'review.list' });
  await nok.sees('Shop coffee');
  await removes('nok');
  await nok.sees('ไม่ได้ทำงานกับ', 'Anong', '22 ก.พ.');
  for (const card of await nok.cards()) expect(card.text).not.toContain('Shop coffee');
  await nok.taps({ action: 'review.former' });
  const results = await nok.card();
  expect(results.text).toMatch(/โปรโมต.*1.*2/s);
  expect(results.text).not.toContain('coffee');
  world().clock.moveTo(world().clock.now() + 91 * DAY_MS);
  await nok.says('menu');
  expect(actionsOn(await nok.card())).not.toContain('review.former');
});

it('who is removed can ask another ISO, or the same one, from there', async () => {
  const { nok } = await atWork();
  await removes('nok');
  await nok.taps({ action: 'association.askToJoin' });
  await nok.fills({ isoEmail: 'demo@iso.example', name: 'Nok', phone: '081 234 4821' });
  await world().person('admin1').sees('Nok');
  expect((await findPerson('nok'))?.state).toBe('UNKNOWN');
});

it('an old card of who was removed does nothing, and shows what is so', async () => {
  const { nok } = await atWork();
  const menu = await nok.card();
  await removes('nok');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' }, { on: menu });
  await nok.sees('ไม่ได้ทำงานกับ');
  expect((await nok.cards()).flatMap(actionsOn)).not.toContain('promotion.start');
});

it('an admin who is made staff while a card is open, does nothing with it', async () => {
  const { anong } = await atWork();
  await anong.taps({ action: 'team.open' });
  await anong.taps({ action: 'team.people' });
  const list = await anong.card();
  await inTransaction((tx) => changePerson('anong', { role: 'STAFF' }, tx));
  await anong.taps({ action: 'team.member', person: 'nok' }, { on: list });
  await anong.sees(wordsOf('notice.oldCard'));
});

it.each([
  ['paused', 'pause', 'สิทธิ์ของคุณถูกพัก'],
  ['removed', 'remove', 'คุณไม่ได้ทำงานกับ'],
])('in a group who is %s is told in their own chat, once a day, and changes nothing', async (_what, change, words) => {
  const { nok } = await atWork();
  const asked = { isoId: 'iso', title: 'Bangkok', language: 'en', state: 'ASKED', by: 'anong', at: 0 } as const;
  await inTransaction((tx) => addGroup({ ...asked, openConversationId: 'group' }, tx));
  const anong = world().person('anong').inGroup('group');
  await anong.says('@bot digest');
  const card = await anong.card();
  await removes('nok', change);
  const before = (await nok.cards()).length;
  const inGroup = nok.inGroup('group');
  for (let time = 0; time < 3; time += 1) await inGroup.taps({ action: 'group.bind' }, { on: card });
  await inGroup.says('@bot hello');
  expect((await nok.cards()).length).toBe(before + 1);
  await nok.sees(words);
  expect((await inGroup.cards()).at(-1)?.text).not.toContain('Nok');
});

it('who moved to another ISO reads the numbers of before from Help', async () => {
  const { nok } = await atWork();
  await removes('nok');
  await inTransaction((tx) => changePerson('nok', { state: 'ACTIVE', isoId: 'other', language: 'en' }, tx));
  await nok.says('help');
  await nok.taps({ action: 'review.former' });
  await nok.sees(wordsOf('formerResults.title'));
});

it('a picture that is being checked while its sender is removed is taken nowhere', async () => {
  const { nok } = await atWork();
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await removes('nok');
  await nok.sends(new Uint8Array([1, 2, 3]));
  expect((await findPerson('nok'))?.currentWork).toBeUndefined();
  await nok.sees('ไม่ได้ทำงานกับ');
});

it('a card of who is paused says that alone, and no more what stood on top of it', async () => {
  const som = world().person('som');
  const admin = world().person('admin1');
  await som.says('hi');
  await som.fills({ isoEmail: 'demo@iso.example', name: 'Som Jai', phone: '081 234 5099' });
  await admin.taps({ action: 'association.approve' });
  await som.sees(wordsOf('association.approved'));
  await admin.says('menu');
  for (const action of ['team.open', 'team.people']) await admin.taps({ action });
  await admin.taps({ action: 'team.member', person: 'som' });
  await admin.taps({ action: 'team.askChange', change: 'pause' });
  await admin.taps({ action: 'team.change' });
  await som.sees(wordsOf('notice.suspended.title'));
  await som.doesNotSee('association.approved');
});
