import { expect, it } from 'vitest';
import { openDraftsOf } from '../../models/drafts.ts';
import { findPerson } from '../../models/people.ts';
import { SHOP } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();

/** Nok, whose promotion waits for a photo of the front. */
async function waitingForFront() {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills({ ...SHOP });
  return nok;
}
const photosOf = async (userId: string) => (await openDraftsOf(userId))[0]?.draft.photos ?? [];

/** One message of Nok's with a photo of the front and words. */
async function captioned(text: string) {
  world().platform.keepFile('front', await pictures.storefront(1));
  return await world().receive(world().message('nok', { text, pictures: [{ downloadCode: 'front' }] }));
}

it.each([
  ['Menu', 'menu'],
  ['help', 'help'],
  ['ภาษา', 'language'],
])('a photo whose caption is the word %s is kept, and the word is obeyed by one card', async (word, view) => {
  const nok = await waitingForFront();
  const { effects } = await captioned(word);
  expect(await photosOf('nok')).toMatchObject([{ where: { kind: 'slot' } }]);
  expect(effects?.working?.view).toBe(view);
  expect((await findPerson('nok'))?.move).toBeUndefined();
  await nok.sees(wordsOf('folded.photosKeptFor', { count: 1, shop: SHOP.nameLocal }));
});

it('a photo whose caption is the name of a language is kept, and what comes next is in that language', async () => {
  await waitingForFront();
  await captioned('ไทย');
  expect(await photosOf('nok')).toMatchObject([{ where: { kind: 'slot' } }]);
  expect((await findPerson('nok'))?.language).toBe('th');
});

it.each(['Menu.', '菜单。', 'เมนู!', '“menu”'])('a word is heard as it is written down: %s', async (word) => {
  const nok = await waitingForFront();
  await nok.says(word);
  await nok.sees(/Hi Nok/);
});

it.each(['back', '返回', 'กลับ'])('a photo whose caption is %s goes on: it is what the step asks for', async (word) => {
  const nok = await waitingForFront();
  await captioned(word);
  await nok.says('menu');
  await nok.taps({ action: 'promotion.resume' });
  await nok.sees('Step 2 of 4', 'Spot 1');
  expect(await photosOf('nok')).toMatchObject([{ where: { kind: 'slot' } }]);
});

it('of a photo whose caption is back it is said that the word was not used', async () => {
  const nok = await waitingForFront();
  await captioned('back');
  await nok.sees(wordsOf('line.captionUnused'));
});

it('a photo whose caption is a greeting is kept, and the step comes back below it', async () => {
  const nok = await waitingForFront();
  await captioned('hello');
  expect(await photosOf('nok')).toMatchObject([{ where: { kind: 'slot' } }]);
  await nok.doesNotSee('line.keptPlace');
});

it('a photo with the word menu and nothing begun: the menu says what to do with it first', async () => {
  const nok = await world().hires('nok');
  await captioned('menu');
  await nok.sees('Hi Nok', wordsOf('line.photoNeedsShop'));
});

it('words beside a photo that nothing asks for are named, and the photo is kept', async () => {
  const nok = await waitingForFront();
  await captioned('the new sign is up since monday');
  expect(await photosOf('nok')).toMatchObject([{ where: { kind: 'slot' } }]);
  await nok.sees(wordsOf('line.captionUnused'));
});

it('a greeting in the middle of a step brings it back, without a word about it', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const before = await nok.card();
  await nok.says('Hi!');
  expect((await nok.card()).outTrackId).not.toBe(before.outTrackId);
  await nok.doesNotSee('line.keptPlace');
});

it.each([
  ['ไทย', 'th'],
  ['thai', 'th'],
  ['中文', 'zh-CN'],
  ['Chinese', 'zh-CN'],
  ['chinsee', 'zh-CN'],
  ['ภาษาจีน', 'zh-CN'],
])('%s in the middle of a form turns everything into that language at once', async (typed, language) => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  await nok.says(typed);
  expect((await findPerson('nok'))?.language).toBe(language);
  await nok.sees(wordsOf('line.languageChosen'));
  expect((await findPerson('nok'))?.currentWork?.kind).toBe('draft');
});

it('somebody who works for no ISO yet chooses a language by its name, too', async () => {
  const som = world().person('som');
  await som.says('ไทย');
  expect((await findPerson('som'))?.language).toBe('th');
  await som.sees(wordsOf('join.title'));
});

it.each([
  ['video', 'line.cannotUse.video'],
  ['audio', 'line.cannotUse.voice'],
  ['location', 'line.cannotUse.location'],
  ['picture', 'line.cannotUse.picture'],
  ['somethingNew', 'line.cannotUse.other'],
] as const)('what cannot be used is named: %s', async (other, key) => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await world().receive(world().message('nok', { other }));
  await nok.sees(wordsOf(key));
});
