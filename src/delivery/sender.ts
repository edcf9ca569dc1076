import type { Clock } from '@field/kit/clock';
import { type AppError, asAppError, type ErrorKind } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { type Card, cardMayBeMade, cardWasDelivered, findCard, foldLeftBehind, wasTapped } from '../../models/cards.ts';
import { isOver } from '../../models/outages.ts';
import {
  type CardSend,
  claimSend,
  dropSend,
  type JobRun,
  markDead,
  markSent,
  type OutboxRow,
  retrySend,
} from '../../models/outbox.ts';
import { waitsForFolded, waitsForSeries } from '../../models/outbox-order.ts';
import { liftSends } from '../../models/outbox-waits.ts';
import { inTransaction } from '../../models/transaction.ts';
import { ASK_AGAIN_MS, type CallClass } from '../domain/budget.ts';
import type { Bill } from '../platform/bill.ts';
import { CallOut } from '../platform/call-out.ts';
import type { Delivered, NewCard, Platform, Space } from '../platform/platform.ts';
import { aloneMs } from '../work/back-off.ts';
import type { CardImages } from './card-images.ts';
import { type ContactJobOptions, contactJobWaits, runContactJob, tellOfContactJob } from './contact-jobs.ts';
import { type FileJobOptions, fileJobDied, runFileJob } from './file-jobs.ts';
import { countsAsFailure, wasNotMade } from './not-made.ts';
import { sendShowable } from './refused-words.ts';
import type { Renderer } from './renderer.ts';
import { runTodoJob, type TodoJobOptions, todoJobDied } from './todo-jobs.ts';

export interface SenderOptions extends ContactJobOptions, FileJobOptions, TodoJobOptions {
  readonly platform: Platform;
  readonly renderer: Renderer;
  readonly images: Pick<CardImages, 'prepare'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly random: () => number;
}

const IN_HAND_MS = 10_000;
/** Cards that are of use only while there is something to do. */
const REMINDS: ReadonlySet<CallClass> = new Set(['reminder', 'deadline']);
/** A bug may have a passing cause, and nobody may lose a card for it; it is logged at each try, and an operator sees it. */
const MAY_WORK: ReadonlySet<ErrorKind> = new Set(['retryable', 'conflict', 'configuration', 'bug']);

/**
 * Does the most urgent pending job, a first delivery or another job for DingTalk, if there is one. The same `outTrackId` is used again after an
 * unknown outcome, so a card never comes twice (architecture 7). `token`: what it claims the job by.
 */
export async function sendNext(token: string, options: SenderOptions): Promise<void> {
  const { clock } = options;
  const row = await claimSend(token, clock.now(), clock.machine());
  if (row === undefined) return;
  if (row.wantedUntil !== undefined && row.wantedUntil < clock.now()) {
    options.log.info({ intent: row.intent }, 'send.late');
    return await dropSend(row, 'late');
  }
  const at = { now: clock.now(), machine: clock.machine() };
  if ('job' in row ? await waitsForSeries(row, at) : await waitsForFolded(row, at)) return;
  try {
    await ('job' in row ? runJob(options, row) : deliver(options, row));
  } catch (thrown) {
    await afterFailure(options, row, thrown);
  }
}

async function runJob(options: SenderOptions, row: JobRun): Promise<void> {
  switch (row.job.kind) {
    case 'file':
      return await runFileJob(options, row);
    case 'todo':
      return await runTodoJob(options, row);
    case 'invitation':
    case 'lookup':
      return await runContactJob(options, row);
  }
}

/** Whoever waits for it is told that it will not come. */
async function jobDied(options: SenderOptions, row: JobRun, error: AppError): Promise<void> {
  switch (row.job.kind) {
    case 'file':
      return await fileJobDied(options, row);
    case 'todo':
      return await todoJobDied(row);
    case 'invitation':
    case 'lookup':
      return await tellOfContactJob(options, row, error);
  }
}

