import { asAppError } from '@field/kit/errors';
import {
  abandonPut,
  claimStaleCard,
  finishPut,
  holdPut,
  liftPuts,
  type PutBefore,
  type PutInFlight,
  postponePut,
} from '../../models/card-puts.ts';
import type { Card } from '../../models/cards.ts';
import { isOver } from '../../models/outages.ts';
import { ASK_AGAIN_MS } from '../domain/budget.ts';
import type { Bill } from '../platform/bill.ts';
import { CallOut } from '../platform/call-out.ts';
import { aloneMs } from '../work/back-off.ts';
import { countsAsFailure } from './not-made.ts';
import { sendShowable } from './refused-words.ts';
import type { SenderOptions } from './sender.ts';

/**
 * Redraws one card that may show something else than it should, if there is one whose PUT stands so. Renders from the present
 * state and sends one PUT; a redraw that changes nothing sends nothing (architecture 6). `token`: what it claims the PUT by.
 */
export async function redrawNext(token: string, options: SenderOptions, before: PutBefore): Promise<void> {
  const put = await claimStaleCard(token, options.clock.machine(), before);
  if (put === undefined) return;
  try {
    await redraw(options, put);
  } catch (thrown) {
    await afterFailure(options, put, thrown);
  }
}

async function afterFailure(options: SenderOptions, put: PutInFlight, thrown: unknown): Promise<void> {
  const { clock, log } = options;
  const error = asAppError(thrown);
  const { code, kind, details } = error;
  if (code === 'budget.spent') return await holdPut(put, clock.machine() + ASK_AGAIN_MS);
  if (kind !== 'configuration') log.warn({ code, outTrackId: put.card.outTrackId, details }, 'redraw.failed');
  if (kind === 'bug') log.error({ err: error.cause ?? error }, 'redraw.bug');
  if (kind === 'user' || kind === 'permanent') {
    return await abandonPut(put, { error: code, answered: details.code?.toString(), at: clock.now() });
  }
  const counts = countsAsFailure(error);
  const failures = counts ? put.failures + 1 : put.failures;
  // the first failure of its own is that of the call, which says how long
  const own = error instanceof CallOut && failures <= 1 ? 0 : aloneMs(failures, options.random());
  const retryAt = clock.machine() + Math.max(Number(details.retryAfterMs ?? 0), own);
  const waitsFor = error instanceof CallOut ? error.call : 'itself';
  await postponePut(put, { machine: clock.machine(), retryAt, waitsFor, counts });
  // as for what is sent
  if (waitsFor !== 'itself' && (await isOver(waitsFor))) await liftPuts(waitsFor, clock.machine());
}

async function redraw(options: SenderOptions, put: PutInFlight): Promise<void> {
  const { card } = put;
  const { outTrackId, shown } = card;
  const drawn = await options.renderer.render(card, { patient: true });
  const now = { version: drawn.version, hash: drawn.hash, asked: drawn.asked };
  const same = shown !== undefined && shown.hash === drawn.hash;
  if (!same) {
    const bill = billOf(card, drawn.payer);
    await sendShowable(options, card, drawn.params, (params) =>
      options.platform.updateCard({ outTrackId, params }, bill),
    );
  }
  await finishPut(put, now, drawn.formOpen, drawn.redrawAt);
  options.images.prepare(drawn.soon, drawn.payer);
}

/** What a person works on, or of which it is not known what it shows, follows from their step; a record, from what others did. */
function billOf({ kind, shown, inGroup, viewer }: Card, payer: string): Bill {
  if (kind !== 'working' && shown !== undefined) return { payer, class: 'record' };
  return { payer, class: 'own', causedBy: inGroup ? undefined : viewer };
}
