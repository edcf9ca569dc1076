/** Whose the results of a day are: the ISO's, which is nobody by itself. */
export const RESULTS = '';
/** The period of what is counted as it stands now. */
export const STANDING = 'ALL';

/** What is to be added to the numbers of one person, or of an ISO, in one period. */
export interface TallySum {
  readonly isoId: string;
  readonly userId: string;
  readonly period: string;
  /** By how much which number changes; none where only somebody else must not change it meanwhile. */
  readonly by: Record<string, number>;
  /** When the first and the last of it was sent, milliseconds. */
  firstAt?: number | undefined;
  lastAt?: number | undefined;
}

/**
 * What changes of the numbers of people and their days, of the results of a day by the programme's calendar, and, without a day, of how things
 * stand, by whoever moved them: two people who do so at once write no row in common. It is summed up as it is found: a file moves thousands, of a
 * few people and days.
 */
export class TallySums {
  /** By day; of how things stand by none. */
  readonly #sums = new Map<string, TallySum>();

  /** So much more of one number of somebody's day, `20261123`, or, where it is empty, of how things stand. */
  add(isoId: string, userId: string, day: string, name: string, much: number): void {
    const { by } = sumIn(this.#sums, isoId, userId, day);
    by[name] = (by[name] ?? 0) + much;
  }

  /** Somebody sent something then, milliseconds: whatever it counts, nobody else may change the numbers of that day meanwhile. */
  sent(isoId: string, userId: string, day: string, at: number): void {
    comesThen(sumIn(this.#sums, isoId, userId, day), at, at);
  }

  /** By period, as it is stored: of a day of somebody's also its month; of how things stand only what came to anything. */
  periods(): readonly TallySum[] {
    const all = new Map<string, TallySum>();
    for (const { isoId, userId, period: day, by, firstAt, lastAt } of this.#sums.values()) {
      if (day === '' && Object.values(by).every((much) => much === 0)) continue;
      for (const period of periodsOf(userId, day)) {
        const sum = sumIn(all, isoId, userId, period);
        for (const name in by) sum.by[name] = (sum.by[name] ?? 0) + (by[name] ?? 0);
        if (firstAt !== undefined && lastAt !== undefined) comesThen(sum, firstAt, lastAt);
      }
    }
    return [...all.values()];
  }
}

function sumIn(sums: Map<string, TallySum>, isoId: string, userId: string, period: string): TallySum {
  // no period has a blank, and no ISO's id an end of line
  const key = `${period} ${isoId}\n${userId}`;
  const known = sums.get(key);
  if (known !== undefined) return known;
  const sum: TallySum = { isoId, userId, period, by: {} };
  sums.set(key, sum);
  return sum;
}

function comesThen(sum: TallySum, firstAt: number, lastAt: number): void {
  sum.firstAt = Math.min(firstAt, sum.firstAt ?? firstAt);
  sum.lastAt = Math.max(lastAt, sum.lastAt ?? lastAt);
}

function periodsOf(userId: string, day: string): readonly string[] {
  if (day === '') return [STANDING];
  return userId === RESULTS ? [`R${day}`] : [`D${day}`, `M${day.slice(0, 6)}`];
}
