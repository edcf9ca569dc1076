import sharp from 'sharp';
import { expect, it } from 'vitest';
import { samplePicture } from '../../packages/dingtalk-sandbox/src/samples/sample.ts';
import { ALIKE_FROM } from '../../src/media/alike-photos.ts';
import { toGrey } from '../../src/media/grey-image.ts';
import { alikeness, VIEW_SIDE } from '../../src/media/same-view.ts';

it('the counters of two shops of the demo are no copies of one another', async () => {
  const seeds = Array.from({ length: 10 }, (_, nth) => nth * 7919 + 3);
  const views = await Promise.all(
    seeds.map(async (seed) => {
      const jpeg = await samplePicture({ kind: 'counter', seed, look: 'good', side: 640 });
      return toGrey(sharp(jpeg).resize({ width: VIEW_SIDE, height: VIEW_SIDE, fit: 'fill' }));
    }),
  );
  const alike = views.flatMap((one, at) => views.slice(at + 1).map((other) => alikeness(one, other)));
  expect(Math.max(...alike)).toBeLessThan(ALIKE_FROM);
});
