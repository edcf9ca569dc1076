import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import mongoose from 'mongoose';
import { beforeEach, expect, test } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { freePictures, nextVerdict, pictureApplied, picturesAside, reservePictures } from '../../models/pictures.ts';
import { inTransaction } from '../../models/transaction.ts';
import type { PhotoChecker } from '../../src/media/photo-checker.ts';
import { createPicturePool } from '../../src/media/picture-pool.ts';
import type { PictureVerdict } from '../../src/media/picture-verdict.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { useModels } from '../models/store.ts';
import { RecordingPlatform } from '../support/in-process/recording-platform.ts';
import { StillClock } from '../support/still-clock.ts';

const { onDisk } = useModels(undefined);
beforeEach(forgetEverything);

const clock = new StillClock();
const platform = new RecordingPlatform(() => undefined);
const REFUSED = { kept: false, reason: 'picture.tooSmall', originalHash: '' } as const;

/** What the checks of one process come to: the words of pictures that begin with `kill` are never said; `during` a check something happens. */
function processOf(seen: string[], during: (name: string) => void = () => undefined) {
  const killed = new Set<string>();
  const checker: PhotoChecker = {
    async check(bytes) {
      const name = bytes.toString();
      seen.push(name);
      during(name);
      if (name.startsWith('kill')) {
        killed.add(name);
        return new Promise<never>(() => undefined);
      }
      return REFUSED;
    },
    close: async () => undefined,
  };
  const inFlight = createInFlight();
  const pool = createPicturePool({
    platform,
    checker,
    photos: { put: async () => undefined },
    alike: { find: async () => [] },
    clock,
    ids: systemIds,
    log: createLog({ level: 'silent' }),
    inFlight,
    random: () => 0,
    ready: () => undefined,
  });
  return { pool, inFlight, killed };
}

async function send(...names: string[]): Promise<void> {
  for (const name of names) platform.keepFile(name, Buffer.from(name));
  await inTransaction((tx) =>
    reservePictures(
      names.map((name, seq) => ({
        pictureId: name,
        userId: 'nok',
        about: { kind: 'draft', id: name },
        isoId: 'iso',
        seq,
        downloadCode: name,
        sentAt: clock.now(),
      })),
      tx,
    ),
  );
}

/** The reasons of what has a verdict, by picture. */
async function reasons(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (;;) {
    const next = await inTransaction((tx) => nextVerdict<PictureVerdict>('nok', tx));
    if (next === undefined) return found;
    found[next.picture.pictureId] = next.verdict.kept ? 'kept' : next.verdict.reason;
    await inTransaction((tx) => pictureApplied(next.picture.pictureId, tx));
  }
}

/** Runs a process until it is killed by a picture, or has nothing left to do; what it had in hand is free then, as after a restart. */
async function run(seen: string[]): Promise<void> {
  const { pool, inFlight, killed } = processOf(seen);
  pool.wake();
  while (killed.size === 0 && inFlight.left().length > 0) await inFlight.changed(inFlight.changes(), 10);
  if (killed.size === 0) await pool.close();
  else void pool.close();
  await freePictures();
}

test('a picture that kills the process each time is answered after three checks, and kept aside', async () => {
  await send('kill me');
  const seen: string[] = [];
  for (let start = 0; start < 5; start += 1) await run(seen);
  expect(seen).toEqual(['kill me', 'kill me', 'kill me']);
  expect(await reasons()).toEqual({ 'kill me': 'picture.cannotBeRead' });
  expect(await picturesAside()).toMatchObject([{ pictureId: 'kill me' }]);
});

test('those that were in hand beside it get their own verdict, each checked alone', async () => {
  await send('kill a', 'b', 'c', 'kill d');
  const seen: string[] = [];
  for (let start = 0; start < 9; start += 1) await run(seen);
  expect(await reasons()).toEqual({
    'kill a': 'picture.cannotBeRead',
    b: 'picture.tooSmall',
    c: 'picture.tooSmall',
    'kill d': 'picture.cannotBeRead',
  });
  expect((await picturesAside()).map(({ pictureId }) => pictureId).toSorted()).toEqual(['kill a', 'kill d']);
});

test('one whose verdict could not be noted is checked again as soon as the disk has room, and was not to blame', async () => {
  await send('a');
  const seen: string[] = [];
  const { pool, inFlight } = processOf(seen, () => onDisk(seen.length <= 3 ? 'failing' : undefined));
  for (let filled = 1; filled <= 3; filled += 1) {
    pool.wake();
    await expect.poll(() => seen).toHaveLength(filled);
    await expect.poll(() => inFlight.left()).toEqual([]);
    onDisk(undefined);
  }
  await expect.poll(reasons).toEqual({ a: 'picture.tooSmall' });
  await pool.close();
});

test('what another process has in hand and does not do is taken up when its time is over, without being woken', async () => {
  await send('left');
  const held = { token: 'another', leaseUntil: clock.machine() + 400 };
  await mongoose.connection.collection<{ _id: string }>('pictures').updateOne({ _id: 'left' }, { $set: held });
  const seen: string[] = [];
  const { pool } = processOf(seen);
  pool.wake();
  await expect.poll(() => seen).toEqual(['left']);
  await pool.close();
});
