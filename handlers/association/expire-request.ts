import { findAssociation, moveAssociation } from '../../models/associations.ts';
import type { EventContext } from '../../src/bot/context.ts';
import { ASSOCIATION_MOVES } from '../../src/domain/association-state.ts';
import { canMove } from '../../src/domain/moves.ts';
import { touchRequest } from './request-cards.ts';

/** `association.overdue`: a request undecided, or an invitation unanswered, for too long; unless something happened meanwhile. */
export async function expireRequest(ctx: EventContext<'association.overdue'>): Promise<void> {
  const { association, version } = ctx.update.facts;
  const found = await findAssociation(association, ctx.tx);
  if (found === undefined || String(found.version) !== version) return;
  if (!canMove(ASSOCIATION_MOVES, found.state, 'EXPIRED')) return;
  await moveAssociation(found, { state: 'EXPIRED' }, ctx.tx);
  touchRequest(ctx, found);
  ctx.audit('association.expire', { kind: 'association', id: found.requestId });
  if (found.userId === undefined || found.state !== 'PENDING') return;
  ctx.showTo(found.userId, {
    view: 'association',
    subject: { kind: 'person', id: found.userId },
    line: { key: 'association.expired' },
  });
}
