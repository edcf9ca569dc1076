import { AppError } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { reach } from '../support/world/reach.ts';

const world = useWorld();
const MINUTE_MS = 60_000;

/** What the lowest card of a chat made a locked phone say when it came; undefined: nothing. */
async function bannerOf(person: { cards(): Promise<readonly { outTrackId: string }[]> }): Promise<string | undefined> {
  const lowest = (await person.cards()).at(-1);
  const card = lowest && world().platform.cards.get(lowest.outTrackId);
  if (card === undefined) throw new Error('no card has come');
  return card.alert;
}

it('says nothing of a card that answers what was just written', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  expect(await bannerOf(nok)).toBeUndefined();
});

it('says in its reader’s language who asks to join', async () => {
  const anong = await world().hires('anong', { role: 'ADMIN', language: 'th' });
  const som = world().person('som');
  await som.says('hi');
  await som.fills({ isoEmail: 'demo@iso.example', name: 'Som Jai', phone: '+66 81 234 5099' });
  expect(await bannerOf(anong)).toMatch(/^คำขอ.* · Som Jai$/);
});

it('speaks of a photo of no use that was looked at late; of a good one the card tells when it is looked at', async () => {
  const nok = await world().hires('nok');
  await reach(nok, 'storefront');
  const sendsAndWaits = async (picture: Uint8Array): Promise<void> => {
    world().platform.refuse('downloadUrl', new AppError('dingtalk.unreachable'));
    await nok.sends(picture);
    await world().advance(MINUTE_MS / 4);
    world().platform.allow('downloadUrl');
    await world().advance(MINUTE_MS);
  };
  await sendsAndWaits(Buffer.from('this is no picture'));
  expect(await bannerOf(nok)).toMatch(/^Step 1 of 4 · Storefront photo · .*picture/);
  await sendsAndWaits(await pictures.storefront(1));
  await nok.sees('Front photo kept');
  expect(await bannerOf(nok)).toBeUndefined();
});

it('leaves the card where it is when a late photo is about something else than it shows', async () => {
  const nok = await world().hires('nok');
  await reach(nok, 'storefront');
  world().platform.refuse('downloadUrl', new AppError('dingtalk.unreachable'));
  await nok.sends(Buffer.from('this is no picture'));
  await world().advance(MINUTE_MS / 4);
  await nok.says('menu');
  const cards = (await nok.cards()).length;
  world().platform.allow('downloadUrl');
  await world().advance(MINUTE_MS);
  expect(await nok.cards()).toHaveLength(cards);
  await nok.sees('Hi Nok');
});

it('says nothing of what an entry at the bottom of the chat opens', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await world().finds({ type: 'quickEntry.tapped', facts: { entry: 'language' } }, 'nok');
  await nok.sees('English');
  expect(await bannerOf(nok)).toBeUndefined();
});
