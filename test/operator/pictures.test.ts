import { beforeEach, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { claimPicture, keepPictureAside, reservePictures } from '../../models/pictures.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { typed } from './typed.ts';

useModels(undefined);
beforeEach(forgetEverything);

const SENT = Date.UTC(2026, 4, 3, 5);

async function oneAside(): Promise<void> {
  await typed('iso create --email mango@iso.example --name Mango');
  const isoId = (await findIsoByEmail('mango@iso.example'))?.isoId ?? '';
  const about = { kind: 'draft', id: 'd1' } as const;
  const picture = { pictureId: 'm1#0', userId: 'nok', about, isoId, seq: 1, downloadCode: 'c', sentAt: SENT };
  await inTransaction((tx) => reservePictures([picture], tx));
  await claimPicture('w', SENT, SENT);
  await keepPictureAside('m1#0', 'w', { verdict: 'cannot be read', now: SENT + 1_000 });
}

it('the list says that nothing is kept aside, else what it was sent for, and never by whom', async () => {
  expect((await typed('pictures list')).out).toBe('No picture is kept aside.');
  await oneAside();
  const { out } = await typed('pictures list');
  expect(out).toBe('m1#0  mango@iso.example  draft d1  sent 2026-05-03T05:00:00.000Z');
});

it('one is checked again, and no more kept aside', async () => {
  await oneAside();
  expect(await typed('pictures retry m1#0')).toMatchObject({ exit: 0, out: 'm1#0 is checked once more.' });
  expect(await claimPicture('w', SENT, SENT)).toMatchObject({ pictureId: 'm1#0' });
  const none = 'No picture m1#0 is kept aside. See: npm run op -- pictures list';
  expect(await typed('pictures retry m1#0')).toEqual({ exit: 1, out: '', err: none });
});

it('one is dropped', async () => {
  await oneAside();
  expect(await typed('pictures drop m1#0')).toMatchObject({ exit: 0, out: 'm1#0 is forgotten.' });
  expect((await typed('pictures list')).out).toBe('No picture is kept aside.');
  expect(await typed('pictures drop m1#0')).toMatchObject({ exit: 1 });
});
