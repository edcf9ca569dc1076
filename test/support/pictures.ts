import sharp from 'sharp';
import { crc32, declaring } from './declared-size.ts';
import { keptPicture } from './kept-picture.ts';
import { addGrain, type Canvas, drawn, layOnto, type Point, seeded, tiltedSquare } from './picture-canvas.ts';
import { qrPattern } from './qr-pattern.ts';

export interface CloseupOptions {
  readonly seed?: number;
  /** Turned in the plane, degrees. */
  readonly angle?: number;
  /** Leaning away from the viewer, degrees. */
  readonly tilt?: number;
  /** The sticker's side as a part of the picture's height. */
  readonly scale?: number;
  readonly dark?: boolean;
  /** Gaussian blur in pixels. */
  readonly blur?: number;
  readonly grain?: number;
  readonly quality?: number;
  readonly width?: number;
  readonly height?: number;
}

interface Finish {
  readonly dark?: boolean | undefined;
  readonly blur?: number | undefined;
  readonly quality?: number | undefined;
}

/** They are thought of as 1600 × 1200. */
const WIDTH = 1600;
/** As large as they are made, pixels: every one that is sent is decoded, looked at and packed again. */
const SIZE = { width: 1024, height: 768 } as const;
const SCALE = SIZE.width / WIDTH;

/** Pictures as staff send them, and as they should not. All are real files, made here, the same for the same arguments. */
export const pictures = {
  /** A shop front by daylight: sign, door, window, pavement. No code. */
  storefront: (seed = 1) => keptPicture(`storefront ${seed}`, async () => jpeg(await storefront(seed))),

  /** A cashier counter; with `code`, a sticker on it large enough to be read. */
  counter: (seed = 1, { code }: { code?: string } = {}) =>
    keptPicture(`counter ${seed} ${code}`, async () => {
      const canvas = await counter(seed);
      if (code)
        layOnto(canvas, await qrPattern(code), tiltedSquare({ x: 420 * SCALE, y: 760 * SCALE }, 240 * SCALE, 4, 20));
      return jpeg(canvas);
    }),

  /** A sticker close up with this code on it, slightly turned unless told. */
  closeup: (code: string, options: CloseupOptions = {}) =>
    keptPicture(`closeup ${code} ${JSON.stringify(options)}`, async () => closeup([code], options)),

  /** A brand display close up, without any code. */
  display: (seed = 1) => keptPicture(`display ${seed}`, async () => jpeg(await display(seed))),

  /** Two stickers side by side. */
  twoCodes: (left: string, right: string, options: CloseupOptions = {}) =>
    keptPicture(`two ${left} ${right} ${JSON.stringify(options)}`, async () => closeup([left, right], options)),

  /** A close-up of the sticker of somebody else's scheme. */
  foreignCode: () => pictures.closeup('00020101021126330015com.merchant.qr0110MERCHANT425802TH6304A13F'),

  /** The shop front at night. */
  dark: (seed = 1) => keptPicture(`dark ${seed}`, async () => jpeg(await storefront(seed), { dark: true })),

  /** The shop front from a moving hand. */
  blurry: (seed = 1) => keptPicture(`blurry ${seed}`, async () => jpeg(await storefront(seed), { blur: 12 })),

  /** A plain wall by daylight, with one small sign on it. */
  plainWall: () =>
    keptPicture('plain wall', async () =>
      jpeg(
        await scene(
          `<rect width="1600" height="1200" fill="#cfc9bd"/><rect x="700" y="420" width="150" height="60" fill="#20304a"/>
           <path d="M720 440h30v20h-30zM770 435l20 30h-40zM810 440h25v4h-25z" fill="#fff"/>`,
        ),
      ),
    ),

  /** A shop front all in black by daylight, its sign and door white. */
  blackFront: () => keptPicture('black front', async () => jpeg(await onBlack(14, '#f4f4f0'))),

  /** A street at night, with some lamps. */
  lampsAtNight: () => keptPicture('lamps at night', async () => jpeg(await onBlack(6, '#fff4d0'))),

  /** The shop front, 320 × 240. */
  tiny: (seed = 1) =>
    keptPicture(`tiny ${seed}`, async () =>
      sharp(await pictures.storefront(seed))
        .resize(320, 240)
        .jpeg()
        .toBuffer(),
    ),

  /** The shop front as a 12-megapixel phone takes it. */
  twelveMegapixels: (seed = 1) =>
    keptPicture(`12mp ${seed}`, async () =>
      sharp(await pictures.storefront(seed))
        .resize(4032, 3024)
        .jpeg()
        .toBuffer(),
    ),

  /** Taken with the phone turned (orientation 6), with place and time in its EXIF block: stored lying, shown upright. */
  turnedWithGps: (seed = 1) =>
    keptPicture(`turned ${seed}`, async () =>
      sharp(await pictures.storefront(seed))
        .withExif({
          IFD2: { DateTimeOriginal: '2026:05:03 14:05:09', OffsetTimeOriginal: '+07:00' },
          IFD3: {
            GPSLatitudeRef: 'N',
            GPSLatitude: '13/1 43/1 30/1',
            GPSLongitudeRef: 'E',
            GPSLongitude: '100/1 31/1 0/1',
          },
        })
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer(),
    ),

  /** Cut off in the middle, as a broken transfer leaves it. */
  truncated: (seed = 1) =>
    keptPicture(`truncated ${seed}`, async () => {
      const whole = await pictures.storefront(seed);
      return whole.subarray(0, Math.floor(whole.length / 2));
    }),

  /** A few hundred bytes that say they are 30,000 × 30,000 pixels. */
  bomb: () => keptPicture('bomb', async () => declaringSize(30_000, 30_000)),

  /** An animation of a few frames. */
  animated: (frames = 3) => keptPicture(`animated ${frames}`, () => animation(frames)),

  /** Two frames of a few bytes on a canvas of 64 megapixels each. */
  animatedBomb: () => keptPicture('animated bomb', async () => declaring.gif(8000, 8000, 2)),

  /** Text, whatever its name says. */
  textFile: () => keptPicture('text', async () => Buffer.from('This is not a picture.\n'.repeat(40))),

  html: () =>
    keptPicture('html', async () => Buffer.from('<!doctype html><img src="x" onerror="alert(1)">'.repeat(20))),

  pdf: () => keptPicture('pdf', async () => Buffer.from(`%PDF-1.7\n${'1 0 obj << >> endobj\n'.repeat(30)}%%EOF`)),

  svg: () =>
    keptPicture('svg', async () =>
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><rect width="900" height="900"/></svg>',
      ),
    ),

  /** A photo as an iPhone stores it, its header only. */
  heic: () =>
    keptPicture('heic', async () =>
      Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(2000, 1)]),
    ),

  /** A real picture followed by padding up to this many bytes. */
  heavy: (bytes = 60 * 1024 * 1024) =>
    keptPicture(`heavy ${bytes}`, async () => {
      const picture = await pictures.storefront(1);
      return Buffer.concat([picture, Buffer.alloc(bytes - picture.length)]);
    }),
};

