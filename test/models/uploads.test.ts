import { describe, expect, it } from 'vitest';
import { findUploads, forgetUpload, keepMediaId, uploadFailed } from '../../models/uploads.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from './store.ts';

const CROWD = 50;
const CROWDED = { contentHash: 'crowded' };
const FAILED = { tries: 2, notBefore: 1_800_000_000_000, givenUp: false };

describe.each(servers())('uploads on the $name server', ({ uri }) => {
  useModels(uri);

  it('keep one media id of fifty that came at once', async () => {
    await Promise.all(Array.from({ length: CROWD }, (_, index) => keepMediaId('app', CROWDED, `@${index}`)));
    const first = await findUploads('app', ['crowded']);
    await keepMediaId('app', CROWDED, '@late');
    expect(await findUploads('app', ['crowded'])).toEqual(first);
  });

  it('a failure is remembered until an upload was done, and never undoes one', async () => {
    await uploadFailed('app', 'late', FAILED);
    expect((await findUploads('app', ['late'])).get('late')).toEqual(FAILED);
    await keepMediaId('app', { contentHash: 'late' }, '@done');
    await uploadFailed('app', 'late', FAILED);
    expect((await findUploads('app', ['late'])).get('late')).toMatchObject({ mediaId: '@done', tries: 0 });
  });

  it.each(['first', 'second', 'third'])(
    'made of several photos are forgotten with the %s of them, and no others',
    async (gone) => {
      const photos = ['first', 'second', 'third'];
      const others = photos.filter((photo) => photo !== gone);
      const app = `app of ${gone}`;
      for (const photo of photos) await keepMediaId(app, { contentHash: photo }, `@${photo}`);
      await keepMediaId(app, { contentHash: 'first/sheet', madeOf: photos }, '@sheet');
      await keepMediaId(app, { contentHash: 'sheet of the others', madeOf: others }, '@others');
      await forgetUpload(app, gone);
      const known = await findUploads(app, [...photos, 'first/sheet', 'sheet of the others']);
      expect([...known.keys()].sort()).toEqual([...others, 'sheet of the others'].sort());
    },
  );

  it('belong to one app', async () => {
    await keepMediaId('app', { contentHash: 'mine' }, '@mine');
    expect(await findUploads('other', ['mine', 'nobody’s'])).toEqual(new Map());
  });
});
