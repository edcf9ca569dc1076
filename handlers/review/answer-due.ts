import type { Appeal } from '../../models/appeals.ts';
import type { Iso } from '../../models/isos.ts';
import { programmeAt } from '../../models/programme-in-use.ts';
import { remedyDeadline } from '../../src/domain/remedy-deadline.ts';
import { answerRule } from '../../src/programme/answer-rule.ts';

/** By when an appeal is to be answered, by the programme of what it is against; undefined as long as it was not sent. */
export async function answerDue(
  { filedAt, programme: version }: Pick<Appeal, 'filedAt' | 'programme'>,
  iso: Pick<Iso, 'country' | 'timeZone'> | undefined,
): Promise<number | undefined> {
  if (filedAt === undefined) return undefined;
  const { country: market = '', timeZone = 'UTC' } = iso ?? {};
  const { programme } = await programmeAt(version);
  return remedyDeadline(filedAt, answerRule(programme, { market, timeZone }));
}
