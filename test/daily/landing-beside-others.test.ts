import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { database } from '../../models/database.ts';
import { directorySource } from '../../src/daily/incoming/directory-source.ts';
import { LANDING_KINDS } from '../../src/daily/incoming/kinds.ts';
import { landFile } from '../../src/daily/incoming/land-file.ts';
import { type OthersWaiting, othersWaiting } from '../../src/daily/incoming/others-waiting.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { useModels } from '../models/store.ts';
import { addIsoIn, approves, csv, itemOf, LandingHarness, submitSpots } from './landing-harness.ts';

describe('while people tap', () => {
  useModels(undefined);
  const harness = new LandingHarness();
  beforeAll(() => addIsoIn('Asia/Bangkok'));

  /** Lands so many rows beside `others`; each batch takes 100 ms by the clock that is given. */
  async function landBeside(name: string, rows: number, others: OthersWaiting): Promise<void> {
    const refs = Array.from({ length: rows }, (_, n) => `${name}${n}`);
    await submitSpots(refs);
    harness.drop(`review_20260503_${name}.csv`, csv(refs.map((ref) => approves(ref))));
    const [offer] = await directorySource(harness.dir, harness.log, () => harness.clock.now()).offers();
    if (offer === undefined) throw new Error('nothing is offered');
    const workDir = mkdtempSync(join(tmpdir(), 'landing-'));
    onTestFinished(() => rmSync(workDir, { recursive: true, force: true }));
    let machine = 0;
    const times = { now: () => harness.clock.now(), machine: () => (machine += 100) };
    const options = { ...times, workDir, others, stillMine: async () => undefined, log: harness.log };
    await landFile(offer, LANDING_KINDS.review, options);
    expect((await Promise.all(refs.map(itemOf))).every(({ state }) => state === 'APPROVED')).toBe(true);
  }
  const landedOf = async (name: string): Promise<number> =>
    (
      await database()
        .collection('incomingfiles')
        .findOne({ name: `review_20260503_${name}.csv` })
    )?.landed ?? 0;

  it('each of them is answered before the next batch, and the file lands all the same', async () => {
    const landedBefore: number[] = [];
    const others: OthersWaiting = {
      now: () => true,
      async served() {
        landedBefore.push(await landedOf('001'));
      },
    };
    await landBeside('001', 1_200, others);
    expect(landedBefore.length).toBeGreaterThan(1);
    expect(landedBefore[0]).toBe(0);
    expect(landedBefore).toEqual([...new Set(landedBefore)].sort((one, other) => one - other));
  });

  it('what was to be landed at once while nobody waited is parted for who comes', async () => {
    const [landed, come]: [number[], number[]] = [[], []];
    let somebody = false;
    const others: OthersWaiting = {
      now: () => somebody,
      async served() {
        const rows = await landedOf('002');
        (somebody ? come : landed).push(rows);
        somebody ||= rows >= 400;
      },
    };
    await landBeside('002', 1_200, others);
    const stepsOf = (rows: readonly number[]): number[] => rows.slice(1).map((row, at) => row - Number(rows[at]));
    expect(Math.max(...stepsOf(landed))).toBeGreaterThan(100);
    expect(come.length).toBeGreaterThan(5);
    expect(Math.max(...stepsOf(come))).toBeLessThanOrEqual(150);
  });
});

describe('who waits', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** What is in flight, and whether those who wait are served. */
  function waiting(withinMs: number, ...what: string[]) {
    const inFlight = createInFlight();
    const ends = what.map((one) => inFlight.begin(one));
    let served = false;
    othersWaiting(inFlight)
      .served(withinMs)
      .then(() => {
        served = true;
      });
    const isServed = async (): Promise<boolean> => {
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      return served;
    };
    return { ends, isServed };
  }

  it('is served when the last tap and the last message have their answers', async () => {
    const { ends, isServed } = waiting(60, 'tap', 'lane', 'landing');
    ends[0]?.();
    expect(await isServed()).toBe(false);
    ends[1]?.();
    expect(await isServed()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has so long, and no longer', async () => {
    const { isServed } = waiting(60, 'tap');
    vi.advanceTimersByTime(59);
    expect(await isServed()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await isServed()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is nobody where only a file lands', async () => {
    expect(await waiting(60, 'landing').isServed()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
