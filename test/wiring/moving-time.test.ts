import { describe, expect, it } from 'vitest';
import { readClockOffset, writeInstallation } from '../../models/settings.ts';
import { createJobs, hourly, type Job, onlyFrom } from '../../src/daily/jobs.ts';
import { moveClock, untilNothingElseRuns } from '../../src/wiring/moving-time.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { createWorkerPool } from '../../src/work/worker-pool.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';
import { StillClock } from '../support/still-clock.ts';

useModels(undefined);
const START = Date.UTC(2026, 10, 24, 3);
const HOUR_MS = 3_600_000;

/** A calendar with jobs at these hours from its start, and what happened on it, in order. */
function calendar(hours: readonly number[]) {
  const clock = new StillClock(START);
  const inFlight = createInFlight();
  const happened: string[] = [];
  const times = hours.map((hour) => START + hour * HOUR_MS);
  let lookedAt = START;
  const jobs = {
    async runDue() {
      const due = times.filter((time) => time > lookedAt && time <= clock.now());
      lookedAt = clock.now();
      for (const time of due) happened.push(`job ${(time - START) / HOUR_MS}`);
    },
    nextDue: async (at: number) => Math.min(Infinity, ...times.filter((time) => time > at)),
  };
  return { clock, inFlight, happened, parts: { clock, jobs, inFlight, left: async () => inFlight.left() } };
}

it('what is due on the way happens in order, jobs and alarms alike', async () => {
  const { clock, happened, parts } = calendar([1, 3]);
  for (const hour of [4, 2]) clock.at(START + hour * HOUR_MS, () => void happened.push(`alarm ${hour}`));
  await moveClock(START + 5 * HOUR_MS, parts);
  expect(happened).toEqual(['job 1', 'alarm 2', 'job 3', 'alarm 4']);
  expect(clock.now()).toBe(START + 5 * HOUR_MS);
  expect(await readClockOffset()).toBe(clock.offsetMs);
});

it('what an alarm begins is finished before the next hour comes', async () => {
  const { clock, inFlight, happened, parts } = calendar([2]);
  clock.at(START + HOUR_MS, () => {
    const done = inFlight.begin('lane');
    setImmediate(() => {
      happened.push('begun by the alarm');
      done();
    });
  });
  await moveClock(START + 3 * HOUR_MS, parts);
  expect(happened).toEqual(['begun by the alarm', 'job 2']);
});

describe('what begins by itself in the middle of a walk', () => {
  /** A pool on a slow store that sends at each hour from its start, `hours` times, and what happened. */
  function sending(hours: number, jobHours: readonly number[]) {
    const { clock, inFlight, happened, parts } = calendar(jobHours);
    let sent = 0;
    const due = () => START + sent * HOUR_MS;
    const pool = createWorkerPool({
      name: 'delivery',
      workers: 1,
      inFlight,
      async look() {
        const now = clock.now();
        await new Promise((read) => setTimeout(read, 200));
        if (sent === hours) return [];
        if (now >= due()) return [async () => void happened.push(`sent ${sent++} at ${(now - START) / HOUR_MS}`)];
        clock.at(due(), pool.wake);
        return [];
      },
      onFailure: () => undefined,
    });
    return { happened, pool, parts, clock, skip: () => (sent += 1) };
  }

  it('is finished before the hour comes that was next when it began', async () => {
    const { happened, pool, parts } = sending(3, [2.5]);
    const jobs = {
      ...parts.jobs,
      async nextDue(at: number) {
        // its timer comes between two steps, and nothing else is due by now
        if (at === START && happened.length === 0) pool.wake();
        return await parts.jobs.nextDue(at);
      },
    };
    await moveClock(START + 4 * HOUR_MS, { ...parts, jobs });
    expect(happened).toEqual(['sent 0 at 0', 'sent 1 at 1', 'sent 2 at 2', 'job 2.5']);
  });

  it('looks again for what an alarm asks for while it looks', async () => {
    const { happened, pool, parts, clock, skip } = sending(2, [2]);
    skip();
    clock.at(START + HOUR_MS, pool.wake);
    let sweeps = 0;
    const jobs = {
      ...parts.jobs,
      async nextDue(at: number) {
        if (sweeps++ === 0) pool.wake();
        return await parts.jobs.nextDue(at);
      },
    };
    await moveClock(START + 3 * HOUR_MS, { ...parts, jobs });
    expect(happened).toEqual(['sent 1 at 1', 'job 2']);
  });
});

it('a time that is past moves nothing back', async () => {
  const { clock, happened, parts } = calendar([]);
  await moveClock(START - HOUR_MS, parts);
  expect([clock.now(), happened]).toEqual([START, []]);
});

it('what waits for a later time is not waited for', async () => {
  const { clock, inFlight } = calendar([]);
  clock.at(START + HOUR_MS, () => undefined);
  await untilNothingElseRuns({ clock, inFlight, left: async () => ['1 cards to move'] });
  expect(clock.now()).toBe(START);
});

it('a job that has nothing to do is asked once a walk, and again after something was done', async () => {
  const { clock, inFlight, parts } = calendar([]);
  const asked: number[] = [];
  const hour = hourly(0);
  const idle: Job = {
    name: 'lands',
    lastDue: hour.lastDue,
    async nextDue(at) {
      asked.push((at - START) / HOUR_MS);
      return undefined;
    },
    run: async () => undefined,
  };
  const jobs = createJobs([idle, { ...hour, name: 'hourly', run: async () => undefined }], clock, logLines().log);
  clock.at(START + 2.5 * HOUR_MS, () => inFlight.begin('lane')());
  await moveClock(START + 5 * HOUR_MS, { ...parts, jobs });
  expect(asked).toEqual([0, 2.5]);
  await moveClock(START + 6 * HOUR_MS, { ...parts, jobs });
  expect(asked).toEqual([0, 2.5, 5]);
});

it('a walk that ends before a job could be due does not ask for it', async () => {
  const { clock, parts, happened } = calendar([]);
  const asked: number[] = [];
  const from = async (): Promise<number> => {
    asked.push((clock.now() - START) / HOUR_MS);
    return 0;
  };
  const run = async (dueAt: number): Promise<void> => void happened.push(`asked ${(dueAt - START) / HOUR_MS}`);
  const jobs = createJobs([{ ...onlyFrom(hourly(0), from), name: 'asked', run }], clock, logLines().log);
  await jobs.runDue();
  for (const hours of [0.2, 0.9]) await moveClock(START + hours * HOUR_MS, { ...parts, jobs });
  expect(asked).toEqual([]);
  await moveClock(START + HOUR_MS, { ...parts, jobs });
  expect(asked).toEqual([0.9]);
  expect(happened).toEqual(['asked 0', 'asked 1']);
});

it('in a store that is new no job runs for a time before, and each from its next one on', async () => {
  const { clock, parts, happened } = calendar([]);
  const run = async (dueAt: number): Promise<void> => void happened.push(`job ${(dueAt - START) / HOUR_MS}`);
  const jobs = createJobs([{ ...hourly(0), name: 'of a new store', run }], clock, logLines().log);
  const limits = { calls: 1, pushes: 1 };
  const installation = { limits, programmeTimeZone: 'UTC', invitationsADay: 1 };
  expect(await writeInstallation(installation)).toBe(true);
  expect(await writeInstallation(installation)).toBe(false);
  jobs.nothingBefore();
  await jobs.runDue();
  expect(happened).toEqual([]);
  await moveClock(START + 2 * HOUR_MS, { ...parts, jobs });
  expect(happened).toEqual(['job 1', 'job 2']);
});