async function jpeg(canvas: Canvas, { dark, blur, quality }: Finish = {}): Promise<Buffer> {
  let picture = sharp(canvas.data, { raw: { width: canvas.width, height: canvas.height, channels: 3 } });
  if (blur) picture = picture.blur(blur * SCALE);
  if (dark) picture = picture.linear(0.15, 2);
  return picture.jpeg({ quality: quality ?? 80 }).toBuffer();
}

/** A canvas with these SVG shapes on it, which stand where they would on one of 1600 × 1200. */
function scene(shapes: string): Promise<Canvas> {
  return drawn(SIZE.width, SIZE.height, `<g transform="scale(${SCALE})">${shapes}</g>`);
}

async function storefront(seed: number): Promise<Canvas> {
  const random = seeded(seed);
  const hue = Math.floor(random() * 360);
  const doorX = 200 + Math.floor(random() * 900);
  const letters = Array.from({ length: 9 }, (_, index) => glyph(330 + index * 110, 190, 70 + random() * 30, random));
  const bricks = Array.from({ length: 60 }, () => {
    const [x, y] = [random() * WIDTH, 340 + random() * 600];
    return `<rect x="${x}" y="${y}" width="70" height="26" fill="hsl(${hue},18%,${60 + random() * 18}%)"/>`;
  });
  const canvas = await scene(
    `<rect width="1600" height="140" fill="hsl(205,60%,82%)"/>
     <rect y="140" width="1600" height="860" fill="hsl(${hue},15%,74%)"/>${bricks.join('')}
     <rect x="240" y="160" width="1120" height="150" fill="hsl(${hue},70%,32%)"/>${letters.join('')}
     <rect x="${doorX}" y="430" width="260" height="570" fill="#4a3a2c"/>
     <rect x="${doorX + 30}" y="470" width="200" height="300" fill="#b9d4dd"/>
     <circle cx="${doorX + 225}" cy="740" r="12" fill="#e6c65a"/>
     <rect x="${(doorX + 480) % 1200}" y="470" width="330" height="300" fill="#9fc3cf" stroke="#333" stroke-width="14"/>
     <rect y="1000" width="1600" height="200" fill="#8b8a86"/>`,
  );
  addGrain(canvas, 10, random);
  return canvas;
}

/** Bright panes on something black, each a hundredth of the picture. */
async function onBlack(panes: number, colour: string): Promise<Canvas> {
  const bright = Array.from({ length: panes }, (_, index) => {
    const [x, y] = [100 + (index % 7) * 210, 200 + Math.floor(index / 7) * 400];
    return `<rect x="${x}" y="${y}" width="160" height="120" fill="${colour}"/>`;
  });
  return await scene(`<rect width="1600" height="1200" fill="#0b0b0d"/>${bright.join('')}`);
}

