import { setTimeout as after } from 'node:timers/promises';
import sharp, { type Sharp } from 'sharp';
import { join, NOK } from '../test/support/conversations/joining.ts';
import { declaring, LARGE_SIDE } from '../test/support/declared-size.ts';
import { heicOfPieces } from '../test/support/heic-pieces.ts';
import { reach } from '../test/support/world/reach.ts';
import { inBenchWorld } from './bench-world.ts';
import type { Extent } from './extent.ts';
import { treeRssMb } from './process-figures.ts';
import type { Row } from './row.ts';

const SAMPLED_EVERY_MS = 25;
/** Bytes that `decodingMemory` reckons just below what it lets pass, so that the decoder is really at work. */
const JUST_BELOW = 155 * 1024 * 1024;
const WITHIN_MS = 600_000;
/** As an iPhone takes it at 24 megapixels, the largest that is not halved on the way, in pieces larger than any phone's; and a small one. */
const LARGEST_HEIC = { columns: 4, rows: 4, width: 5100, height: 3820 };
const SMALL_HEIC = { columns: 1, rows: 1, width: 1600, height: 1200 };

/** What the bot and its children hold at the most while one person sends the worst pictures that there are, all at once. */
export async function worstPictureRows({ pictures: count, large }: Extent['worst']): Promise<Row[]> {
  const worst = await worstPictures(large ? JUST_BELOW : JUST_BELOW / 16, large ? LARGEST_HEIC : SMALL_HEIC);
  return await inBenchWorld(async (world) => {
    const nok = world.person('staff1');
    await join(nok, world.person('admin1'), NOK);
    await reach(nok, 'storefront');
    const peak = watchPeak(() => treeRssMb(world.botPid));
    const sent = Array.from({ length: count }, (_, index) => worst[index % worst.length] ?? Buffer.of());
    await Promise.all(sent.map((picture) => world.sandbox.sendPictures(nok.userId, [picture])));
    await world.sandbox.idle(WITHIN_MS);
    const { atFirst, most } = await peak();
    return [
      {
        name: `pictures.peakRssMb.${count}`,
        value: most,
        unit: 'MB, bot and children',
        floor: atFirst,
        floorIs: 'before they came',
        goal: { atMost: 700 },
        bound: 'the decoder of one large picture, and what was fetched of three',
      },
    ];
  });
}

/** One of each kind that is held whole, as large as passes; what is refused by its header; and what phones with 200 megapixels send. */
async function worstPictures(bytes: number, heic: Parameters<typeof heicOfPieces>[0]): Promise<Buffer[]> {
  const side = (perPixel: number): number => Math.floor(Math.sqrt(bytes / perPixel));
  const flat = (perPixel: number): Sharp => {
    const [width, height] = [side(perPixel), side(perPixel)];
    return sharp({ create: { width, height, channels: 3, background: '#8a4' }, limitInputPixels: false });
  };
  const grain = await sharp({
    create: {
      width: 800,
      height: 600,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 20 },
    },
  })
    .png()
    .toBuffer();
  const phone = sharp(grain).resize({ width: side(0.8), height: Math.floor((side(0.8) * 3) / 4), kernel: 'nearest' });
  return await Promise.all([
    phone.jpeg({ quality: 80 }).toBuffer(),
    flat(6).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    flat(3).png({ progressive: true }).toBuffer(),
    flat(8).ensureAlpha().toColourspace('rgb16').png({ progressive: true }).toBuffer(),
    flat(5).gif({ effort: 1 }).toBuffer(),
    flat(20).avif({ effort: 0 }).toBuffer(),
    heicOfPieces(heic),
    flat(4).webp({ lossless: true, effort: 0 }).toBuffer(),
    flat(3).tiff({ compression: 'deflate' }).toBuffer(),
    declaring.avif(LARGE_SIDE, LARGE_SIDE),
    declaring.interlacedPng(LARGE_SIDE, LARGE_SIDE, { bits: 16 }),
  ]);
}

/** Looks again and again until the function that it answers is called. */
function watchPeak(look: () => number): () => Promise<{ readonly atFirst: number; readonly most: number }> {
  const atFirst = look();
  let most = atFirst;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      most = Math.max(most, look());
      await after(SAMPLED_EVERY_MS);
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    return { atFirst, most };
  };
}
