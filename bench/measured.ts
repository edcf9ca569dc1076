/** A figure of the bench, and the row of it that says so. */
export interface Measured {
  readonly value: number;
  readonly unit: string;
  readonly row: string;
}

/**
 * What was measured last on two cores that nobody else wanted. A new measurement goes in here and nowhere else: `npm test -- test/docs/sizes
 * -u` reckons the sizes of docs/operating.md anew, and `npm run bench -- --only scale` plays the day with it.
 */
export const MEASURED = {
  taps: { value: 239, unit: 'taps a second and bot, p99 below 500 ms', row: 'taps.saturation' },
  tapAt50: { value: 22, unit: 'ms, in which 99 % of 50 taps a second are answered', row: 'taps.p99Ms' },
  photo: { value: 203, unit: 'ms to check a photo of 12 megapixels with a code', row: 'photo.check12mpMs' },
  withoutCode: { value: 1.5, unit: 'times as long for one without a code', row: 'photo.withoutCodeMs' },
  landed: { value: 4_817, unit: 'review rows a second', row: 'daily.rowsPerSecond' },
  item: { value: 1_800, unit: 'bytes an item with its indexes and a tenth of a task', row: 'growth.bytesAnItem' },
} as const satisfies Readonly<Record<string, Measured>>;

/** What the product itself asks of one path of DingTalk in a second, and what a photo takes as it is kept. */
export const OWN = { callsASecond: 14, photoKb: 700 } as const;
