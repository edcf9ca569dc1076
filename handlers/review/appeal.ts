import { type Appeal, addAppeal, changeAppeal, latestAppealOf } from '../../models/appeals.ts';
import { type Item, readUnder } from '../../models/item-rows.ts';
import { changeItem } from '../../models/items.ts';
import { addSubmissions } from '../../models/submissions.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { readStatement } from '../../src/domain/appeal-statement.ts';
import { openRemedies, stateAt } from '../../src/domain/item-standing.ts';
import { setCurrentWork } from '../photos/current-work.ts';
import { flaggedRow } from '../photos/flagged-row.ts';
import { type AppealedItem, showAppeal } from './appeal-at-hand.ts';
import { showItem } from './item-at-hand.ts';
import { failedState, whyNotNow } from './item-model.ts';
import { modify } from './modify.ts';
import { touchItem } from './touch-item.ts';

/** Longer text is cut before it is kept: no form can show it again. */
const LONGEST_KEPT = 2_000;

const ONLY_REVISION = 1;

/** `Appeal`: asks why, then for photos; begun already, it goes on. It keeps Modify from being begun. */
export async function startAppeal(ctx: TapContext, item: Item): Promise<void> {
  const latest = item.state === 'APPEALING' ? await latestAppealOf(item.itemRef, ctx.tx) : undefined;
  if (latest?.state === 'DRAFT' && stateAt(item, ctx.now, true) === 'APPEALING') return await showAppeal(ctx, latest);
  if (!openRemedies(item, ctx.now).includes('APPEAL')) return showItem(ctx, item, whyNotNow(item, ctx.now));
  const appealId = ctx.ids.next();
  const { itemRef, isoId, revision: againstRevision, judgement } = item;
  touchItem(ctx, await changeItem(item, { state: 'APPEALING' }, ctx.tx));
  await addAppeal(
    {
      appealId,
      itemRef,
      isoId,
      userId: ctx.person.userId,
      againstRevision,
      startedAt: ctx.now,
      againstReasonCodes: judgement?.reasonCodes ?? [],
      programme: readUnder(item),
    },
    ctx.tx,
  );
  ctx.audit('review.appeal', { kind: 'item', id: itemRef }, { revision: againstRevision });
  await showAppeal(ctx, { appealId });
}

/** The reason, as typed: taken, or it comes back with what is wrong with it. Never refused for age. */
export async function sayWhy(ctx: TapContext, { appeal }: AppealedItem): Promise<void> {
  const { why } = ctx.update.params.form ?? {};
  const typed = typeof why === 'string' ? why : (appeal.typed ?? appeal.statement);
  const { at: saidAt } = ctx.update;
  if ((appeal.saidAt ?? saidAt) > saidAt) return await keepBeside(ctx, appeal, typed);
  const reading = readStatement(typed);
  if (reading.ok) {
    const { statement } = reading;
    return await showAppeal(ctx, await changeAppeal(appeal, { statement, saidAt, typed: null, note: null }, ctx.tx));
  }
  const kept = { typed: typed.slice(0, LONGEST_KEPT), saidAt };
  await showAppeal(ctx, await changeAppeal(appeal, kept, ctx.tx), 'review.appealWhy');
}

/** It was tapped before the reason that stands: that stays, and this one is kept as it was typed. */
async function keepBeside(ctx: TapContext, appeal: Appeal, typed: string): Promise<void> {
  const isSame = typed.trim() === (appeal.typed ?? appeal.statement).trim();
  const late = { overtaken: typed.slice(0, LONGEST_KEPT), note: 'note.saidLater' } as const;
  await showAppeal(ctx, isSame ? appeal : await changeAppeal(appeal, late, ctx.tx));
}

/** `Back`: what was said can be changed. */
export async function openWhy(ctx: TapContext, { appeal }: AppealedItem): Promise<void> {
  await showAppeal(ctx, appeal, 'review.appealWhy');
}

/** `Send appeal`: it is handed over; the item waits for its answer. */
export async function sendAppeal(ctx: TapContext, { appeal, item }: AppealedItem): Promise<void> {
  const isChecked = appeal.evidence.every(({ sha256 }) => sha256 !== undefined);
  // what is still being looked at may be refused, and the card says so then
  const canSend = appeal.statement !== '' && isChecked;
  if (!canSend) return await showAppeal(ctx, appeal);
  await changeAppeal(appeal, { state: 'FILED', filedAt: ctx.now, typed: null, note: null }, ctx.tx);
  await handOver(ctx, { appeal, item });
  await setCurrentWork(ctx, undefined);
  touchItem(ctx, item);
  ctx.audit('review.sendAppeal', { kind: 'appeal', id: appeal.appealId }, { photos: appeal.evidence.length });
  ctx.become({ view: 'review.appealSent', subject: { kind: 'appeal', id: appeal.appealId } });
}

async function handOver(ctx: TapContext, { appeal, item }: AppealedItem): Promise<void> {
  const { appealId, statement, evidence, againstRevision, againstReasonCodes, programme } = appeal;
  const { isoId, itemRef } = item;
  const line = await flaggedRow(ctx, {
    itemType: 'APPEAL',
    itemRef: appealId,
    revision: ONLY_REVISION,
    isoId,
    staffRef: ctx.person.userId,
    submittedAt: ctx.now,
    values: { statement },
    photos: evidence.flatMap(({ sha256 }) => (sha256 === undefined ? [] : [{ role: 'evidence', sha256 }])),
    against: { itemRef, revision: againstRevision, reasonCodes: [...againstReasonCodes] },
  });
  await addSubmissions([{ ...line, isoId, programme, submittedAt: ctx.now }], ctx.tx);
  ctx.submitted();
}

/**
 * `Withdraw`, or `Cancel` before it was sent. The item is what it was, and can be modified, while its time is not over; after that a sent appeal only waits for its answer.
 */
export async function withdrawAppeal(ctx: TapContext, { appeal, item }: AppealedItem): Promise<void> {
  // an appeal that was sent does not lapse by itself, but there is nothing to go back to
  const inTime = stateAt(item, ctx.now, true) === 'APPEALING';
  if (!inTime) return showItem(ctx, item, whyNotNow(item, ctx.now));
  await giveUp(ctx, appeal, item);
  showItem(ctx, item, { key: 'appeal.withdrawn' });
}

/** `Modify instead`: the appeal that is being written is given up for a modification. */
export async function modifyInstead(ctx: TapContext, { appeal, item }: AppealedItem): Promise<void> {
  await modify(ctx, await giveUp(ctx, appeal, item));
}

async function giveUp(ctx: TapContext, appeal: Appeal, item: Item): Promise<Item> {
  await changeAppeal(appeal, { state: 'WITHDRAWN' }, ctx.tx);
  const again = await changeItem(item, { state: failedState(item) }, ctx.tx);
  if (ctx.person.currentWork?.id === appeal.appealId) await setCurrentWork(ctx, undefined);
  ctx.touch({ kind: 'appeal', id: appeal.appealId });
  touchItem(ctx, again);
  ctx.audit('review.withdrawAppeal', { kind: 'appeal', id: appeal.appealId });
  return again;
}
