import { changeAppeal } from '../../models/appeals.ts';
import { addSubmissions } from '../../models/submissions.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { outgoingRow } from '../../src/daily/submission-line.ts';
import { takeInHand } from '../photos/in-hand.ts';
import { showAppeal, tappedAppeal } from './appeal.ts';
import type { AppealedItem } from './own-appeal.ts';
import { touchItem } from './touch-item.ts';

const ONLY_REVISION = 1;

/** `Send appeal`: a command, so from a stale card nothing changes. It is handed over; the item waits for its answer. */
export async function sendAppeal(ctx: TapContext): Promise<void> {
  const found = await tappedAppeal(ctx);
  if (found === undefined) return;
  const { appeal, item } = found;
  const isChecked = appeal.evidence.every(({ sha256 }) => sha256 !== undefined);
  // what is still being looked at may be refused, and the card says so then
  const canSend = ctx.update.params.version === appeal.version && appeal.statement !== '' && isChecked;
  if (!canSend) return await showAppeal(ctx, appeal);
  await changeAppeal(appeal, { state: 'FILED', filedAt: ctx.now, typed: '', note: '' }, ctx.tx);
  await handOver(ctx, found);
  await takeInHand(ctx, undefined);
  touchItem(ctx, item);
  ctx.audit('review.sendAppeal', { kind: 'appeal', id: appeal.appealId }, { photos: appeal.evidence.length });
  ctx.become({ view: 'appeal-sent', subject: { kind: 'appeal', id: appeal.appealId } });
}

async function handOver(ctx: TapContext, { appeal, item }: AppealedItem): Promise<void> {
  const { appealId, statement, evidence, againstRevision, againstReasonCodes } = appeal;
  const { isoId, itemRef } = item;
  const line = outgoingRow({
    ...{ itemType: 'APPEAL', itemRef: appealId, revision: ONLY_REVISION, isoId, staffRef: ctx.person.userId },
    ...{ submittedAt: ctx.now, values: { statement } },
    photos: evidence.flatMap(({ sha256 }) => (sha256 === undefined ? [] : [{ role: 'evidence', sha256 }])),
    against: { itemRef, revision: againstRevision, reasonCodes: [...againstReasonCodes] },
  });
  await addSubmissions([{ ...line, isoId, submittedAt: ctx.now }], ctx.tx);
  ctx.submitted();
}
