import { DAY_MS } from '@field/kit/calendar';
import { derivedId } from '@field/kit/ids';
import { adminsOf, type Person } from '../../models/people.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Subject } from '../../src/platform/subject.ts';

/** What of an ISO is open and in nobody's hands. */
export function withoutHandsSubject(isoId: string): Subject {
  return { kind: 'work', id: `nobody/${isoId}` };
}

/** The admins get one card a day that says how much there is; the one that they have says it anew. */
export async function tellWithoutHands(ctx: Context, isoId: string, leaving?: Pick<Person, 'userId'>): Promise<void> {
  const subject = withoutHandsSubject(isoId);
  ctx.touch(subject);
  for (const { userId } of await adminsOf(isoId, ctx.tx)) {
    if (userId === leaving?.userId) continue;
    const intent = derivedId('withoutHands', isoId, Math.floor(ctx.now / DAY_MS), userId);
    ctx.send({ intent, once: true, to: userId, kind: 'record', view: 'handOver.left', subject });
  }
}
