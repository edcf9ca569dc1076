import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('Nok sends everything but a good photo, until each has been sent');
beforeAll(() => reach(nok, 'storefront'));

const ASKED = 'Whole door, whole sign';
const refusalsOn = (card: string): number => card.split('! ').length - 1;
const created = async (): Promise<number> =>
  (await world.stats('staff1')).apiCalls.byPath['POST /v1.0/card/instances/createAndDeliver'] ?? 0;

test.each([
  ['a text that calls itself a picture', pictures.textFile, 'This is not a picture. Send a photo. The rest is kept.'],
  ['a web page', pictures.html, 'This is not a picture'],
  ['a drawing with a script', pictures.svg, 'This is not a picture'],
  ['a thumbnail', pictures.tiny, 'The picture is too small. Send the original. Rest is kept.'],
  ['21 MB', () => pictures.heavy(21 * 1024 * 1024), 'The picture is too big. Send a smaller one. Rest is kept.'],
  ['a decompression bomb', pictures.bomb, 'The picture is too big'],
  ['an animated bomb', pictures.animatedBomb, 'Too big to open. Take it with the camera. Rest is kept.'],
  ['a picture cut off in the middle', pictures.truncated, 'I could not open it. Send it again. The rest is kept.'],
  ['a HEIC that cannot be opened', pictures.heic, 'open it. Settings › Camera › Formats › Most Compatible.'],
])('%s is refused in one sentence, and the front is still asked for', async (_what, picture, sentence) => {
  await nok.sends(await picture());
  await nok.sees('Step 1 of 4', sentence, ASKED);
  expect(refusalsOn((await nok.card()).text)).toBe(1);
  for (const key of ['folded.photosKept', 'folded.photosKeptFor', 'note.photoForLater'] as const)
    await nok.doesNotSee(key);
});

test('a document is no photo either', async () => {
  await nok.sendsFile(await pictures.pdf(), 'licence.pdf');
  await nok.sees('This is not a picture', ASKED);
});

test('several at once are each judged, in one card', async () => {
  const before = await created();
  await nok.sends(await pictures.textFile(), await pictures.tiny());
  await nok.sees('This is not a picture', 'too small', ASKED);
  expect((await created()) - before).toBe(1);
});

it('a download link that expired once is asked for again without a word', async () => {
  await world.fault({ kind: 'linkExpired', times: 1 });
  await nok.sends(await pictures.dark(3));
  await nok.sees('A bit dark', 'Keep');
  await nok.taps('Menu');
});

it('a download that is gone is said, and the photo sent again is taken', async () => {
  await nok.taps('Resume Baan Coffee');
  await world.fault({ kind: 'codeExpired' });
  await nok.sends(await pictures.storefront(4));
  await nok.sees('I could not get it. Send it again. The rest is kept.');
  await world.noFaults();
  await nok.sends(await pictures.storefront(4));
  await nok.sees('Step 2 of 4', 'Front photo kept');
  expect(refusalsOn((await nok.card()).text)).toBe(0);
});

it('the very same photo again is noticed', async () => {
  await nok.fills({ fixedSecurely: true });
  await nok.sends(await pictures.counter(5));
  await nok.sees('✓ Wide photo', 'Now the close-up of the code');
  await nok.sends(await pictures.counter(5));
  await nok.sees('You have sent this very photo already', 'Now the close-up of the code');
});

it('thirty pictures in a burst move the card once, and one of them again is noticed', async () => {
  const front = sharp(await pictures.storefront(9)).resize(640, 480);
  const burst: Buffer[] = [];
  for (let quality = 50; quality < 80; quality += 1) burst.push(await front.jpeg({ quality }).toBuffer());
  const before = await created();
  await Promise.all(burst.map((picture) => world.sandbox.sendPictures('staff1', [picture])));
  await world.sandbox.idle();
  expect((await created()) - before).toBe(1);
  await nok.sees('Step 2 of 4', "I can't read the code");
  // whichever of them was judged last stands there; one by itself takes its place
  const [one = Buffer.of()] = burst;
  await nok.sends(one);
  await world.sandbox.idle();
  await nok.sends(one);
  await nok.sees('You have sent this very photo already');
});
