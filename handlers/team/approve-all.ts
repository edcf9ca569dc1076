import { readRequests } from '../../models/requests-with-people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { approve, mayDecide } from '../association/decide-request.ts';
import { showRequests } from './team.ts';

/** As many as one tap approves, within the time that it has. */
export const APPROVED_AT_ONCE = 20;

/** Those who wait, with ticks: nobody is approved unseen. */
export async function openApproveAll(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.approve', subject: { kind: 'person', id: ctx.person.userId } });
}

/** Approves who is ticked and still waits; who was decided meanwhile stays as decided. */
export async function approveTicked(ctx: TapContext): Promise<void> {
  const { who } = ctx.update.params.form ?? {};
  const ticked = typeof who === 'string' ? [who] : (who ?? []);
  let count = 0;
  for (const request of await readRequests([...new Set(ticked)].slice(0, APPROVED_AT_ONCE), ctx.tx)) {
    if (request.state !== 'PENDING' || !mayDecide(ctx.person, request)) continue;
    await approve(ctx, request);
    count += 1;
  }
  showRequests(ctx, count > 0 ? { line: { key: 'team.approved', args: { count } } } : {});
}
