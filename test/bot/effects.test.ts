import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { findCard, wantCard } from '../../models/cards.ts';
import { pendingSends } from '../../models/outbox.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { inTransaction } from '../../models/transaction.ts';
import { type Context, newContext } from '../../src/bot/context.ts';
import { commitEffects } from '../../src/bot/effects.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();
const MENU = { view: 'menu', subject: { kind: 'person', id: 'nok' } } as const;
const LINE = { kind: 'line', view: 'line', subject: MENU.subject, line: { key: 'notice.trouble' } } as const;

/** One update of Nok's in a transaction: what `handle` wants is carried out, and then it may still fail. */
async function committing(handle: (ctx: Context) => void | Promise<void>, fails = false) {
  return await inTransaction(async (tx) => {
    const person = await findPerson('nok', tx);
    if (person === undefined) throw new Error('nobody was hired');
    const update = world().message('nok', { text: 'hello' });
    const now = world().clock.now();
    const ctx = newContext({ update, tx, ids: world().ids, now, dingTalkNow: now, person, card: undefined });
    await handle(ctx);
    const after = await commitEffects(ctx);
    if (fails) throw new Error('a mistake of ours');
    return after;
  });
}
const audited = async (): Promise<unknown[]> =>
  await mongoose.connection.collection('audit').find({}).sort({ at: 1 }).toArray();

function everything(ctx: Context): void {
  ctx.show(MENU);
  ctx.send({ ...LINE, intent: 'line', to: 'nok' });
  ctx.enqueue({ kind: 'lookup', id: 'nok', intent: 'lookup' });
  ctx.showTo('lek', { ...MENU, subject: { kind: 'person', id: 'lek' } });
  ctx.audit('promotion.start', MENU.subject, { count: 1 });
}

it('everything that a handler wants happens together', async () => {
  for (const userId of ['nok', 'lek']) await world().hires(userId);
  expect((await committing(everything)).sends).toBe(true);
  expect(await pendingSends()).toBe(4);
  for (const userId of ['nok', 'lek'])
    expect(await findCard((await findPerson(userId))?.workingCard ?? '')).toMatchObject({ view: 'menu' });
  expect(await audited()).toMatchObject([
    { what: 'promotion.start', by: 'nok', cause: 'msg-0001', details: { count: 1 } },
  ]);
});

it('nothing of it happens where the transaction fails', async () => {
  for (const userId of ['nok', 'lek']) await world().hires(userId);
  await expect(committing(everything, true)).rejects.toThrow('a mistake of ours');
  expect(await pendingSends()).toBe(0);
  expect((await findPerson('nok'))?.workingCard).toBeUndefined();
  expect((await findPerson('lek'))?.workingCard).toBeUndefined();
  expect(await audited()).toEqual([]);
});

it('what nobody wanted sends nothing', async () => {
  await world().hires('nok');
  expect(await committing(() => undefined)).toEqual({ tapped: undefined, below: 0, sends: false });
});

it('the same intent makes one card and one contact job, however often it is wanted', async () => {
  await world().hires('nok');
  for (const _ of [1, 2])
    await committing((ctx) => {
      ctx.send({ ...LINE, intent: 'line', to: 'nok' });
      ctx.enqueue({ kind: 'lookup', id: 'nok', intent: 'lookup' });
    });
  expect(await pendingSends()).toBe(2);
});

it('a working card that is sent anew folds the old one', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const old = (await nok.card()).outTrackId;
  await nok.says('menu');
  const folded = world().platform.cards.get(old)?.params;
  expect(JSON.stringify(folded)).toContain('Continued below');
  expect((await nok.card()).outTrackId).not.toBe(old);
});

/** Nok taps this card, and no call is made for it: it is the working card from now on. */
async function worksOn(outTrackId: string) {
  await inTransaction(async (tx) => {
    const [person, card] = [await findPerson('nok', tx), await findCard(outTrackId, tx)];
    if (person === undefined || card === undefined) throw new Error('nobody, or nothing');
    const update = world().tap(outTrackId, { userId: 'nok', actionId: 'x', params: { action: 'menu.open' } });
    const now = world().clock.now();
    const ctx = newContext({ update, tx, ids: world().ids, now, dingTalkNow: now, person, card, stop: 'taps' });
    ctx.show(MENU);
    const { tapped } = await commitEffects(ctx);
    if (tapped !== undefined) await wantCard(outTrackId, tapped, tx);
  });
  await world().sweep();
}
const isFolded = (outTrackId: string) =>
  JSON.stringify(world().platform.cards.get(outTrackId)?.params ?? {}).includes('Continued below');

it('whoever goes on where no call is made leaves no second card behind a card that was still to come', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const working = (await nok.card()).outTrackId;
  const told = { intent: 'told', to: 'nok', kind: 'record', view: 'help', subject: MENU.subject } as const;
  await inTransaction((tx) => sendRecord(told, world().clock.now(), tx));
  await world().sweep();
  const record = (await nok.card()).outTrackId;
  await committing((ctx) => ctx.show(MENU));
  const toCome = (await findPerson('nok'))?.workingCard ?? '';
  await worksOn(record);
  expect((await findPerson('nok'))?.workingCard).toBe(record);
  expect(world().platform.cards.has(toCome)).toBe(false);
  expect(isFolded(working)).toBe(true);
});

it('nor does the card that they go on with fold once that one comes', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const working = (await nok.card()).outTrackId;
  await committing((ctx) => ctx.show(MENU));
  await worksOn(working);
  expect((await findPerson('nok'))?.workingCard).toBe(working);
  expect(isFolded(working)).toBe(false);
});

it('a card for somebody who is not known is left out', async () => {
  await world().hires('nok');
  await committing((ctx) => ctx.showTo('nobody', MENU));
  expect(await pendingSends()).toBe(0);
});

it('a move that is asked for again keeps the first name and the latest time, and counts every photo', async () => {
  await world().hires('nok');
  await committing((ctx) => ctx.moveBelow({ afterMs: 2_000, evenForm: false, photos: 1 }));
  const first = (await findPerson('nok'))?.move;
  world().clock.moveTo(world().clock.now() + 1_000);
  await committing((ctx) =>
    ctx.moveBelow({ afterMs: 2_000, evenForm: true, photos: 2, line: { key: 'line.keptPlace' } }),
  );
  expect((await findPerson('nok'))?.move).toEqual({
    ...first,
    dueAt: (first?.dueAt ?? 0) + 1_000,
    saidAt: (first?.saidAt ?? 0) + 1_000,
    photos: 3,
    evenForm: true,
    line: { key: 'line.keptPlace' },
  });
  await inTransaction((tx) => changePerson('nok', { move: null }, tx));
});

it('a working card that becomes a record leaves the person with none', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const { outTrackId } = await nok.card();
  const { sends } = await committing((ctx) => ctx.become({ view: 'help', subject: MENU.subject }));
  expect(await findCard(outTrackId)).toMatchObject({ kind: 'record', view: 'help' });
  // it is not the card that an answer draws
  expect(sends).toBe(true);
  expect((await findPerson('nok'))?.workingCard).toBeUndefined();
});

it('with no working card there is nothing that could become a record', async () => {
  await world().hires('nok');
  expect(await committing((ctx) => ctx.become({ view: 'help', subject: MENU.subject }))).toMatchObject({
    tapped: undefined,
    sends: false,
  });
});
