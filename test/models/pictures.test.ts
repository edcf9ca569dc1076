import { describe, expect, it } from 'vitest';
import {
  claimPicture,
  freePictures,
  nextVerdict,
  pictureApplied,
  pictureChecked,
  picturesLeft,
  picturesUnderWay,
  reservePictures,
  retryPicture,
} from '../../models/pictures.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { insist, useModels } from './store.ts';

const CROWD = 50;
const NOW = 1_800_000_000_000;
const LEASE_MS = 60_000;

const reserve = (draftId: string, seqs: readonly number[], userId = `of-${draftId}`) =>
  inTransaction((tx) =>
    reservePictures(
      seqs.map((seq) => ({
        pictureId: `${draftId}#${seq}`,
        userId,
        about: { kind: 'draft', id: draftId },
        isoId: 'iso',
        seq,
        downloadCode: `code ${seq}`,
        sentAt: NOW + seq,
      })),
      tx,
    ),
  );

async function claim(machine = NOW, token = 'worker') {
  const picture = await claimPicture(token, NOW, machine);
  if (picture === undefined) throw new Error('no picture to check');
  return picture;
}

describe.each(servers())('pictures on the $name server', ({ uri }) => {
  useModels(uri);
  const nextOf = (userId: string) => inTransaction((tx) => nextVerdict<string>(userId, tx));
  const applied = (pictureId: string) => inTransaction((tx) => pictureApplied(pictureId, tx));

  it('gives each of fifty pictures to one worker', async () => {
    await reserve(
      'many',
      Array.from({ length: CROWD }, (_, seq) => seq),
    );
    const claims = await Promise.all(Array.from({ length: CROWD }, (_, index) => claimPicture(`w${index}`, NOW, NOW)));
    expect(new Set(claims.map((picture) => picture?.pictureId)).size).toBe(CROWD);
    expect(claims.every((picture) => picture?.downloadCode === `code ${picture?.seq}`)).toBe(true);
    expect(await claimPicture('late', NOW, NOW)).toBeUndefined();
    for (const [index, picture] of claims.entries())
      if (picture) {
        await pictureChecked(picture.pictureId, `w${index}`, 'seen');
        await applied(picture.pictureId);
      }
    expect(await picturesLeft()).toMatchObject({ pending: 0, lanes: [] });
  });

  it('applies the verdicts of a draft in the order the photos were sent, whichever is ready first', async () => {
    await reserve('ordered', [1, 2, 3]);
    const claims = [await claim(NOW, 'w1'), await claim(NOW, 'w2'), await claim(NOW, 'w3')];
    await pictureChecked(claims[2]?.pictureId ?? '', 'w3', 'third');
    await pictureChecked(claims[1]?.pictureId ?? '', 'w2', 'second');
    expect(await nextOf('of-ordered')).toBeUndefined();
    await pictureChecked(claims[0]?.pictureId ?? '', 'w1', 'first');
    const order: string[] = [];
    for (;;) {
      const next = await nextOf('of-ordered');
      if (next === undefined) break;
      order.push(next.verdict);
      await applied(next.picture.pictureId);
    }
    expect(order).toEqual(['first', 'second', 'third']);
  });

  it('does not hold one draft up for another', async () => {
    await reserve('slow', [1], 'lek');
    await claim(NOW, 'stuck');
    await reserve('swift', [1], 'lek');
    await pictureChecked((await claim(NOW, 'w')).pictureId, 'w', 'ready');
    expect(await nextOf('lek')).toMatchObject({ picture: { about: { kind: 'draft', id: 'swift' } }, verdict: 'ready' });
    expect(await picturesUnderWay({ kind: 'draft', id: 'slow' })).toBe(1);
    await applied('swift#1');
    await pictureChecked('slow#1', 'stuck', 'late');
    await applied('slow#1');
  });

  it('is checked again when its worker has died, whose verdict then counts no more', async () => {
    await reserve('orphan', [1]);
    await claim(NOW, 'dead');
    expect(await claimPicture('w', NOW, NOW + LEASE_MS - 1)).toBeUndefined();
    expect(await claim(NOW + LEASE_MS, 'second')).toMatchObject({ pictureId: 'orphan#1', tries: 2 });
    await pictureChecked('orphan#1', 'dead', 'from the dead');
    await retryPicture('orphan#1', 'dead', { dueAt: NOW, counts: true });
    expect(await nextOf('of-orphan')).toBeUndefined();
    await pictureChecked('orphan#1', 'second', 'right');
    expect(await nextOf('of-orphan')).toMatchObject({ verdict: 'right' });
    await applied('orphan#1');
  });

  it('waits until it is due after a try that failed, and at once after a restart', async () => {
    await reserve('again', [1]);
    await claim(NOW, 'w');
    await retryPicture('again#1', 'w', { dueAt: NOW + 10, counts: true });
    expect(await claimPicture('w', NOW + 9, NOW)).toBeUndefined();
    expect(await claimPicture('w', NOW + 10, NOW)).toMatchObject({ pictureId: 'again#1', tries: 2 });
    await retryPicture('again#1', 'w', { dueAt: NOW + 10, counts: false });
    expect(await claimPicture('w', NOW + 10, NOW)).toMatchObject({ pictureId: 'again#1', tries: 2 });
    expect(await claimPicture('w2', NOW + 10, NOW)).toBeUndefined();
    await freePictures();
    expect(await claimPicture('w2', NOW + 10, NOW)).toMatchObject({ pictureId: 'again#1', tries: 3 });
    await pictureChecked('again#1', 'w2', 'seen');
    await applied('again#1');
  });

  it('keeps a verdict whose applying was broken off', async () => {
    await reserve('broken', [1]);
    await pictureChecked((await claim()).pictureId, 'worker', 'seen');
    await inTransaction(async (tx) => {
      await pictureApplied('broken#1', tx);
      throw new Error('broken off');
    }).catch(() => undefined);
    expect(await nextOf('of-broken')).toMatchObject({ verdict: 'seen' });
    await insist((tx) => pictureApplied('broken#1', tx));
    expect(await nextOf('of-broken')).toBeUndefined();
  });
});
