import { expect, it } from 'vitest';
import { findCard } from '../../models/cards.ts';
import { findPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { newContext } from '../../src/bot/context.ts';
import { commitEffects } from '../../src/bot/effects.ts';
import type { CardParams } from '../../src/platform/platform.ts';
import type { Update } from '../../src/platform/update.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();
/** Its answer leaves in time, as far as the bot knows, and never gets to the phone. */
const LOST = { arrives: false, leaves: true };
const PERSON = { kind: 'person', id: 'nok' } as const;

const onPhone = (outTrackId: string) => JSON.stringify(world().platform.cards.get(outTrackId)?.params);
const paramsOf = (outTrackId: string): CardParams => world().platform.cards.get(outTrackId)?.params ?? {};
const puts = () => world().platform.calls.filter((call) => call === 'updateCard').length;
const opensLanguage = (outTrackId: string) => {
  const params = { action: 'language.open', subject: 'person:nok', version: '0' };
  return world().tap(outTrackId, { userId: 'nok', actionId: 'b', params });
};

/** Nok's working card, and an older one that the phone still shows with its buttons. */
async function oldAndNew() {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const old = (await nok.card()).outTrackId;
  const asItWas = paramsOf(old);
  await nok.says('menu');
  world().platform.answer(old, { params: asItWas });
  return { nok, old, asItWas };
}

it('an old card whose fold was lost on its way is folded by one redraw', async () => {
  const { old, asItWas } = await oldAndNew();
  await world().takesIn(opensLanguage(old), LOST);
  expect(paramsOf(old)).toEqual(asItWas);
  const before = puts();
  await world().untilIdle();
  expect(onPhone(old)).toContain('Continued below');
  // and the working card, which shows what was tapped
  expect(puts() - before).toBe(2);
});

it('a tap that is pushed again is answered, and one redraw makes sure', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const { outTrackId } = await nok.card();
  const tap = opensLanguage(outTrackId);
  await world().takesIn(tap);
  await world().untilIdle();
  const before = puts();
  await world().takesIn(tap, LOST);
  await world().untilIdle();
  expect(puts() - before).toBe(1);
});

it('an answer that is found lost later, with its connection, is made good by one redraw', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const { outTrackId } = await nok.card();
  const answer = await world().takesIn(opensLanguage(outTrackId), LOST);
  await world().untilIdle();
  expect(onPhone(outTrackId)).toContain('Hi Nok');
  const before = puts();
  answer?.lost?.();
  await world().untilIdle();
  expect([onPhone(outTrackId).includes('Hi Nok'), puts() - before]).toEqual([false, 1]);
});

it('an answer that is found lost after the card was sent something else is left alone', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const { outTrackId } = await nok.card();
  const first = await world().takesIn(opensLanguage(outTrackId), LOST);
  await world().receive(opensLanguage(outTrackId));
  const before = puts();
  first?.lost?.();
  await world().untilIdle();
  expect(puts()).toBe(before);
});

/** What this update of Nok's leads to, in a transaction of its own. */
async function commits(update: Update, handle: (ctx: ReturnType<typeof newContext>) => void): Promise<void> {
  await inTransaction(async (tx) => {
    const person = await findPerson('nok', tx);
    if (person === undefined) throw new Error('nobody was hired');
    const card = update.kind === 'tap' ? await findCard(update.outTrackId, tx) : undefined;
    const now = world().clock.now();
    const ctx = newContext({ update, tx, ids: world().ids, now, dingTalkNow: now, person, card });
    handle(ctx);
    await commitEffects(ctx);
  });
  await world().sweep();
}

it.each([
  ['is made sure of when the next working card comes by a message', 'message', 1],
  ['is left alone when it is tapped itself, and so has arrived', 'tap', 0],
] as const)('a record that only an answer made one %s', async (_, next, redraws) => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const { outTrackId } = await nok.card();
  await commits(opensLanguage(outTrackId), (ctx) => ctx.become({ view: 'help', subject: PERSON }));
  expect((await findPerson('nok'))?.recordByAnswer).toBe(outTrackId);
  const before = puts();
  const update = next === 'tap' ? opensLanguage(outTrackId) : world().message('nok', { text: 'menu' });
  await commits(update, (ctx) => ctx.show({ view: 'menu', subject: PERSON }));
  expect((await findPerson('nok'))?.recordByAnswer).toBeUndefined();
  expect(puts() - before).toBe(redraws);
});
