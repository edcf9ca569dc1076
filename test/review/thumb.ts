import { asAppError } from '@field/kit/errors';
import { systemIds } from '@field/kit/ids';
import type { Action } from '../../cards/actions.ts';
import { routes } from '../../handlers/routes.ts';
import { findAppeal, latestAppealOf } from '../../models/appeals.ts';
import { findOpenModification } from '../../models/drafts.ts';
import { findPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { newContext } from '../../src/bot/context.ts';
import { commitEffects } from '../../src/bot/effects.ts';
import type { TapParams, TapUpdate } from '../../src/platform/update.ts';
import { itemOf, NOW } from '../support/shop-under-review.ts';

interface Tap {
  readonly by?: string;
  readonly at?: number;
  readonly params: Omit<TapParams, 'action' | 'extra'> & Partial<Pick<TapParams, 'extra'>>;
}

/** Taps as a phone does, in a transaction of its own; answers what was shown, or that somebody else was faster. */
export async function tap(action: Action, { by = 'nok', at = NOW, params }: Tap): Promise<string> {
  try {
    return await inTransaction(async (tx) => {
      const person = await findPerson(by, tx);
      if (person === undefined) throw new Error(`no person ${by}`);
      const update: TapUpdate = {
        kind: 'tap',
        id: systemIds.next(),
        at,
        outTrackId: 'card',
        userId: by,
        params: { action, extra: {}, ...params },
      };
      const ctx = newContext({ update, tx, ids: systemIds, now: at, dingTalkNow: at, person, card: undefined });
      await routes().forTap(action)?.handle(ctx);
      const { working, becomes } = ctx.effects;
      await commitEffects(ctx);
      return [becomes?.view ?? working?.view, working?.line?.key].filter(Boolean).join(' ');
    });
  } catch (thrown) {
    const { code } = asAppError(thrown);
    if (code === 'bug.unexpected') throw thrown;
    return code;
  }
}

/** On the item's own card, drawn as it is now. */
export async function onItem(itemRef: string): Promise<Tap> {
  const { version } = await itemOf(itemRef);
  return { params: { subject: { kind: 'item', id: itemRef }, version } };
}

/** On the card of what puts it right, drawn as it is now. */
export async function onModification(itemRef: string): Promise<Tap & { draftId: string }> {
  const stored = await inTransaction((tx) => findOpenModification(itemRef, tx));
  if (stored === undefined) throw new Error(`nothing puts ${itemRef} right`);
  const { draftId, version } = stored;
  return { draftId, params: { subject: { kind: 'draft', id: draftId }, version } };
}

/** On the card of its appeal, drawn as it is now. */
export async function onAppeal(itemRef: string): Promise<Tap & { appealId: string }> {
  const latest = await latestAppealOf(itemRef);
  const appeal = latest && (await findAppeal(latest.appealId));
  if (appeal === undefined) throw new Error(`no appeal about ${itemRef}`);
  const { appealId, version } = appeal;
  return { appealId, params: { subject: { kind: 'appeal', id: appealId }, version } };
}
