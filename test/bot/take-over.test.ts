import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimStaleCard } from '../../models/card-puts.ts';
import { addCard, cardWasDelivered, wantCard } from '../../models/cards.ts';
import { forgetEverything } from '../../models/database.ts';
import { holdLane } from '../../models/lanes.ts';
import { holdLease } from '../../models/leases.ts';
import { addToOutbox, claimSend } from '../../models/outbox.ts';
import { claimPicture, reservePictures } from '../../models/pictures.ts';
import { inTransaction } from '../../models/transaction.ts';
import { takeOver } from '../../src/bot/take-over.ts';
import { useModels } from '../models/store.ts';

useModels(undefined);
const NOW = Date.UTC(2026, 10, 24, 3);
const subject = { kind: 'person', id: 'nok' } as const;

/** Whatever a process can hold, taken under this name; what it got. */
async function takeEverything(name: string) {
  return {
    lane: await holdLane('nok', name, NOW),
    lease: await holdLease('hand-over', name, NOW, 60_000),
    send: (await claimSend(name, NOW, NOW))?.intent,
    picture: (await claimPicture(name, NOW, NOW))?.pictureId,
    redraw: (await claimStaleCard(name, NOW))?.card.outTrackId,
  };
}
const EVERYTHING = { lane: true, lease: true, send: 'waits', picture: 'picture', redraw: 'stale' };
const NOTHING = { lane: false, lease: false, send: undefined, picture: undefined, redraw: undefined };

beforeEach(async () => {
  await inTransaction(async (tx) => {
    for (const outTrackId of ['stale', 'waits'])
      await addCard({ outTrackId, kind: 'working', view: 'menu', subject, viewer: 'nok', line: undefined, at: 0 }, tx);
    await cardWasDelivered('stale', { version: 1, hash: 'x' }, false, tx);
    await wantCard('stale', { view: 'help' }, tx);
    await addToOutbox({ intent: 'waits', outTrackId: 'waits', priority: 'answer', dueAt: NOW }, tx);
    const about = { kind: 'draft', id: 'd1' } as const;
    const picture = {
      pictureId: 'picture',
      userId: 'nok',
      isoId: 'iso',
      about,
      sentAt: NOW,
      seq: 1,
      downloadCode: 'c',
    };
    await reservePictures([picture], tx);
  });
});
afterEach(forgetEverything);

it('who opens the store after a process was killed need not wait for what that one held', async () => {
  expect(await takeEverything('killed')).toEqual(EVERYTHING);
  expect(await takeEverything('new')).toEqual(NOTHING);
  await takeOver();
  expect(await takeEverything('new')).toEqual(EVERYTHING);
});

it('what one of several processes held that is dead is free, and what another one holds is not', async () => {
  expect(await takeEverything('dead.1')).toEqual(EVERYTHING);
  await takeOver('dea');
  await takeOver('dead.1');
  expect(await takeEverything('new.1')).toEqual(NOTHING);
  await takeOver('dead');
  expect(await takeEverything('new.1')).toEqual(EVERYTHING);
});
