import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type LineFacts, type OutgoingRow, outgoingRow } from '../../../../src/daily/submission-line.ts';
import { pictures } from '../../../../test/support/pictures.ts';
import { reviewDay } from '../../src/reviewer/review-day.ts';

const bright = await pictures.counter(1);
const dark = await pictures.dark(1);
export const PHOTOS = { bright: hashOf(bright), dark: hashOf(dark) };

interface Shop {
  readonly shop: string;
  readonly by?: string | undefined;
  readonly iso?: string | undefined;
  /** Left out: only spots are submitted. */
  readonly revision?: number | undefined;
  readonly spots: Readonly<
    Record<string, { fixed?: boolean | undefined; photo?: string | undefined; revision?: number | undefined }>
  >;
}

/** What a bot would hand over of a shop and its spots. */
export function shopLines({ shop, by = 'nok', iso = 'iso-1', revision, spots }: Shop): OutgoingRow['line'][] {
  const head = {
    promotionNumber: 'P-7K3M',
    product: 'MARKETING_CODE',
    isoId: iso,
    staffRef: by,
    storeRef: shop,
    submittedAt: Date.UTC(2026, 4, 3, 7, 5),
  };
  const values = {
    nameLocal: 'Baan "Coffee"',
    address: 'Silom Rd 12, 1st',
    countryRegion: 'TH',
    acceptsOnlyAlipay: true,
  };
  const store = { itemType: 'STORE' as const, itemRef: shop, merchant: {}, photos: [] };
  const lines: LineFacts[] = [
    ...(revision === undefined ? [] : [{ ...head, ...store, values, revision }]),
    ...Object.entries(spots).map(
      ([itemRef, { fixed = true, photo = PHOTOS.bright, revision: spotRevision = 1 }]): LineFacts => ({
        ...head,
        itemType: 'SPOT',
        itemRef,
        revision: spotRevision,
        values: { spotType: 'CASHIER_COUNTER', fixedSecurely: fixed },
        photos: [
          { role: 'context', sha256: PHOTOS.dark },
          { role: 'closeup', sha256: photo },
        ],
      }),
    ),
  ];
  return lines.map((line) => outgoingRow(line).line);
}

/** A folder as the bot and the reviewer share it; nights pass in it. */
export function aReviewer(timeZone = 'Asia/Shanghai') {
  const dataDir = mkdtempSync(join(tmpdir(), 'reviewer-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  mkdirSync(join(dataDir, 'outgoing', 'photos'), { recursive: true });
  for (const photo of [bright, dark]) writeFileSync(join(dataDir, 'outgoing', 'photos', `${hashOf(photo)}.jpg`), photo);
  let sequence = 0;
  return {
    dataDir,
    /** Closes a file with these lines. */
    handOver(lines: readonly object[], ending = '') {
      sequence += 1;
      const name = `submissions_20260503_${String(sequence).padStart(3, '0')}.jsonl${ending}`;
      writeFileSync(join(dataDir, 'outgoing', name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    },
    night: (dataDate: string, decisions: Parameters<typeof reviewDay>[0]['decisions'] = []) =>
      reviewDay({ dataDir, dataDate, timeZone, decisions }),
    /** The lines of an incoming file without its header. */
    rows: (name: string) =>
      readFileSync(join(dataDir, 'incoming', name), 'utf8')
        .trimEnd()
        .split('\r\n')
        .slice(1),
    header: (name: string) => readFileSync(join(dataDir, 'incoming', name), 'utf8').split('\r\n')[0],
    incoming: () => readdirSync(join(dataDir, 'incoming')).sort(),
    forget: () => rmSync(join(dataDir, 'reviewer.json')),
  };
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
