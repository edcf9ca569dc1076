import { DAY_MS } from '@field/kit/calendar';
import mongoose from 'mongoose';
import { beforeEach, expect, it } from 'vitest';
import { findCapture } from '../../../models/captures.ts';
import { forgetEverything } from '../../../models/database.ts';
import { captureKey } from '../../../models/sealing.ts';
import { cardRules } from '../../../src/daily/retention/cards.ts';
import { createReceiver } from '../../../src/web/capture/receive.ts';
import { useModels } from '../../models/store.ts';
import { sealedAs } from '../../support/capture-phone.ts';
import { pictures } from '../../support/pictures.ts';
import { StillClock } from '../../support/still-clock.ts';

useModels(undefined);
beforeEach(forgetEverything);

const HALF = 30_000;
const clock = new StillClock();
const receiver = createReceiver({ clock, dingTalkNow: () => clock.now(), recorded: () => undefined });

/** Somebody begins to send a photo, and something of it comes. */
async function begins(userId: string) {
  clock.moveTo(clock.now() + 1_000);
  const { keyId, publicKey } = captureKey();
  const header = { kind: 'photo', slot: 'store//front', takenAt: clock.now() };
  const { hash, bytes } = sealedAs(publicKey, header, await pictures.storefront(1));
  const ticket = { userId, isoId: 'iso', work: { kind: 'draft', id: 'd1' } as const, at: clock.now() };
  await receiver.begin(ticket, { ticket: '', hash, size: bytes.length, keyId, phoneNow: clock.now() });
  await receiver.piece(hash, 0, bytes.subarray(0, HALF));
  return { hash, bytes };
}

const holders = async (): Promise<readonly string[]> => {
  const rows = await mongoose.connection.collection<{ userId: string }>('capturepieces').find({}).toArray();
  return rows.map(({ userId }) => userId);
};

it('uploads of one person that never end hold no more than a few, and nobody else’s go for them', async () => {
  await begins('nok');
  for (let count = 0; count < 40; count += 1) await begins('lek');
  const held = await holders();
  expect([held.filter((one) => one === 'lek').length, held.filter((one) => one === 'nok').length]).toEqual([12, 1]);
});

it('one that made room is sent from its beginning again, and arrives', async () => {
  const first = await begins('lek');
  for (let count = 0; count < 12; count += 1) await begins('lek');
  expect(await findCapture(first.hash)).toMatchObject({ have: 0, isDone: false });
  let answer = await receiver.piece(first.hash, HALF, first.bytes.subarray(HALF, 2 * HALF));
  while (answer.kind === 'progress' && !answer.done)
    answer = await receiver.piece(first.hash, answer.have, first.bytes.subarray(answer.have, answer.have + HALF));
  expect(answer).toMatchObject({ kind: 'progress', done: true });
});

it('what is whole and waits for its check goes for nothing', async () => {
  const whole = await begins('lek');
  for (let have = HALF; have < whole.bytes.length; have += HALF)
    await receiver.piece(whole.hash, have, whole.bytes.subarray(have, have + HALF));
  for (let count = 0; count < 20; count += 1) await begins('lek');
  expect(await findCapture(whole.hash)).toMatchObject({ isDone: true });
  const left = await mongoose.connection.collection('capturepieces').countDocuments({ hash: whole.hash });
  expect(left).toBe(Math.ceil(whole.bytes.length / HALF));
});

it('what was begun and never ended goes with all that came of it after the days of cards, and not before', async () => {
  const { hash } = await begins('lek');
  const keep = { recordsMonths: 24, photosMonths: 13, draftsDays: 180, cardsDays: 30, filesDays: 90, webhooksDays: 30 };
  const rule = cardRules(keep, clock).find(({ of }) => of === 'captures');
  const nightAfter = async (days: number): Promise<void> => {
    for await (const _ of rule?.remove(clock.now() + days * DAY_MS) ?? []);
  };
  await nightAfter(29);
  expect([await findCapture(hash), await holders()]).toMatchObject([{ have: HALF }, ['lek']]);
  await nightAfter(31);
  expect([await findCapture(hash), await holders()]).toEqual([undefined, []]);
});