async function deliver(options: SenderOptions, row: CardSend): Promise<void> {
  const { platform, renderer, images } = options;
  const card = await findCard(row.outTrackId);
  if (card === undefined) return await dropSend(row, 'gone');
  if (card.folded !== undefined) return await dropSend(row, 'overtaken');
  const drawn = await renderer.render(card, { patient: true });
  if (drawn.isOver === true && REMINDS.has(row.callClass)) return await dropOver(options, row);
  const bill: Bill = { payer: drawn.payer, class: row.callClass, causedBy: row.causedBy };
  const send = async (newCard: NewCard): Promise<Delivered> => {
    if (row.made) return await platform.deliver(newCard, bill);
    const made = await platform.createAndDeliver(newCard, bill);
    if (made.existed) await deliverUnlessSeen(platform, newCard, bill);
    return made;
  };
  const { existed } = await sendShowable(options, card, drawn.params, (params) =>
    send({
      outTrackId: row.outTrackId,
      space: spaceOf(card),
      params,
      preview: params === drawn.params ? drawn.preview : (params.title ?? ''),
      alert: isInHand(row, options.clock.now()) ? undefined : params === drawn.params ? drawn.alert : params.title,
    }),
  );
  // of a repeated create it is not known which of the two the phone shows (dingtalk 8.5)
  const unsure = existed || row.made || row.attempts > 1;
  const shown = unsure ? undefined : { version: drawn.version, hash: drawn.hash, asked: drawn.asked };
  await inTransaction(async (tx) => {
    const left = await markSent(row.intent, tx);
    await cardWasDelivered(row.outTrackId, shown, drawn.formOpen, tx, drawn.redrawAt);
    await foldLeftBehind(left, options.clock.now(), tx);
  });
  images.prepare(drawn.soon, drawn.payer);
}

/** What it was to remind of ended while it waited: it would come late and say nothing. Where it may be in the chat, one PUT says so there. */
async function dropOver({ log }: SenderOptions, row: CardSend): Promise<void> {
  if (row.attempts > 1) await inTransaction((tx) => cardMayBeMade(row.outTrackId, tx));
  log.info({ intent: row.intent }, 'send.late');
  await dropSend(row, 'late');
}

/**
 * Of a card that exists nobody says whether it is in the chat as well: the call that made it may have stopped half-way. It is delivered,
 * unless it was tapped; where DingTalk does not do that a second time it counts as there (dingtalk 8.5).
 */
async function deliverUnlessSeen(platform: Platform, card: NewCard, bill: Bill): Promise<void> {
  if (await wasTapped(card.outTrackId)) return;
  try {
    await platform.deliver(card, bill);
  } catch (thrown) {
    if (asAppError(thrown).kind !== 'permanent') throw thrown;
  }
}

/** Whoever wrote or tapped a moment ago is looking: a banner would only cover what it speaks of. What comes late speaks. */
function isInHand({ follows }: CardSend, now: number): boolean {
  return follows !== undefined && now - follows <= IN_HAND_MS;
}

function spaceOf({ viewer, inGroup }: Card): Space {
  return inGroup ? { kind: 'group', openConversationId: viewer } : { kind: 'person', userId: viewer };
}

async function afterFailure(options: SenderOptions, row: OutboxRow, thrown: unknown): Promise<void> {
  const { clock, log } = options;
  const error = asAppError(thrown);
  if (error.code === 'budget.spent') return await waitForBudget(options, row);
  const gaveUp = !MAY_WORK.has(error.kind);
  const found = { code: error.code, tries: row.tries, intent: row.intent, details: error.details };
  // what an operator must mend is said once, where it is watched
  if (error.kind !== 'configuration') {
    log[gaveUp ? 'error' : 'warn'](
      error.kind === 'bug' ? { ...found, err: error.cause ?? error } : found,
      gaveUp ? 'send.dead' : 'send.failed',
    );
  }
  if (gaveUp) {
    if ('job' in row) await jobDied(options, row, error);
    const answered = error.details.code?.toString();
    return await markDead(row, { error: error.code, answered, deadAt: clock.now() });
  }
  if ('job' in row) await contactJobWaits(options, row, error);
  const made = !('job' in row) && (row.made || error.code === 'dingtalk.undelivered');
  const counts = countsAsFailure(error);
  const failures = counts ? row.tries : row.tries - 1;
  // the first failure of its own is that of the call, which says how long
  const own = error instanceof CallOut && failures <= 1 ? 0 : aloneMs(failures, options.random());
  const dueAt = clock.now() + Math.max(Number(error.details.retryAfterMs ?? 0), own);
  const waitsFor = error instanceof CallOut ? error.call : ('itself' as const);
  const why = { error: error.code, made, waitsFor, counts, attempted: !wasNotMade(error) };
  await retrySend(row, { ...why, now: clock.now(), dueAt });
  // it may have worked for others between the failure and the note of it: nobody else would make this one due
  if (waitsFor !== 'itself' && (await isOver(waitsFor))) await liftSends(waitsFor, clock.now());
}

/** Nothing is left for it: what the next one covers is not sent, and the rest waits. */
async function waitForBudget({ clock, log }: SenderOptions, row: OutboxRow): Promise<void> {
  log.info({ intent: row.intent }, 'send.noBudget');
  if (!('job' in row) && row.callClass === 'digest') return await dropSend(row, 'noBudget');
  const made = !('job' in row) && row.made;
  const again = { dueAt: clock.now() + ASK_AGAIN_MS, error: 'budget.spent', made } as const;
  await retrySend(row, { ...again, now: clock.now(), waitsFor: 'budget', counts: false, attempted: false });
}
