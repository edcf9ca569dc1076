import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { auditByFile } from '../../models/audit.ts';
import { changeItem } from '../../models/items.ts';
import { directorySource } from '../../src/daily/incoming/directory-source.ts';
import { LANDING_KINDS } from '../../src/daily/incoming/kinds.ts';
import { landFile } from '../../src/daily/incoming/land-file.ts';
import { insist, useModels } from '../models/store.ts';
import { addIsoIn, approves, csv, itemOf, LandingHarness, rejects, submitSpots } from './landing-harness.ts';

const realDb = process.env.REALDB_URI;
const NOBODY = { now: () => false, served: async () => undefined };
const STORES = [
  ['the embedded store', undefined],
  ...(realDb ? ([['a MongoDB server', realDb]] as const) : []),
] as const;

describe.each(STORES)('landing at the same time on %s', (_, uri) => {
  useModels(uri);
  const harness = new LandingHarness();
  const spots = (name: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${name}${n}`);

  it('by two processes lands every row once: the other waits for its lease', async () => {
    await addIsoIn('Asia/Bangkok');
    await submitSpots(spots('leased', 500));
    harness.drop('review_20260503_001.csv', csv(spots('leased', 500).map((ref) => rejects(ref))));
    await Promise.all([harness.land(), harness.land()]);
    await harness.land();
    expect(await judgedBy('review_20260503_001.csv')).toBe(500);
    expect(harness.results('done/review_20260503_001.result.csv').map((line) => line.split(' ')[2])).toEqual(
      Array(500).fill('applied'),
    );
    expect(harness.told).toEqual(['nok 20260503', 'iso 20260503']);
  });

  it('by two processes that both think the lease is theirs lands every row once', async () => {
    await submitSpots(spots('torn', 900));
    harness.drop('review_20260503_002.csv', csv(spots('torn', 900).map((ref) => approves(ref))));
    const [offer] = await directorySource(harness.dir, harness.log, () => harness.clock.now()).offers();
    if (offer === undefined) throw new Error('nothing is offered');
    const { clock } = harness;
    const times = { now: () => clock.now(), machine: () => clock.machine() };
    const options = { ...times, stillMine: async () => undefined, others: NOBODY, log: harness.log };
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() => {
        const workDir = mkdtempSync(join(tmpdir(), 'landing-'));
        onTestFinished(() => rmSync(workDir, { recursive: true, force: true }));
        return landFile(offer, LANDING_KINDS.review, { ...options, workDir });
      }),
    );
    expect(outcomes.length).toBe(3);
    await harness.land();
    expect(await judgedBy('review_20260503_002.csv')).toBe(900);
    expect(
      harness.results('done/review_20260503_002.result.csv').map((line) => line.split(' ').slice(0, 3).join(' ')),
    ).toEqual(spots('torn', 900).map((ref, n) => `${n + 2} ${ref}#1@20260503 applied`));
  });

  it('as somebody sends a revision anew never judges the new one', async () => {
    const refs = spots('anew', 60);
    await submitSpots(refs);
    harness.drop('review_20260503_003.csv', csv(refs.map((ref) => rejects(ref))));
    const again = { state: 'PENDING', revision: 2, deadlineAt: null } as const;
    const sending = Promise.all(refs.map((ref) => insist(async (tx) => changeItem(await itemOf(ref), again, tx))));
    await Promise.all([harness.land(), sending]);
    await harness.land();
    for (const ref of refs) {
      expect(await itemOf(ref)).toMatchObject({ state: 'PENDING', revision: 2, deadlineAt: undefined });
    }
  });
});

/** How often it is noted that this file judged something. */
async function judgedBy(file: string): Promise<number> {
  return (await auditByFile(file, 5_000)).filter(({ what }) => what === 'item.judged').length;
}
