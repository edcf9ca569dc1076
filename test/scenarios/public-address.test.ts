import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { dataKeyOf } from '../../src/config/data-key.ts';
import { createPhotoLinks } from '../../src/media/photo-links.ts';
import { pictures } from '../support/pictures.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const PUBLIC_URL = 'http://127.0.0.1:9';
const { world, nok } = sharedWorld({ joined: ['staff1'], env: { PUBLIC_URL } });
beforeAll(() => reach(nok, 'storefront'));

it('with a public address pictures are links to the bot, and nothing is uploaded', async () => {
  await world.idle();
  const { outTrackId } = await nok.card('Send the photo in this chat.');
  const { view } = await world.sandbox.card(outTrackId, 'staff1');
  expect(view?.images).toEqual([`${PUBLIC_URL}/examples/storefront.jpg`]);
  expect((await world.stats()).apiCalls.byPath).not.toHaveProperty('POST /media/upload');
});

it('a photo of staff is there under a link that only the bot can make, as large as a phone needs', async () => {
  await nok.sends(
    await sharp(await pictures.storefront())
      .resize({ width: 1_600 })
      .jpeg()
      .toBuffer(),
  );
  const files = readdirSync(join(world.dataDir, 'photos'), { recursive: true, encoding: 'utf8' });
  const contentHash = basename(files.find((path) => path.endsWith('.jpg')) ?? '', '.jpg');
  const links = createPhotoLinks(dataKeyOf(world.dataDir), Date.now);
  const answer = await fetch(`${world.botUrl}/photos/${links.tokenFor(contentHash)}.jpg`);
  expect(answer.status).toBe(200);
  expect(await sharp(await answer.arrayBuffer()).metadata()).toMatchObject({ format: 'jpeg', width: 1080 });
  expect((await fetch(`${world.botUrl}/photos/${contentHash}.jpg`)).status).toBe(404);
});
