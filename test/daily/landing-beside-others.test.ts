import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
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

  it('each of them is answered before the next batch, and the file lands all the same', async () => {
    await addIsoIn('Asia/Bangkok');
    const refs = Array.from({ length: 1_200 }, (_, n) => `beside${n}`);
    await submitSpots(refs);
    harness.drop('review_20260503_001.csv', csv(refs.map((ref) => approves(ref))));
    const [offer] = await directorySource(harness.dir, harness.log, () => harness.clock.now()).offers();
    if (offer === undefined) throw new Error('nothing is offered');
    const landedBefore: number[] = [];
    const others: OthersWaiting = {
      now: () => true,
      async served() {
        landedBefore.push((await database().collection('incomingfiles').findOne())?.landed ?? 0);
      },
    };
    const workDir = mkdtempSync(join(tmpdir(), 'landing-'));
    onTestFinished(() => rmSync(workDir, { recursive: true, force: true }));
    const times = { now: () => harness.clock.now(), machine: () => harness.clock.machine() };
    const options = { ...times, workDir, others, stillMine: async () => undefined, log: harness.log };
    await landFile(offer, LANDING_KINDS.review, options);
    expect(landedBefore.length).toBeGreaterThan(1);
    expect(landedBefore[0]).toBe(0);
    expect(landedBefore).toEqual([...new Set(landedBefore)].sort((one, other) => one - other));
    expect((await Promise.all(refs.map(itemOf))).every(({ state }) => state === 'APPROVED')).toBe(true);
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
