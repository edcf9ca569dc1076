import { expect } from 'vitest';
import { SHOP } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { storedRows } from '../support/world/stored-rows.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('Nok works on while connections die unseen');

/** A push comes again after a minute of the calendar. */
const PUSHED_AGAIN_MS = 61_000;
const WHOLE_LOG = 100_000;

const foundDead = (): number => world.botLog(WHOLE_LOG).split('"why":"silent"').length - 1;

/** As the health page says it. */
async function connection(): Promise<unknown> {
  const { parts } = (await (await fetch(`${world.botUrl}/healthz`)).json()) as { parts: { connection: unknown } };
  return parts.connection;
}

/** Makes so many connections half-open, does something meanwhile, and goes on once they are found dead and replaced. */
async function whileDead(connections: number, work: () => Promise<void>): Promise<void> {
  const before = foundDead();
  await world.fault({ kind: 'silence', connections });
  await work();
  await expect.poll(foundDead).toBe(before + connections);
  await expect.poll(connection).toEqual({ ok: true, detail: '2 of 2 live' });
}

it('two connections are held', async () => {
  await expect.poll(connection).toEqual({ ok: true, detail: '2 of 2 live' });
});

it('what went into dead ones is answered when DingTalk pushes it again', async () => {
  await whileDead(2, async () => {
    await world.sandbox.say('staff1', 'menu');
  });
  await world.advance(PUSHED_AGAIN_MS);
  await nok.sees('Hi Nok', 'Alipay+ Marketing Code');
});

it('one of two dead: a tap that reaches the other is answered as ever, and once that is known every tap is', async () => {
  const card = await nok.card('Hi Nok');
  const tap = () => nok.taps('Language', { on: card, withoutWaiting: true });
  await whileDead(1, async () => {
    let answered = false;
    while (!answered) answered = (await tap()).applied;
  });
  for (const _ of [1, 2, 3, 4, 5, 6]) expect(await tap()).toMatchObject({ applied: true });
});

it('one of two dead: of what people write and send meanwhile nothing is lost, whichever of the two it went into', async () => {
  await nok.says('menu');
  await nok.taps('Alipay+ Marketing Code');
  await nok.taps('Start Promotion');
  await nok.fills({ ...SHOP, nameLocal: 'Krua Thai' });
  const sent = await Promise.all(Array.from({ length: 8 }, (_, index) => pictures.counter(40 + index)));
  await whileDead(1, async () => {
    for (const photo of sent) await world.sandbox.sendPictures('staff1', [photo]);
  });
  await world.advance(PUSHED_AGAIN_MS);
  await world.untilIdle();
  const rows = await storedRows(world);
  expect(rows.pictures).toHaveLength(sent.length);
  expect(new Set(rows.photos.map(({ contentHash }) => contentHash)).size).toBe(sent.length);
});

it('a photo that DingTalk does not push again is asked for on the card', async () => {
  await nok.says('menu');
  await nok.taps('Alipay+ Marketing Code');
  await nok.taps('Start Promotion');
  await nok.fills({ ...SHOP });
  await nok.sees('Storefront photo');
  await world.fault({ kind: 'fireAndForget', times: 1 });
  const photo = await pictures.storefront(1);
  await whileDead(2, async () => {
    await world.sandbox.sendPictures('staff1', [photo]);
  });
  await world.advance(PUSHED_AGAIN_MS);
  await nok.says('menu');
  await nok.taps('Resume Baan Coffee');
  await nok.sees('Storefront photo');
  await nok.sends(photo);
  await nok.sees('Step 2 of 4');
});

it('what comes as a bot is told to end and the next one starts is there', async () => {
  const photos = await Promise.all([11, 12, 13, 14].map((seed) => pictures.counter(seed)));
  const ended = world.stopBot();
  for (const photo of photos) await world.sandbox.sendPictures('staff1', [photo]);
  expect(await ended).toBe(0);
  await world.startBot();
  await world.advance(PUSHED_AGAIN_MS);
  for (const photo of photos) {
    await nok.sends(photo);
    await nok.sees('You have sent this very photo already.');
  }
});
