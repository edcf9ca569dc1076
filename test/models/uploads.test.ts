import { describe, expect, it } from 'vitest';
import { findUploads, keepMediaId, uploadFailed } from '../../models/uploads.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from './store.ts';

const CROWD = 50;
const FAILED = { tries: 2, notBefore: 1_800_000_000_000, givenUp: false };

describe.each(servers())('uploads on the $name server', ({ uri }) => {
  useModels(uri);

  it('keep one media id of fifty that came at once', async () => {
    await Promise.all(Array.from({ length: CROWD }, (_, index) => keepMediaId('app', 'crowded', `@${index}`)));
    const first = await findUploads('app', ['crowded']);
    await keepMediaId('app', 'crowded', '@late');
    expect(await findUploads('app', ['crowded'])).toEqual(first);
  });

  it('a failure is remembered until an upload was done, and never undoes one', async () => {
    await uploadFailed('app', 'late', FAILED);
    expect((await findUploads('app', ['late'])).get('late')).toEqual(FAILED);
    await keepMediaId('app', 'late', '@done');
    await uploadFailed('app', 'late', FAILED);
    expect((await findUploads('app', ['late'])).get('late')).toMatchObject({ mediaId: '@done', tries: 0 });
  });

  it('belong to one app', async () => {
    await keepMediaId('app', 'mine', '@mine');
    expect(await findUploads('other', ['mine', 'nobody’s'])).toEqual(new Map());
  });
});
