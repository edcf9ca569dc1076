import { changePerson } from '../../models/people.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Subject } from '../../src/platform/subject.ts';

/** What the person works on now: photos that they send go there. Undefined: to nothing. */
export async function setCurrentWork(ctx: Context, subject: Subject | undefined): Promise<void> {
  const { userId, currentWork } = ctx.person;
  if (currentWork?.kind === subject?.kind && currentWork?.id === subject?.id) return;
  ctx.person = await changePerson(userId, { currentWork: subject ?? null }, ctx.tx);
}
