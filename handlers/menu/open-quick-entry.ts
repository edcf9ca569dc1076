import { isOnItsWay } from '../../models/outbox.ts';
import type { EventContext, WorkingContent } from '../../src/bot/context.ts';
import { isShutOut } from '../../src/domain/person-state.ts';
import type { QuickEntry } from '../../src/domain/quick-entries.ts';
import { isOneOf } from '../../src/domain/who.ts';
import { showAssociation } from '../association/send-request.ts';

const VIEWS: Readonly<Record<QuickEntry, WorkingContent['view']>> = {
  products: 'menu',
  tasks: 'inspection.home',
  results: 'review.mine',
  language: 'language',
};

/**
 * The navigation at the bottom of the chat was tapped, and its page knows by whom: the working card comes below with what the same
 * button of the menu opens. Whoever works for no ISO gets their way into one, and may choose a language.
 */
export async function openQuickEntry(ctx: EventContext<'quickEntry.tapped'>): Promise<void> {
  const { entry } = ctx.update.facts;
  if (isShutOut(ctx.person.state)) return;
  const former = entry === 'results' && ctx.person.state === 'UNKNOWN' && isOneOf(ctx.person, 'formerly', ctx.now);
  if (ctx.person.state !== 'ACTIVE' && entry !== 'language' && !former) return showAssociation(ctx);
  const view = former ? 'review.former' : VIEWS[entry];
  // tapped twice: it is coming already
  if (ctx.card?.view === view && (await isOnItsWay(ctx.card.outTrackId, ctx.tx))) return;
  ctx.show({ view, subject: { kind: 'person', id: ctx.person.userId } });
}
