import type { Clock } from '@field/kit/clock';
import type { Logger } from '@field/kit/log';
import { claimRun } from '../../models/leases.ts';

/** Something that is done at set times, once per time over all processes unless it says otherwise. */
export interface Job {
  readonly name: string;
  /** The last time at or before `at` when it was due, milliseconds. */
  lastDue(at: number): number;
  /** The first time after `at` when it is due; none as long as there is nothing for it to do. */
  nextDue(at: number): number | Promise<number | undefined>;
  /** The first time after `at` when it could be due, whether or not there is something to do then: nobody need ask before. */
  readonly soonest?: ((at: number) => number) | undefined;
  run(dueAt: number): Promise<void>;
  /** Each process does it, for what is its own; else one does it for all. */
  readonly everywhere?: true | undefined;
}

export interface Jobs {
  /** Runs what is due and was not run; node-cron wakes it, and the demo's clock walks it. */
  runDue(): Promise<void>;
  /**
   * The first time after `at` when any job is due; Infinity for none. As long as `standing` is the same object nothing was done, and a
   * job that has said when it is due is not asked again before. One that cannot be due by `until` is not asked at all.
   */
  nextDue(at: number, standing: object, until?: number): Promise<number>;
  /** There was nothing before now: what was due until then has nothing to do. */
  nothingBefore(): void;
}

export function createJobs(
  jobs: readonly Job[],
  clock: Clock,
  log: Logger,
  ran: (job: string, outcome: 'done' | 'failed') => void = () => undefined,
): Jobs {
  /** The time of each job that this process has looked at last: whoever claimed it then, it is not asked for again. */
  const lookedAt = new Map<string, number>();
  const saidDue = new Map<string, { readonly standing: object; readonly at: number }>();

  async function nextDue(job: Job, at: number, standing: object, until: number): Promise<number> {
    if (job.soonest !== undefined && job.soonest(at) > until) return Infinity;
    const said = saidDue.get(job.name);
    if (said?.standing === standing && said.at > at) return said.at;
    const due = (await job.nextDue(at)) ?? Infinity;
    saidDue.set(job.name, { standing, at: due });
    return due;
  }

  return {
    async runDue() {
      for (const job of jobs) {
        const dueAt = job.lastDue(clock.now());
        if (lookedAt.get(job.name) === dueAt) continue;
        const isOurs = job.everywhere || (await claimRun(job.name, new Date(dueAt).toISOString(), clock.machine()));
        lookedAt.set(job.name, dueAt);
        if (!isOurs) continue;
        try {
          await job.run(dueAt);
          ran(job.name, 'done');
        } catch (error) {
          ran(job.name, 'failed');
          log.error({ job: job.name, dueAt: new Date(dueAt).toISOString(), err: error }, 'job.failed');
        }
      }
    },
    nothingBefore() {
      for (const job of jobs) lookedAt.set(job.name, job.lastDue(clock.now()));
    },
    async nextDue(at, standing, until = Infinity) {
      return Math.min(...(await Promise.all(jobs.map((job) => nextDue(job, at, standing, until)))));
    },
  };
}

const MINUTE_MS = 60_000;

interface DueTimes {
  lastDue(at: number): number;
  nextDue(at: number): number;
}

/** The same times, but only from when on there is something to do: `from` says it, milliseconds; none as long as nothing is in sight. */
export function onlyFrom(
  times: DueTimes,
  from: () => Promise<number | undefined>,
): Pick<Job, 'lastDue' | 'nextDue' | 'soonest'> {
  return {
    lastDue: times.lastDue,
    soonest: times.nextDue,
    async nextDue(at) {
      const first = await from();
      return first === undefined ? undefined : times.nextDue(Math.max(at, first - 1));
    },
  };
}

/** The same times, of something that nobody waits for: a calendar that is walked stops for it nowhere, and does it where it stops. */
export function besides({ lastDue }: DueTimes): Pick<Job, 'lastDue' | 'nextDue'> {
  return { lastDue, nextDue: async () => undefined };
}

/** Due times of something hourly, `minute` minutes past the hour. */
export function hourly(minute: number): DueTimes {
  return everyMinutes(60, minute);
}

/** Due times every `minutes`, the first of them `after` minutes past the hour. */
export function everyMinutes(minutes: number, after = 0): DueTimes {
  const [period, shift] = [minutes * MINUTE_MS, after * MINUTE_MS];
  const lastDue = (at: number): number => Math.floor((at - shift) / period) * period + shift;
  return { lastDue, nextDue: (at) => lastDue(at) + period };
}
