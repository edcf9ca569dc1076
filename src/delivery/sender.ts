import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
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
import type { Platform, Space } from '../platform/platform.ts';
import { retryDelayMs } from '../work/back-off.ts';
import type { CardImages } from './card-images.ts';
import { type ContactJobOptions, giveUpContactJob, runContactJob } from './contact-jobs.ts';
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
  const newCard = {
    outTrackId: row.outTrackId,
    space: spaceOf(card),
    params: drawn.params,
    preview: drawn.preview,
  };
  const { existed } = row.made ? await platform.deliver(newCard) : await platform.createAndDeliver(newCard);
  const unsure = existed || row.made;
  const shown = unsure ? undefined : { version: drawn.version, hash: drawn.hash };
  await inTransaction(async (tx) => {
    await markSent(row.intent, tx);
    await cardWasDelivered(row.outTrackId, shown, drawn.formOpen, tx, drawn.redrawAt);
    if (row.folds !== undefined) await wantCard(row.folds.outTrackId, { folded: row.folds.line }, tx);
  });
  images.prepare(drawn.soon);
}

function spaceOf({ viewer, inGroup }: Card): Space {
  return inGroup ? { kind: 'group', openConversationId: viewer } : { kind: 'person', userId: viewer };
}

async function afterFailure(options: SenderOptions, row: OutboxRow, thrown: unknown): Promise<void> {
  const error = asAppError(thrown);
  // a bug may have a passing cause, and nobody may lose a card for it; it is logged at each try
  const mayWork = error.kind === 'retryable' || error.kind === 'conflict' || error.kind === 'bug';
  // neither a new month nor a larger edition comes sooner for being asked for
  const counts = error.code !== 'dingtalk.quotaUsedUp';
  const gaveUp = !mayWork || (counts && row.tries >= TRIES);
  const found = { code: error.code, tries: row.tries, intent: row.intent, details: error.details };
  options.log[gaveUp ? 'error' : 'warn'](
    error.kind === 'bug' ? { ...found, err: error.cause ?? error } : found,
    gaveUp ? 'send.dead' : 'send.failed',
  );
  if (gaveUp) return await ('contactJob' in row ? giveUpContactJob(options, row, error) : markDead(row, error.code));
  const made = !('contactJob' in row) && (row.made || error.code === 'dingtalk.undelivered');
  const dueAt = options.clock.now() + retryDelayMs(row.tries, options.random(), error);
  await retrySend(row, { dueAt, error: error.code, made, counts });
}