async function counter(seed: number): Promise<Canvas> {
  const random = seeded(seed + 7000);
  const hue = Math.floor(random() * 360);
  const goods = Array.from({ length: 26 }, (_, index) => {
    const [x, y] = [40 + (index % 13) * 120, 60 + Math.floor(index / 13) * 200];
    const colour = `hsl(${Math.floor(random() * 360)},55%,50%)`;
    return `<rect x="${x}" y="${y}" width="${60 + random() * 50}" height="150" rx="8" fill="${colour}" stroke="#222" stroke-width="3"/>`;
  });
  const keys = Array.from({ length: 12 }, (_, index) => {
    const [x, y] = [1060 + (index % 3) * 70, 690 + Math.floor(index / 3) * 50];
    return `<rect x="${x}" y="${y}" width="52" height="36" rx="6" fill="#ddd"/>`;
  });
  const canvas = await scene(
    `<rect width="1600" height="520" fill="hsl(${hue},20%,80%)"/>${goods.join('')}
     <rect y="470" width="1600" height="30" fill="#6b4a2f"/>
     <rect y="500" width="1600" height="700" fill="hsl(30,35%,${45 + random() * 15}%)"/>
     <rect x="1020" y="540" width="280" height="380" rx="20" fill="#2b2b2f"/>
     <rect x="1050" y="570" width="220" height="90" fill="#8fb58f"/>${keys.join('')}
     <rect x="270" y="600" width="300" height="320" rx="16" fill="#1677ff"/>`,
  );
  addGrain(canvas, 10, random);
  return canvas;
}

async function display(seed: number): Promise<Canvas> {
  const random = seeded(seed + 5000);
  const [x, y] = [380 + random() * 200, 120 + random() * 80];
  const letters = Array.from({ length: 6 }, (_, index) => glyph(x + 90 + index * 90, y + 140, 80, random));
  const canvas = await scene(
    `<rect width="1600" height="1200" fill="hsl(${Math.floor(random() * 360)},22%,66%)"/>
     <rect y="${900 + random() * 60}" width="1600" height="300" fill="hsl(30,35%,42%)"/>
     <rect x="${x}" y="${y}" width="700" height="860" rx="24" fill="#1677ff" stroke="#fff" stroke-width="18"/>${letters.join('')}
     <circle cx="${x + 350}" cy="${y + 520}" r="${160 + random() * 60}" fill="#fff"/>`,
  );
  addGrain(canvas, 10, random);
  return canvas;
}

async function closeup(codes: readonly string[], options: CloseupOptions): Promise<Buffer> {
  const { seed = 1, angle = 8, tilt = 12, width = SIZE.width, height = SIZE.height } = options;
  const random = seeded(seed + 9000);
  const side = height * (options.scale ?? 0.55);
  const canvas = await drawn(
    width,
    height,
    `<rect width="100%" height="100%" fill="hsl(${Math.floor(random() * 360)},25%,${40 + random() * 30}%)"/>
     <rect width="100%" height="${Math.floor(height * random() * 0.4)}" fill="#5d4a3a"/>
     <circle cx="${width * random()}" cy="${height * random()}" r="${height * 0.2}" fill="#d9d2c4"/>`,
  );
  for (const [index, code] of codes.entries()) {
    const centre: Point = { x: (width * (index + 1)) / (codes.length + 1), y: height * (0.47 + random() * 0.06) };
    layOnto(canvas, STICKER, tiltedSquare(centre, side * 1.12, angle, tilt));
    layOnto(canvas, await qrPattern(code), tiltedSquare(centre, side, angle, tilt));
  }
  addGrain(canvas, options.grain ?? 10, random);
  return jpeg(canvas, options);
}

const STICKER = { width: 1, height: 1, data: new Uint8Array([235]) };

/** Strokes that look like a letter of a sign; a bare machine has no fonts. */
function glyph(x: number, y: number, size: number, random: () => number): string {
  const to = () => `${x + random() * size} ${y + random() * size}`;
  return `<path d="M${to()} L${to()} L${to()} L${to()}" stroke="#fff" stroke-width="14" fill="none"/>`;
}

/** A PNG whose header declares this size over next to no data. */
async function declaringSize(width: number, height: number): Promise<Buffer> {
  const small = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  const header = Buffer.from(small.subarray(12, 29));
  header.writeUInt32BE(width, 4);
  header.writeUInt32BE(height, 8);
  const bomb = Buffer.from(small);
  header.copy(bomb, 12);
  bomb.writeUInt32BE(crc32(header), 29);
  return bomb;
}

async function animation(frames: number): Promise<Buffer> {
  const [width, height] = [600, 600];
  const random = seeded(frames);
  const data = Buffer.alloc(width * height * frames * 3);
  for (let at = 0; at < data.length; at += 3000) data.fill(Math.floor(random() * 255), at, at + 3000);
  return sharp(data, { raw: { width, height: height * frames, channels: 3, pageHeight: height } })
    .gif()
    .toBuffer();
}
