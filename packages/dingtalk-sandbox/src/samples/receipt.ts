import { between, oneOf } from './seeded.ts';

export const SCREEN_WIDTH = 1080;
export const SCREEN_HEIGHT = 1920;

const AMOUNTS = ['45.00', '60.00', '85.00', '120.00', '1.00'] as const;

const APPS: Readonly<Record<string, string>> = { ALIPAY: 'Alipay', ALIPAY_PLUS_LINKER: 'Alipay+ Linker' };

/** A phone's screen after a payment: paid with which app, how much, when, and under which number. */
export function receiptScene(random: () => number, app = 'ALIPAY_PLUS_LINKER'): string {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => Math.floor(between(random, 0, 10))).join('');
  const time = `${9 + Math.floor(between(random, 0, 10))}:${10 + Math.floor(between(random, 0, 50))}`;
  const rows = [
    ['Paid with', APPS[app] ?? 'Alipay+ Linker'],
    ['Time', time],
    ['Transaction', `2026${digits(12)}`],
    ['Merchant order', digits(8)],
  ].map(
    ([label, value], index) => `
      <text x="90" y="${1120 + index * 110}" font-size="40" fill="#6b7280" ${FONT}>${label}</text>
      <text x="990" y="${1120 + index * 110}" font-size="40" fill="#1f2937" text-anchor="end" ${FONT}>${value}</text>
      <rect x="90" y="${1155 + index * 110}" width="900" height="2" fill="#e5e7eb"/>`,
  );
  return `<rect width="${SCREEN_WIDTH}" height="${SCREEN_HEIGHT}" fill="#f3f4f6"/>
    <rect width="${SCREEN_WIDTH}" height="170" fill="#1677ff"/>
    <text x="540" y="115" font-size="52" font-weight="700" fill="#ffffff" text-anchor="middle" ${FONT}>Payment result</text>
    <rect x="40" y="230" width="1000" height="1330" rx="36" fill="#ffffff"/>
    <circle cx="540" cy="470" r="130" fill="#16a34a"/>
    <path d="M475 472 L525 522 L615 424" stroke="#ffffff" stroke-width="34" fill="none" stroke-linecap="round" stroke-linejoin="round"/>
    <text x="540" y="720" font-size="64" font-weight="700" fill="#111827" text-anchor="middle" ${FONT}>Payment successful</text>
    <text x="540" y="870" font-size="104" font-weight="700" fill="#111827" text-anchor="middle" ${FONT}>THB ${oneOf(random, AMOUNTS)}</text>
    ${rows.join('')}
    <rect x="90" y="1640" width="900" height="130" rx="65" fill="#1677ff"/>
    <text x="540" y="1722" font-size="48" font-weight="700" fill="#ffffff" text-anchor="middle" ${FONT}>Done</text>`;
}

const FONT = 'font-family="Noto Sans, DejaVu Sans, sans-serif"';
