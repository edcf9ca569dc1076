import { DAY_MS, dayAfter, dayOf } from '@field/kit/calendar';
import type { Clock } from '@field/kit/clock';
import type { Logger } from '@field/kit/log';
import { allIsos, type Iso } from '../../models/isos.ts';
import { peopleOf } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import { recountStanding } from '../../models/recount-standing.ts';
import { recountMonth, recountResults } from '../../models/recount-work.ts';
import { talliesOfIso } from '../../models/tallies.ts';
import { besides, everyMinutes, type Job } from './jobs.ts';

/** So many people of an ISO a night. */
const PEOPLE_A_NIGHT = 20;
/** So many months back numbers are counted again. */
const MONTHS = 24;
/** Results of so many days: what is shown is of the last one. */
const RESULT_DAYS = 3;
/** 20:10 UTC is the middle of the night from Bangkok to Shanghai. */
const NIGHTLY = everyMinutes(24 * 60, 20 * 60 + 10);

export interface Recounting {
  readonly clock: Clock;
  readonly log: Logger;
  /** Told how many numbers were wrong, where any was. */
  readonly corrected: (count: number) => void;
}

/**
 * What is kept of everybody's numbers is counted again from the rows, some people of each ISO a night, one after the other: this month,
 * the last, and one of the older ones, another each night; and how things of each ISO stand. Each night follows from its number alone, so that
 * no process remembers one.
 */
export function recountTallies({ clock, log, corrected }: Recounting): Job {
  return {
    name: 'recount-tallies',
    ...besides(NIGHTLY),
    async run() {
      const now = clock.now();
      const night = Math.floor(now / DAY_MS);
      const wrong = new Map<string, number>();
      const add = (isoId: string, count: number): void => {
        if (count > 0) wrong.set(isoId, (wrong.get(isoId) ?? 0) + count);
      };
      for (const iso of await allIsos()) {
        for (let back = 0; back < RESULT_DAYS; back += 1)
          add(iso.isoId, await recountResults(iso.isoId, dayAfter(dayOf(now, iso.timeZone), -back)));
        for (const month of monthsOf(iso, now, night)) {
          for (const userId of await peopleOfNight(iso, month, night)) {
            const { isoId, timeZone } = iso;
            const count = await recountMonth({ isoId, userId, month, timeZone });
            add(isoId, count);
          }
        }
        // after the marks that it counts, which those of before put right
        add(iso.isoId, await recountStanding(iso.isoId));
      }
      const numbers = [...wrong.values()].reduce((sum, count) => sum + count, 0);
      if (numbers === 0) return;
      corrected(numbers);
      log.warn({ numbers, isos: [...wrong.keys()] }, 'tallies.corrected');
    },
  };
}

function monthsOf({ timeZone }: Iso, now: number, night: number): readonly string[] {
  const back = [0, 1, 2 + (night % (MONTHS - 2))];
  return back.map((months) => monthsBefore(dayOf(now, timeZone).slice(0, 6), months));
}

function monthsBefore(month: string, count: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(4)) - 1 - count;
  return `${Math.floor(months / 12)}${String((months % 12) + 1).padStart(2, '0')}`;
}

/** Whoever is there, and whoever has numbers of that month, in turns. */
async function peopleOfNight({ isoId }: Iso, month: string, night: number): Promise<readonly string[]> {
  const [there, counted] = await readAll(
    () => peopleOf(isoId),
    () => talliesOfIso(isoId, month),
  );
  const all = [...new Set([...there.map(({ userId }) => userId), ...counted.keys()])].sort();
  const turns = Math.max(1, Math.ceil(all.length / PEOPLE_A_NIGHT));
  const turn = night % turns;
  return all.slice(turn * PEOPLE_A_NIGHT, (turn + 1) * PEOPLE_A_NIGHT);
}
