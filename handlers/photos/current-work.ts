import { changePerson, type Person } from '../../models/people.ts';
import { actedAt, type Context } from '../../src/bot/context.ts';
import { changedTo, type History, heldAt } from '../../src/domain/since.ts';
import type { Subject } from '../../src/platform/subject.ts';

/** What the person works on now: photos that they send from now on go there. Undefined: to nothing. */
export async function setCurrentWork(ctx: Context, subject: Subject | undefined): Promise<void> {
  const { userId, currentWork } = ctx.person;
  if (sameSubject(currentWork, subject)) return;
  const works = changedTo(worksOf(ctx.person), {
    before: currentWork,
    value: subject,
    at: actedAt(ctx),
    now: ctx.dingTalkNow,
  });
  ctx.person = await changePerson(userId, { currentWork: subject ?? null, works }, ctx.tx);
}

/** What was in hand when something was sent, milliseconds by DingTalk's clock; undefined for nothing, or where that is not known any more. */
export function workAt(person: Person, at: number): Subject | undefined {
  const works = worksOf(person);
  return works.length === 0 ? person.currentWork : (heldAt(works, at)?.value ?? undefined);
}

export function sameSubject(one: Subject | undefined, other: Subject | undefined): boolean {
  return one?.kind === other?.kind && one?.id === other?.id;
}

/** A release before this one changes what is in hand and not the history, which is begun anew then. */
function worksOf({ works = [], currentWork }: Person): History<Subject> {
  return sameSubject(works.at(-1)?.value, currentWork) ? works : [];
}
