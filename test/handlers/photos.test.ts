import { expect, it } from 'vitest';
import { openDraftsOf } from '../../models/drafts.ts';
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

it('a photo with nothing begun is not for anything: the menu says what to do first', async () => {
  const nok = await world().hires('nok');
  await nok.sends(await pictures.storefront(1));
  await nok.sees('Hi Nok', wordsOf('line.photoNeedsShop'));
});

it('a photo goes to what is worked on, and the next step is asked for below it', async () => {
  const nok = await waitingForFront();
  await nok.sends(await pictures.storefront(1));
  expect(await photosOf('nok')).toMatchObject([{ where: { kind: expect.not.stringMatching('refused') } }]);
});

it('a picture sent as a file is a photo, too', async () => {
  const nok = await waitingForFront();
  await nok.sendsFile(await pictures.storefront(1), 'front.jpg');
  expect(await photosOf('nok')).toMatchObject([{ where: { kind: expect.not.stringMatching('refused') } }]);
});

it('what is no picture is said, and the photo is asked for still', async () => {
  const nok = await waitingForFront();
  await nok.sends(Buffer.from('not a picture at all'));
  expect(await photosOf('nok')).toMatchObject([{ where: { kind: 'refused' } }]);
  await nok.sees(wordsOf('note.photoNotAnImage'));
});

it('a picture whose download code is no longer good is asked for again', async () => {
  const nok = await waitingForFront();
  await world().receive(world().message('nok', { pictures: [{ downloadCode: 'gone' }] }));
  expect(await photosOf('nok')).toMatchObject([{ where: { kind: 'refused' } }]);
  await nok.sees(wordsOf('note.photoExpired'));
});

it('the same message pushed again brings no second photo', async () => {
  const nok = await waitingForFront();
  const downloadCode = 'front';
  world().platform.keepFile(downloadCode, await pictures.storefront(1));
  const message = world().message('nok', { pictures: [{ downloadCode }] });
  for (const _ of [1, 2]) await world().receive(message);
  expect(await photosOf('nok')).toHaveLength(1);
  await nok.doesNotSee('notice.trouble');
});
