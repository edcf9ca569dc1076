import { expect, test } from 'vitest';
import { contentHashesOf } from '../../models/photos.ts';
import { codeOf } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { behindTheScenes } from '../support/world/behind.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { wordsOf } from '../support/world/words-of.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });

const CODE = codeOf('BC', 0);

test('a photo that went into another shop is moved to its own, and both are handed over with what is theirs', async () => {
  await reach(nok, 'photos', { shop: 'Baan Coffee' });
  await nok.sends(await pictures.counter(1));

  await reach(nok, 'photos', { shop: 'Som Tam House' });
  await nok.sends(await pictures.counter(2));
  // sent in Baan Coffee, where there was no signal; it left the phone here
  const meant = await nok.sends(await pictures.closeup(CODE));
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });

  await nok.sees('Check and submit', 'Som Tam House');
  await nok.taps('See photos');
  await nok.sees('Is one not of Som Tam House?');
  await nok.taps(/Cashier 1 · Close-up/);
  await nok.sees('Which shop is it of?', 'Cashier 1 · Close-up');
  await nok.taps(/^Baan Coffee/);
  await nok.sees(wordsOf('line.photoMoved', { shop: 'Baan Coffee', how: 'used' }), 'Som Tam House', 'Close-up');
  await nok.sends(await pictures.closeup(codeOf('ST', 0), { seed: 8 }));
  await nok.taps('Submit');
  await nok.sees('Submitted', 'Som Tam House');

  await nok.says('menu');
  await nok.taps('Resume Baan Coffee');
  await nok.sees('Baan Coffee');
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 0002' });
  await nok.taps('Submit');
  await nok.sees('Submitted', 'Baan Coffee');

  const [sha256] = await behindTheScenes(world, async () => [...(await contentHashesOf([`${meant}#0`])).values()]);
  const lines = outgoingLines(world);
  const shopOf = (storeRef: string) => lines.find(({ itemRef }) => itemRef === storeRef)?.values.nameLocal;
  const codes = lines.filter(({ code }) => code !== undefined);
  expect(codes.map(({ storeRef, code }) => [shopOf(storeRef), code?.payload])).toEqual([
    ['Som Tam House', codeOf('ST', 0)],
    ['Baan Coffee', CODE],
  ]);
  const withIt = lines.filter(({ photos }) => photos.some((photo) => photo.sha256 === sha256));
  expect([...new Set(withIt.map(({ storeRef }) => shopOf(storeRef)))]).toEqual(['Baan Coffee']);
});
