import { asAppError } from '@field/kit/errors';
import { abandonPut, claimStaleCard, finishPut, type PutInFlight, postponePut } from '../../models/card-puts.ts';
import { retryDelayMs } from '../work/back-off.ts';
import { sendShowable } from './refused-words.ts';
import type { SenderOptions } from './sender.ts';

/**
 * Redraws one card that may show something else than it should; answers whether there was one. Renders from the present
 * state and sends one PUT; a redraw that changes nothing sends nothing (architecture 6).
 */
export async function redrawNext(options: SenderOptions): Promise<boolean> {
  const { clock } = options;
  const put = await claimStaleCard(options.ids.token(), clock.machine());
  if (put === undefined) return false;
  try {
    await redraw(options, put);
  } catch (thrown) {
    const error = asAppError(thrown);
    const { code, kind, details } = error;
    if (kind !== 'configuration') options.log.warn({ code, outTrackId: put.card.outTrackId, details }, 'redraw.failed');
    if (kind === 'retryable' || kind === 'configuration') {
      await postponePut(put, clock.machine() + retryDelayMs(2, options.random(), error));
    } else {
      if (error.kind === 'bug') options.log.error({ err: error.cause ?? error }, 'redraw.bug');
      await abandonPut(put);
    }
  }
  return true;
}

async function redraw(options: SenderOptions, put: PutInFlight): Promise<void> {
  const { card } = put;
  const { outTrackId, shown } = card;
  const drawn = await options.renderer.render(card, { patient: true });
  const now = { version: drawn.version, hash: drawn.hash };
  const same = shown !== undefined && shown.hash === drawn.hash;
  if (!same) {
    await sendShowable(options, card, drawn.params, (params) => options.platform.updateCard({ outTrackId, params }));
  }
  await finishPut(put, now, drawn.formOpen, drawn.redrawAt);
  options.images.prepare(drawn.soon);
}
