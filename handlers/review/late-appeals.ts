import { type Appeal, appealsFiled } from '../../models/appeals.ts';
import type { Iso } from '../../models/isos.ts';
import { answerDue } from './answer-due.ts';

/** An appeal that waits for its answer, and by when that is due. */
export interface WaitingAppeal {
  readonly appeal: Appeal;
  readonly answerBy: number;
}

/** The appeals of an ISO that wait for their answer, what is due first at the top. */
export async function waitingAppeals(iso: Iso): Promise<readonly WaitingAppeal[]> {
  const waiting: WaitingAppeal[] = [];
  for (const appeal of await appealsFiled(iso.isoId)) {
    const answerBy = await answerDue(appeal, iso);
    if (answerBy !== undefined) waiting.push({ appeal, answerBy });
  }
  return waiting.sort((one, other) => one.answerBy - other.answerBy);
}

/** Those whose answer is late. */
export async function lateAppeals(iso: Iso | undefined, now: number): Promise<readonly WaitingAppeal[]> {
  return iso === undefined ? [] : (await waitingAppeals(iso)).filter(({ answerBy }) => answerBy <= now);
}
