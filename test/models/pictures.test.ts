import { describe, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import {
  checkAgain,
  claimPicture,
  countPicturesAside,
  dropPictureAside,
  freePictures,
  keepPictureAside,
  nextVerdict,
  pictureApplied,
  pictureCheckBegins,
  pictureChecked,
  picturesAside,
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
    await retryPicture('orphan#1', 'dead', { now: NOW, dueAt: NOW, counts: true });
    expect(await nextOf('of-orphan')).toBeUndefined();
    await pictureChecked('orphan#1', 'second', 'right');
    expect(await nextOf('of-orphan')).toMatchObject({ verdict: 'right' });
    await applied('orphan#1');
  });

  it('waits until it is due after a try that failed, and at once after a restart', async () => {
    await reserve('again', [1]);
    await claim(NOW, 'w');
    await retryPicture('again#1', 'w', { now: NOW, dueAt: NOW + 10, counts: true });
    expect(await claimPicture('w', NOW + 9, NOW)).toBeUndefined();
    expect(await claimPicture('w', NOW + 10, NOW)).toMatchObject({ pictureId: 'again#1', tries: 2 });
    await retryPicture('again#1', 'w', { now: NOW, dueAt: NOW + 10, counts: false });
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

  it('lets each of three hundred pictures of one person wait for those of others', async () => {
    await reserve(
      'flood',
      Array.from({ length: 300 }, (_, seq) => seq),
    );
    await reserve('others', [20_500, 20_501]);
    const order: string[] = [];
    for (let index = 0; index < 6; index += 1) {
      const { pictureId } = await claim(NOW, `w${index}`);
      order.push(pictureId);
    }
    // in the twenty seconds before the other one sent theirs, three of the flood had their turn
    expect(order).toEqual(['flood#0', 'flood#1', 'flood#2', 'others#20500', 'flood#3', 'others#20501']);
    await forgetEverything();
  });

  it('alternates between two who send many at once, and goes on in order with one alone', async () => {
    await reserve('one', [1, 2, 3], 'nok');
    await reserve('two', [2, 3], 'lek');
    await reserve('three', [4], 'nok');
    const order = [];
    for (let index = 0; index < 6; index += 1) order.push((await claim(NOW, `w${index}`)).pictureId);
    expect(order.map((id) => id.slice(0, 3))).toEqual(['one', 'two', 'one', 'two', 'one', 'thr']);
    await forgetEverything();
  });

  it('counts the checks that said nothing, and forgets one that failed in words', async () => {
    await reserve('deadly', [1]);
    expect(await claim(NOW, 'w1')).toMatchObject({ begun: 0 });
    expect(await pictureCheckBegins('deadly#1', 'w1', NOW)).toBe(true);
    await freePictures();
    expect(await claim(NOW, 'w2')).toMatchObject({ begun: 1 });
    expect(await pictureCheckBegins('deadly#1', 'w1', NOW)).toBe(false);
    expect(await pictureCheckBegins('deadly#1', 'w2', NOW)).toBe(true);
    await retryPicture('deadly#1', 'w2', { now: NOW, dueAt: NOW, counts: true, begun: 1 });
    expect(await claim(NOW, 'w3')).toMatchObject({ begun: 1 });
    await forgetEverything();
  });

  it('renews the lease when the check begins', async () => {
    await reserve('slow', [1]);
    await claim(NOW, 'w1');
    await pictureCheckBegins('slow#1', 'w1', NOW + LEASE_MS - 1);
    expect(await claimPicture('w2', NOW, NOW + LEASE_MS)).toBeUndefined();
    await forgetEverything();
  });

  it('keeps one aside until an operator has it checked again or drops it', async () => {
    await reserve('aside', [1, 2]);
    for (const token of ['w1', 'w2']) {
      const { pictureId } = await claim(NOW, token);
      await keepPictureAside(pictureId, token, { verdict: 'cannot be read', now: NOW });
    }
    expect(await nextOf('of-aside')).toMatchObject({ verdict: 'cannot be read', picture: { pictureId: 'aside#1' } });
    await applied('aside#1');
    await applied('aside#2');
    await freePictures();
    expect(await claimPicture('w', NOW, NOW)).toBeUndefined();
    expect(await picturesAside()).toMatchObject([{ pictureId: 'aside#1', asideAt: NOW }, { pictureId: 'aside#2' }]);
    expect(await checkAgain('aside#1')).toBe(true);
    expect(await claim()).toMatchObject({ pictureId: 'aside#1', downloadCode: 'code 1', tries: 1, begun: 0 });
    expect(await dropPictureAside('aside#2')).toBe(true);
    expect(await countPicturesAside()).toBe(0);
    expect(await checkAgain('aside#2')).toBe(false);
    expect(await dropPictureAside('aside#1')).toBe(false);
    await forgetEverything();
  });
});
