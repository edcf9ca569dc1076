import { expect, it } from 'vitest';
import { openDraftsOf } from '../../models/drafts.ts';
import { findPerson } from '../../models/people.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import type { Person } from '../support/world/person.ts';
import { reach } from '../support/world/reach.ts';

const world = useWorld();

const languageOf = async (userId: string) => (await findPerson(userId))?.language;

/** How many cards of the chat offer a language, or did. */
async function offersTo(person: Person): Promise<number> {
  return (await person.cards()).filter(({ text }) => /Go on in|เปลี่ยนเป็นภาษา|ใช้ภาษาไทยแล้ว|from now on/.test(text))
    .length;
}

it('somebody who writes in another language of ours is offered it, said in both, and takes it', async () => {
  const nok = await world().hires('nok');
  await nok.says('ช่วยดูให้หน่อยครับ');
  const offer = await nok.card(/Go on in/);
  expect(offer.text).toContain('เปลี่ยนเป็นภาษาไทยไหม');
  expect(offer.text).toContain('Go on in Thai?');
  expect(offer.buttons.map(({ label }) => label)).toEqual(['ไทย', '✓ English']);
  await nok.taps('ไทย', { on: offer });
  expect(await languageOf('nok')).toBe('th');
  await nok.sees('สวัสดี Nok');
  const [settled] = (await nok.cards()).filter(({ outTrackId }) => outTrackId === offer.outTrackId);
  expect(settled?.text).toContain('ใช้ภาษาไทยแล้ว');
  expect(settled?.buttons).toEqual([]);
});

it('whoever stays is never asked again, in whichever language they write', async () => {
  const nok = await world().hires('nok');
  await nok.says('도움말');
  const offer = await nok.card(/Go on in Korean/);
  await nok.taps('✓ English', { on: offer });
  expect(await languageOf('nok')).toBe('en');
  const [settled] = (await nok.cards()).filter(({ outTrackId }) => outTrackId === offer.outTrackId);
  expect(settled?.text).toContain('English from now on');
  for (const typed of ['이거 어떻게 하나요?', '写真が送れません。', 'ช่วยด้วยครับ', '帮助']) await nok.says(typed);
  expect(await offersTo(nok)).toBe(1);
});

it('whoever does not answer is not asked again either', async () => {
  const nok = await world().hires('nok');
  for (const typed of ['ช่วยด้วยครับ', 'ไม่เข้าใจครับ', 'ทำไมไม่ได้']) await nok.says(typed);
  expect(await offersTo(nok)).toBe(1);
});

it.each([
  ['their own language', { language: 'th' }, 'ช่วยดูให้หน่อยครับ'],
  ['English words that everybody types', { language: 'th' }, 'menu'],
  ['what is a name in another language', {}, 'ร้านกาแฟบ้านสวน'],
  ['a code', {}, 'AP-TH-0000-8841'],
])('%s offers nothing', async (_what, change, typed) => {
  const nok = await world().hires('nok', change);
  await nok.says(typed);
  expect((await findPerson('nok'))?.offered).toBeUndefined();
});

it('the word for the languages brings them all, and nothing is offered besides', async () => {
  const nok = await world().hires('nok');
  await nok.says('ภาษา');
  expect((await findPerson('nok'))?.offered).toBeUndefined();
});

it('of two languages that say it alike that of the ISO is meant; where it is neither, none', async () => {
  const nok = await world().hires('nok');
  await nok.says('kembali');
  expect((await findPerson('nok'))?.offered).toBeUndefined();
});

it('a shop that is typed into a form, a reason, and a code that is asked for are no writing in a language', async () => {
  const nok = await world().hires('nok');
  await reach(nok, 'photos', { shop: 'ร้านนี้ไม่มีชื่อครับ' });
  await nok.taps({ action: 'promotion.typeCode' });
  await nok.says('พิมพ์รหัสไม่ได้ครับ');
  expect((await findPerson('nok'))?.offered).toBeUndefined();
});

it('in the middle of a form the form comes below in the language that is taken, and the draft is as it was', async () => {
  const nok = await world().hires('nok');
  await reach(nok, 'spot');
  const [before] = await openDraftsOf('nok');
  await nok.says('ไม่เข้าใจครับ');
  await nok.taps('ไทย', { on: await nok.card(/Go on in Thai/) });
  const form = await nok.card();
  expect(form.forms).toHaveLength(1);
  expect(form.title).toMatch(/^ขั้น/);
  const [after] = await openDraftsOf('nok');
  expect(after?.draft).toEqual(before?.draft);
});

it('somebody who works for no ISO yet is offered theirs, and what they chose stays when they join', async () => {
  const som = world().person('som');
  await som.says('写真が送れません。どうすればいいですか？');
  const offer = await som.card(/Go on in Japanese/);
  await som.taps('日本語', { on: offer });
  expect(await languageOf('som')).toBe('ja');
});

it('nothing is offered in a group', async () => {
  const nok = await world().hires('nok');
  await nok.inGroup('cid-demo').says('ช่วยดูให้หน่อยครับ');
  expect((await findPerson('nok'))?.offered).toBeUndefined();
});
