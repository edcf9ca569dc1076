import { between, oneOf } from './seeded.ts';

export const WIDTH = 1920;
export const HEIGHT = 1440;

type Random = () => number;

const NAMES = ['BAAN COFFEE', 'SOM TAM HOUSE', 'NINE MART', 'LOTUS TEA', 'SILOM NOODLES', 'GOLDEN BAKERY'] as const;
const WALLS = ['#c9b79c', '#b8c4bb', '#d8c3a5', '#a9b4c2', '#c7a58b'] as const;
const SIGNS = ['#1d3557', '#6a040f', '#2d6a4f', '#3c096c', '#7f4f24'] as const;
const CUPS = ['#e8e2d4', '#b5483a', '#4a6fa5', '#d9a441'] as const;
const WOODS = ['#8d6346', '#a47551', '#6f4e37', '#b08968'] as const;

/** Letters of an alphabet that is drawn wherever this runs. */
const DRAWN = /^[\p{Script=Latin}\d '&.-]+$/u;
const LONGEST_SIGN = 22;

/** A shop front by daylight: sign, door, windows, awning, pavement. A shop's own name stands on its sign where it can be drawn. */
export function storefrontScene(random: Random, shop = ''): string {
  const shift = between(random, -90, 90);
  const stripes = Array.from({ length: 14 }, (_, index) => {
    const fill = index % 2 === 0 ? oneOf(random, SIGNS) : '#f4f1ea';
    return `<polygon points="${170 + index * 114},470 ${284 + index * 114},470 ${290 + index * 114},590 ${164 + index * 114},590" fill="${fill}"/>`;
  });
  const plants = Array.from({ length: 5 }, () => {
    const x = between(random, 150, 1750);
    return `<ellipse cx="${x}" cy="1190" rx="60" ry="${between(random, 70, 130)}" fill="#3f6b3a"/><rect x="${x - 40}" y="1210" width="80" height="70" fill="#7a4b32"/>`;
  });
  const [wall, board, other] = [oneOf(random, WALLS), oneOf(random, SIGNS), oneOf(random, NAMES)];
  const sign = DRAWN.test(shop) ? shop.slice(0, LONGEST_SIGN).toUpperCase() : other;
  return `<rect width="${WIDTH}" height="${HEIGHT}" fill="#bcd3e6"/>
    <rect x="90" y="120" width="1740" height="1160" fill="${wall}"/>
    <rect x="170" y="210" width="1580" height="220" rx="14" fill="${board}"/>
    <text x="960" y="365" font-family="Noto Sans, DejaVu Sans, sans-serif" font-size="${sign.length > 14 ? 96 : 130}" font-weight="700" fill="#f8f4e3"
      text-anchor="middle">${sign.replaceAll('&', '&amp;')}</text>
    ${stripes.join('')}
    <rect x="${790 + shift}" y="640" width="330" height="640" fill="#2f2a26"/>
    <rect x="${815 + shift}" y="665" width="280" height="430" fill="#7f98a6"/>
    <circle cx="${1080 + shift}" cy="1140" r="16" fill="#d6b25e"/>
    <rect x="200" y="660" width="480" height="440" fill="#5f7a88"/><rect x="222" y="682" width="436" height="396" fill="#93aebb"/>
    <rect x="1250" y="660" width="460" height="440" fill="#5f7a88"/><rect x="1272" y="682" width="416" height="396" fill="#a3bac4"/>
    <polygon points="222,1078 420,682 520,682 322,1078" fill="#ffffff" opacity="0.25"/>
    <rect y="1280" width="${WIDTH}" height="160" fill="#8c8a86"/>
    ${plants.join('')}`;
}

/** A cashier counter with a till, a jar, and the sticker on it, too small to be read; no two are built alike. */
export function counterScene(random: Random): string {
  const wood = oneOf(random, WOODS);
  const edge = between(random, 600, 840);
  const x = between(random, 380, 620);
  const tilt = between(random, -7, 7);
  const blots = Array.from(
    { length: 26 },
    () =>
      `<rect x="${x + 26 + between(random, 0, 92)}" y="${edge + 150 + between(random, 0, 92)}" width="9" height="9" fill="#333"/>`,
  );
  const shelves = Array.from({ length: 1 + Math.floor(between(random, 0, 3)) }, () => {
    const y = between(random, 60, edge - 260);
    return `<rect y="${y}" width="${WIDTH}" height="${between(random, 30, 90)}" fill="${oneOf(random, WOODS)}"/>`;
  });
  const cups = Array.from({ length: 2 + Math.floor(between(random, 0, 5)) }, () => {
    const height = between(random, 120, 260);
    const place = `x="${between(random, 1200, 1800)}" y="${edge - height + 10}"`;
    return `<rect ${place} width="${between(random, 60, 140)}" height="${height}" rx="12" fill="${oneOf(random, CUPS)}"/>`;
  });
  const [left, wide, tall] = [between(random, 560, 900), between(random, 260, 420), between(random, 220, 360)];
  const jar = between(random, 100, 480);
  const behind = `<rect width="${WIDTH}" height="${HEIGHT}" fill="${oneOf(random, WALLS)}"/>
    ${shelves.join('')}${cups.join('')}
    <rect x="${left}" y="${edge - tall + 20}" width="${wide}" height="${tall}" rx="18" fill="#2b2d33"/>
    <rect x="${left + 30}" y="${edge - tall + 50}" width="${wide - 60}" height="${tall * 0.5}" fill="#6c8fb3"/>
    <ellipse cx="${jar}" cy="${edge - 60}" rx="${between(random, 70, 150)}" ry="${between(random, 100, 180)}" fill="#b9cfd6" opacity="0.8"/>
    <rect y="${edge}" width="${WIDTH}" height="${HEIGHT - edge}" fill="${wood}"/>
    <rect y="${edge}" width="${WIDTH}" height="44" fill="#00000033"/>`;
  const turned = random() < 0.5 ? behind : `<g transform="translate(${WIDTH} 0) scale(-1 1)">${behind}</g>`;
  return `${turned}
    <g transform="rotate(${tilt} ${x + 75} ${edge + 200})"><rect x="${x}" y="${edge + 110}" width="150" height="190" rx="8" fill="#fdfdfb"/>
      <rect x="${x}" y="${edge + 110}" width="150" height="30" fill="#1677ff"/>${blots.join('')}</g>`;
}

/** One or two stickers close up on wood; without a path, an empty one. */
export function closeupScene(random: Random, paths: readonly (string | undefined)[]): string {
  const wood = oneOf(random, WOODS);
  const grain = Array.from({ length: 30 }, () => {
    const y = between(random, 0, HEIGHT);
    return `<path d="M0 ${y} Q ${WIDTH / 2} ${y + between(random, -50, 50)} ${WIDTH} ${y + between(random, -20, 20)}"
      stroke="#00000022" stroke-width="${between(random, 2, 9)}" fill="none"/>`;
  });
  const two = paths.length > 1;
  const stickers = paths.map((path, index) => {
    const side = two ? 640 : between(random, 780, 880);
    const x = two ? 240 + index * 820 : (WIDTH - side) / 2 + between(random, -120, 120);
    const y = (HEIGHT - side) / 2 - 60 + between(random, -40, 40);
    const turn = between(random, 3, 9) * (random() < 0.5 ? -1 : 1);
    return `<g transform="rotate(${turn} ${x + side / 2} ${y + side / 2}) skewX(${between(random, -3, 3)})">
      <rect x="${x - 30}" y="${y - 130}" width="${side + 60}" height="${side + 220}" rx="26" fill="#fcfcfa"/>
      <rect x="${x - 30}" y="${y - 130}" width="${side + 60}" height="110" rx="26" fill="#1677ff"/>
      <text x="${x + side / 2}" y="${y - 52}" font-family="Noto Sans, DejaVu Sans, sans-serif" font-size="64"
        font-weight="700" fill="#ffffff" text-anchor="middle">Alipay+</text>
      ${path === undefined ? '' : `<g transform="translate(${x} ${y}) scale(${side})"><path d="${path}" fill="#141414"/></g>`}</g>`;
  });
  return `<rect width="${WIDTH}" height="${HEIGHT}" fill="${wood}"/>${grain.join('')}${stickers.join('')}`;
}
