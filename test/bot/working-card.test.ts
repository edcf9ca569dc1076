import { AppError } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { findPerson } from '../../models/people.ts';
import { lekAtWork } from '../handlers/landed-task.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();

/** Nok with a form open: what a promotion asks first. */
async function fillingIn() {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  return { nok, form: await nok.card() };
}

it('several messages in a row move the card once', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const before = (await nok.cards()).length;
  for (const text of ['one', 'two', 'three']) await world().takesIn(world().message('nok', { text }));
  await world().untilIdle();
  expect(await nok.cards()).toHaveLength(before + 1);
});

it('a form that somebody may be typing into stays, and one line below it says so', async () => {
  const { nok, form } = await fillingIn();
  await nok.says('one moment');
  expect((await findPerson('nok'))?.workingCard).toBe(form.outTrackId);
  await nok.sees(wordsOf('line.finishForm'));
  expect((await nok.card(form.title)).forms).toHaveLength(1);
});

it('photos below an open form are kept, and the line says so', async () => {
  const { nok, form } = await fillingIn();
  await nok.sends(await pictures.storefront(1));
  await nok.sees(wordsOf('line.photosKeptFinishForm'));
  expect((await findPerson('nok'))?.workingCard).toBe(form.outTrackId);
  expect((await findPerson('nok'))?.move).toBeUndefined();
});

it('what is chosen on the card wins over what a message wanted it to show', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const menu = await nok.card();
  await world().takesIn(world().message('nok', { text: 'hm' }));
  await nok.taps({ action: 'help.open' }, { on: menu, withoutWaiting: true });
  await world().untilIdle();
  await nok.sees('Anong Chai');
});

it('no move is pending for whoever has no working card', async () => {
  const nok = await world().hires('nok');
  await nok.says('hm');
  await nok.sees('Hi Nok');
  expect((await findPerson('nok'))?.move).toBeUndefined();
});

it('waits three seconds for the check of a photo, then says below it that it is being checked', async () => {
  const { lek } = await lekAtWork(world());
  const before = await lek.card();
  world().platform.refuse('downloadUrl', new AppError('dingtalk.busy'));
  await lek.sends(await pictures.storefront(1));
  expect((await findPerson('lek'))?.workingCard).toBe(before.outTrackId);
  await world().advance(1_000);
  expect((await findPerson('lek'))?.workingCard).not.toBe(before.outTrackId);
  await lek.sees(wordsOf('notice.checking'));
  for (const key of ['folded.photosKept', 'folded.photosKeptFor'] as const) await lek.doesNotSee(key);
});
