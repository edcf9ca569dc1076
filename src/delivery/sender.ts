import type { Clock } from '@field/kit/clock';
import { type AppError, asAppError, type ErrorCode, type ErrorKind } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { type Card, cardWasDelivered, findCard, wantCard } from '../../models/cards.ts';
import {
  type CardSend,
  claimSend,
  markDead,
  markSent,
  type OutboxRow,
  retrySend,
  waitsForFolded,
} from '../../models/outbox.ts';
import { inTransaction } from '../../models/transaction.ts';
import type { NewCard, Platform, Space } from '../platform/platform.ts';
import { retryDelayMs } from '../work/back-off.ts';
import type { CardImages } from './card-images.ts';
import { type ContactJobOptions, contactJobWaits, giveUpContactJob, runContactJob } from './contact-jobs.ts';
import { sendShowable } from './refused-words.ts';
import type { Renderer } from './renderer.ts';

export interface SenderOptions extends ContactJobOptions {
  readonly platform: Platform;
  readonly renderer: Renderer;
  readonly images: Pick<CardImages, 'prepare'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly random: () => number;
}

const TRIES = 12;
const IN_HAND_MS = 10_000;
/** A bug may have a passing cause, and nobody may lose a card for it; it is logged at each try. */
const MAY_WORK: ReadonlySet<ErrorKind> = new Set(['retryable', 'conflict', 'configuration', 'bug']);
/** What is answered without anything being done. */
const NOT_MADE: ReadonlySet<ErrorCode> = new Set(['dingtalk.busy', 'dingtalk.quotaUsedUp', 'dingtalk.tokenExpired']);

/**
 * Does the most urgent pending job, a first delivery or a contact job; answers whether there was one. The same `outTrackId` is used again after an
 * unknown outcome, so a card never comes twice (architecture 7).
 */
export async function sendNext(options: SenderOptions): Promise<boolean> {
  const { clock } = options;
  const row = await claimSend(options.ids.token(), clock.now(), clock.machine());
  if (row === undefined) return false;
  if (!('contactJob' in row) && (await waitsForFolded(row, clock.now()))) return true;
  try {
    await ('contactJob' in row ? runContactJob(options, row) : deliver(options, row));
  } catch (thrown) {
    await afterFailure(options, row, thrown);
  }
  return true;
}

async function deliver(options: SenderOptions, row: CardSend): Promise<void> {
  const { platform, renderer, images } = options;
  const card = await findCard(row.outTrackId);
  if (card === undefined) return await markDead(row, 'card is gone');
  const drawn = await renderer.render(card, { patient: true });
  const send = (newCard: NewCard) => (row.made ? platform.deliver(newCard) : platform.createAndDeliver(newCard));
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
  const shown = unsure ? undefined : { version: drawn.version, hash: drawn.hash };
  await inTransaction(async (tx) => {
    await markSent(row.intent, tx);
    await cardWasDelivered(row.outTrackId, shown, drawn.formOpen, tx, drawn.redrawAt);
    if (row.folds !== undefined)
      await wantCard(row.folds.outTrackId, { folded: row.folds.line, at: options.clock.now() }, tx);
  });
  images.prepare(drawn.soon);
}

/** Whoever wrote or tapped a moment ago is looking: a banner would only cover what it speaks of. What comes late speaks. */
function isInHand({ follows }: CardSend, now: number): boolean {
  return follows !== undefined && now - follows <= IN_HAND_MS;
}

function spaceOf({ viewer, inGroup }: Card): Space {
  return inGroup ? { kind: 'group', openConversationId: viewer } : { kind: 'person', userId: viewer };
}

async function afterFailure(options: SenderOptions, row: OutboxRow, thrown: unknown): Promise<void> {
  const error = asAppError(thrown);
  const mayWork = MAY_WORK.has(error.kind);
  // neither a new month nor a larger edition nor an operator comes sooner for being asked for
  const counts = error.code !== 'dingtalk.quotaUsedUp' && error.kind !== 'configuration';
  const gaveUp = !mayWork || (counts && row.tries >= TRIES);
  const found = { code: error.code, tries: row.tries, intent: row.intent, details: error.details };
  // what an operator must mend is said once, where it is watched
  if (error.kind !== 'configuration') {
    options.log[gaveUp ? 'error' : 'warn'](
      error.kind === 'bug' ? { ...found, err: error.cause ?? error } : found,
      gaveUp ? 'send.dead' : 'send.failed',
    );
  }
  if (gaveUp) return await ('contactJob' in row ? giveUpContactJob(options, row, error) : markDead(row, error.code));
  if ('contactJob' in row) await contactJobWaits(options, row, error);
  const made = !('contactJob' in row) && (row.made || error.code === 'dingtalk.undelivered');
  const dueAt = options.clock.now() + retryDelayMs(row.tries, options.random(), error);
  await retrySend(row, { dueAt, error: error.code, made, counts, attempted: !wasNotMade(error) });
}

function wasNotMade({ code, kind }: AppError): boolean {
  return kind === 'configuration' || NOT_MADE.has(code);
}
