import type mongoose from 'mongoose';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { findCapture, keepPiece } from '../../../models/captures.ts';
import { forgetEverything } from '../../../models/database.ts';
import { captureKey } from '../../../models/sealing.ts';
import { createReceiver, PIECE_BYTES } from '../../../src/web/capture/receive.ts';
import { useModels } from '../../models/store.ts';
import { sealedAs } from '../../support/capture-phone.ts';
import { watchedClient } from '../../support/hear-commands.ts';
import { pictures } from '../../support/pictures.ts';
import { StillClock } from '../../support/still-clock.ts';

useModels(undefined, { watched: true });
beforeEach(forgetEverything);

const clock = new StillClock();
const PIECES = 'capturepieces';

/** How many uploads were read from the store at the same moment, at most. */
function mostReadAtOnce(): () => number {
  const client = watchedClient();
  const reading = new Map<number, number>();
  let most = 0;
  const begins = ({ requestId, commandName, command }: mongoose.mongo.CommandStartedEvent): void => {
    if (commandName !== 'find' && commandName !== 'aggregate') return;
    reading.set(requestId, JSON.stringify(command).split(`"${PIECES}"`).length - 1);
    most = Math.max(
      most,
      [...reading.values()].reduce((sum, count) => sum + count, 0),
    );
  };
  const ends = ({ requestId }: { readonly requestId: number }): void => void reading.delete(requestId);
  client.on('commandStarted', begins);
  client.on('commandSucceeded', ends);
  client.on('commandFailed', ends);
  onTestFinished(() => {
    client.off('commandStarted', begins);
    client.off('commandSucceeded', ends);
    client.off('commandFailed', ends);
  });
  return () => most;
}

/** So many phones, all of whose photo is here; the word with which it is finished is not said yet, as where a bot was killed before it. */
async function whole(count: number) {
  const recorded: string[] = [];
  const dingTalkNow = (): number => clock.now();
  const receiver = createReceiver({ clock, dingTalkNow, recorded: (lane) => void recorded.push(lane) });
  const photo = await pictures.storefront(1);
  const { keyId, publicKey } = captureKey();
  const phones = [];
  for (let index = 0; index < count; index += 1) {
    const userId = `u${index % 5}`;
    const work = { kind: 'draft', id: `d${index}` } as const;
    const ticket = { userId, isoId: 'iso', work, at: clock.now() };
    const header = { kind: 'photo', slot: 'store//front', takenAt: clock.now() };
    const { hash, bytes } = sealedAs(publicKey, header, photo);
    const upload = { ticket: '', hash, size: bytes.length, keyId, phoneNow: clock.now() };
    await receiver.begin(ticket, upload);
    for (let have = 0; have < bytes.length; )
      have = await keepPiece(hash, have, bytes.subarray(have, have + PIECE_BYTES), clock.now());
    phones.push({ hash, ends: () => receiver.begin(ticket, upload) });
  }
  return { recorded, phones };
}

it('uploads that become whole at the same moment are opened one after the other, each once', async () => {
  const { recorded, phones } = await whole(12);
  const most = mostReadAtOnce();
  const answers = await Promise.all(phones.map(({ ends }) => ends()));
  expect(answers.filter((answer) => answer.kind === 'progress' && answer.done)).toHaveLength(12);
  expect(recorded.toSorted()).toEqual(phones.map((_, index) => `u${index % 5}`).toSorted());
  for (const { hash } of phones) expect((await findCapture(hash))?.isDone).toBe(true);
  expect(most()).toBe(1);
});

it('one that is said to be whole by many at once is opened by the first of them', async () => {
  const { recorded, phones } = await whole(1);
  const most = mostReadAtOnce();
  const answers = await Promise.all(Array.from({ length: 6 }, () => phones[0]?.ends()));
  expect(answers.every((answer) => answer?.kind === 'progress')).toBe(true);
  expect(recorded).toEqual(['u0']);
  expect(most()).toBe(1);
});
