import sharp from 'sharp';
import { type GreyImage, toGrey } from '../src/media/grey-image.ts';
import { drawn, seeded } from '../test/support/picture-canvas.ts';

const SHOPS = 24;
const SHOP_WIDTH = 130;
const HEIGHT = 300;
const VIEW = { width: 240, height: 180 };

/** One row of shops as somebody walks past it: small, since what a picture looks like is seen in 128 pixels. */
export interface Street {
  /** A photo of the shop that stands there, from about where a passer-by stands: light, cars and people as they are at that moment. */
  view(shop: number, moment: number): Promise<Buffer>;
  readonly shops: number;
}

/** A street: shops of the same builder, so that neighbours have much in common: windows, doors, signs, awnings in a row. */
export async function streetOf(seed: number): Promise<Street> {
  const random = seeded(seed * 7919 + 17);
  const hue = Math.floor(random() * 360);
  const fronts = Array.from({ length: SHOPS }, (_, index) => shopFront(index * SHOP_WIDTH, hue, random)).join('');
  const width = SHOPS * SHOP_WIDTH;
  const { data } = await drawn(
    width,
    HEIGHT,
    `<rect width="${width}" height="90" fill="hsl(205,${20 + random() * 40}%,${70 + random() * 20}%)"/>
     <rect y="${30 + random() * 20}" width="${width}" height="220" fill="hsl(${hue},${10 + random() * 20}%,${50 + random() * 25}%)"/>${fronts}
     <rect y="248" width="${width}" height="52" fill="#7d7c78"/>`,
  );
  const strip = sharp(data, { raw: { width, height: HEIGHT, channels: 3 } });
  return {
    shops: SHOPS,
    async view(shop, moment) {
      const chance = seeded(seed * 1_000_003 + shop * 1_009 + moment * 31 + 5);
      const scale = 0.85 + chance() * 0.3;
      const [wide, high] = [Math.round(VIEW.width * scale), Math.round(VIEW.height * scale)];
      const centre = shop * SHOP_WIDTH + SHOP_WIDTH / 2 + (chance() - 0.5) * 50;
      const left = Math.round(Math.min(width - wide, Math.max(0, centre - wide / 2)));
      const top = Math.round(chance() * (HEIGHT - high));
      const seen = await strip
        .clone()
        .extract({ left, top, width: wide, height: high })
        .resize({ ...VIEW, fit: 'fill' })
        .png()
        .toBuffer();
      return await sharp(seen)
        .composite([{ input: Buffer.from(passing(chance)), top: 0, left: 0 }])
        .linear(0.7 + chance() * 0.5, (chance() - 0.5) * 40)
        .jpeg({ quality: 85 })
        .toBuffer();
    },
  };
}

function shopFront(x: number, hue: number, random: () => number): string {
  const sign = `<rect x="${x + 6}" y="${88 + random() * 14}" width="118" height="26" fill="hsl(${Math.floor(random() * 360)},60%,${30 + random() * 25}%)"/>`;
  const letters = Array.from({ length: 4 + Math.floor(random() * 5) }, (_, index) => {
    const to = () => `${x + 12 + index * 13 + random() * 11} ${94 + random() * 16}`;
    return `<path d="M${to()} L${to()} L${to()} L${to()}" stroke="#fff" stroke-width="3" fill="none"/>`;
  });
  const door = x + (random() < 0.5 ? 12 : 82) + random() * 8;
  const windowX = door > x + 50 ? x + 10 : x + 50;
  const goods = Array.from({ length: 8 }, () => {
    const [left, top] = [windowX + random() * 58, 160 + random() * 50];
    return `<rect x="${left}" y="${top}" width="${4 + random() * 10}" height="${5 + random() * 18}" fill="hsl(${Math.floor(random() * 360)},50%,45%)"/>`;
  });
  const upper = Array.from(
    { length: 3 },
    (_, index) => `<rect x="${x + 10 + index * 40}" y="52" width="24" height="28" fill="#9db4bd"/>`,
  );
  return `${upper.join('')}<rect x="${x}" y="115" width="${SHOP_WIDTH}" height="135" fill="hsl(${hue},12%,${45 + random() * 25}%)"/>${sign}${letters.join('')}
    <rect x="${door}" y="150" width="34" height="98" fill="#4a3a2c"/><rect x="${door + 5}" y="156" width="24" height="46" fill="#b9d4dd"/>
    <rect x="${windowX}" y="150" width="72" height="70" fill="#9fc3cf" stroke="#333" stroke-width="3"/>${goods.join('')}`;
}

/** A car, some people, or nobody. */
function passing(chance: () => number): string {
  const { width, height } = VIEW;
  const people = Array.from({ length: Math.floor(chance() * 4) }, () => {
    const [x, y] = [chance() * width, 95 + chance() * 30];
    return `<ellipse cx="${x}" cy="${y + 28}" rx="8" ry="28" fill="hsl(${Math.floor(chance() * 360)},40%,30%)"/><circle cx="${x}" cy="${y - 6}" r="7" fill="#b98d6c"/>`;
  });
  const x = chance() * width - 60;
  const car =
    chance() < 0.4
      ? `<rect x="${x}" y="128" width="120" height="30" rx="10" fill="hsl(${Math.floor(chance() * 360)},50%,40%)"/><circle cx="${x + 25}" cy="160" r="11" fill="#222"/><circle cx="${x + 95}" cy="160" r="11" fill="#222"/>`
      : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${people.join('')}${car}</svg>`;
}

/** A picture squeezed into a square of grey levels. */
export async function squeezed(picture: Buffer, side: number): Promise<GreyImage> {
  return await toGrey(sharp(picture).resize({ width: side, height: side, fit: 'fill' }));
}
