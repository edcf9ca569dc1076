import { expect, it } from 'vitest';
import { pictures } from '../support/pictures.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { wordsOf } from '../support/world/words-of.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });

/** A voice message, and what DingTalk made of it. */
async function speaks(recognition?: string): Promise<void> {
  const form = new FormData();
  form.append('from', 'staff1');
  if (recognition !== undefined) form.append('recognition', recognition);
  form.append('audio', new Blob([Buffer.from('#!AMR')]), 'voice.amr');
  const sent = await fetch(`${world.sandbox.url}/sandbox/api/messages`, { method: 'POST', body: form });
  expect(sent.status).toBe(200);
  await world.untilIdle();
}

it('a word that is spoken is that word', async () => {
  await speaks('menu');
  await nok.sees('Hi Nok', 'Alipay+ Marketing Code');
  await nok.taps('Help');
  await speaks('เมนู');
  await nok.sees('Hi Nok', 'Alipay+ Marketing Code');
});

it('what DingTalk did not understand keeps the place', async () => {
  await speaks();
  await nok.sees('I could not hear the words. Please type them.');
});

it('a reply to a photo that came too early gives it now, whatever is said with it', async () => {
  const early = await nok.sends(await pictures.storefront(5));
  await nok.sees(wordsOf('line.photoNeedsShop'));
  await reach(nok, 'storefront');
  await world.sandbox.post('/messages', { from: 'staff1', text: 'this one', quote: early });
  await world.untilIdle();
  await nok.sees('Step 2 of 4');
});
