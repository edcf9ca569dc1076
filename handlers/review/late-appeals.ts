import {
  countFiled,
  type FiledAppeals,
  type ListedAppeal,
  someFiled,
  versionsAppealed,
  type WhoseAppeals,
} from '../../models/appeal-lists.ts';
import { type Appeal, appealsFiled } from '../../models/appeals.ts';
import type { Iso } from '../../models/isos.ts';
import { FIRST_VERSION, programmeAt } from '../../models/programme-in-use.ts';
import { overIfBefore } from '../../src/domain/remedy-deadline.ts';
import { answerRule } from '../../src/programme/answer-rule.ts';
import { answerDue } from './answer-due.ts';

/** An appeal that waits for its answer, and by when that is due. */
interface Waiting<A> {
  readonly appeal: A;
  readonly answerBy: number;
}

/** The appeals of an ISO that wait for their answer, what is due first at the top: all of them. */
export async function waitingAppeals(iso: Iso): Promise<readonly Waiting<Appeal>[]> {
  return await byDue(await appealsFiled(iso.isoId), iso);
}

/** Of these how many are late, by the programme of each: none of them is read. */
export async function countLate(whose: WhoseAppeals, iso: Iso, now: number): Promise<number> {
  const late = await lateIn(whose, iso, now);
  const counts = await Promise.all(late.map((filed) => countFiled(whose, filed)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The late ones of a page, the longest at the top, of as many as there are; no more is read than up to them. */
export async function lateFrom(
  whose: WhoseAppeals,
  iso: Iso,
  now: number,
  pageOf: (count: number) => { readonly skip: number; readonly limit: number },
): Promise<{ readonly count: number; readonly shown: readonly Waiting<ListedAppeal>[] }> {
  const late = await lateIn(whose, iso, now);
  const counts = await Promise.all(late.map((filed) => countFiled(whose, filed)));
  const count = counts.reduce((sum, one) => sum + one, 0);
  const { skip, limit } = pageOf(count);
  const found = await Promise.all(late.map((filed) => someFiled(whose, filed, skip + limit)));
  return { count, shown: (await byDue(found.flat(), iso)).slice(skip, skip + limit) };
}

/** Of each version of the programme before when an appeal was sent whose answer is late. */
async function lateIn(whose: WhoseAppeals, iso: Iso, now: number): Promise<readonly FiledAppeals[]> {
  const { country: market, timeZone } = iso;
  const versions = await versionsAppealed(whose);
  return await Promise.all(
    versions.map(async (version) => {
      const { programme } = await programmeAt(version ?? FIRST_VERSION);
      return { version, before: overIfBefore(now, answerRule(programme, { market, timeZone })) };
    }),
  );
}

async function byDue<A extends Pick<Appeal, 'filedAt' | 'programme'>>(
  appeals: readonly A[],
  iso: Iso,
): Promise<readonly Waiting<A>[]> {
  const waiting: Waiting<A>[] = [];
  for (const appeal of appeals) {
    const answerBy = await answerDue(appeal, iso);
    if (answerBy !== undefined) waiting.push({ appeal, answerBy });
  }
  return waiting.sort((one, other) => one.answerBy - other.answerBy);
}
