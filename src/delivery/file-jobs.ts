import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import { derivedId } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { addAudit } from '../../models/audit.ts';
import { findCard, touchCards } from '../../models/cards.ts';
import { type Export, findExport, moveExport, type UploadedFile } from '../../models/exports.ts';
import { finishJob, type JobRun, keepClaim } from '../../models/outbox.ts';
import { findPerson } from '../../models/people.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import type { ExportState } from '../domain/export-state.ts';
import { isOneOf } from '../domain/who.ts';
import type { Bill } from '../platform/bill.ts';
import type { Platform } from '../platform/platform.ts';
import { wasNotMade } from './not-made.ts';

/** The files of a list, as `src/exports` makes them. */
interface Files {
  readonly rows: number;
  readonly files: readonly { readonly fileName: string; bytes(): Promise<Buffer> }[];
  discard(): Promise<void>;
}

export interface FileJobOptions {
  readonly platform: Pick<Platform, 'uploadFile' | 'sendFile'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly filesOf: (asked: Export, now: number) => Promise<Files>;
}

/** Of these nothing else follows by itself. */
const TOLD: ReadonlySet<ExportState> = new Set(['UNSURE', 'FAILED']);

/**
 * Takes a list into the chat of whoever asked for it, as long as they are an admin of that ISO. Made and uploaded anew as often as it
 * takes; sent once: what may have arrived is not sent again unless they say that it did not.
 */
export async function runFileJob(options: FileJobOptions, run: JobRun): Promise<void> {
  let asked = await findExport(run.job.id);
  // a process died, or the store was gone, between the send and what came of it
  if (asked?.state === 'SENDING') asked = await end(options, asked, 'UNSURE');
  if (asked?.state === 'ASKED') asked = await makeReady(options, run, asked);
  while (asked?.state === 'READY') asked = await sendOne(options, run, asked);
  await finishJob(run);
}

/** Whoever waits for it reads that it will not come; one that may have been sent is in the hands of who asked. */
export async function fileJobDied({ clock }: Pick<FileJobOptions, 'clock'>, run: JobRun): Promise<void> {
  const asked = await findExport(run.job.id);
  if (asked?.state === 'ASKED') await end({ clock }, asked, 'FAILED');
}

async function makeReady(options: FileJobOptions, run: JobRun, asked: Export): Promise<Export> {
  const { platform, clock } = options;
  if (!(await isStillAdmin(asked, clock))) return await end(options, asked, 'ENDED');
  const made = await options.filesOf(asked, clock.now());
  try {
    if (made.rows === 0) return await end(options, asked, 'EMPTY');
    const files: UploadedFile[] = [];
    for (const { fileName, bytes } of made.files) {
      await keepClaim(run, clock.machine());
      // what a name in the chat may hold is not known of the name of an upload
      const upload = { bytes: await bytes(), fileName: `${asked.list}-${files.length + 1}.xlsx` };
      files.push({ fileName, mediaId: await platform.uploadFile(upload, billOf(asked)) });
    }
    return await inTransaction(async (tx) => {
      const { isoId, userId, list, exportId } = asked;
      const details = { list, rows: made.rows, format: 'chat', personal: 'no' };
      const subject = { kind: 'export', id: exportId } as const;
      await addAudit(
        [{ at: clock.now(), by: userId, isoId, what: 'export.make', subject, details, cause: exportId }],
        tx,
      );
      return await moveExport(asked, { state: 'READY', rows: made.rows, files, sent: 0 }, tx);
    });
  } finally {
    await made.discard();
  }
}

async function sendOne(options: FileJobOptions, run: JobRun, asked: Export): Promise<Export> {
  const { platform, clock, log } = options;
  if (!(await isStillAdmin(asked, clock))) return await end(options, asked, 'ENDED');
  const { userId, files = [], sent = 0 } = asked;
  const file = files[sent];
  await keepClaim(run, clock.machine());
  const sending = await inTransaction((tx) => moveExport(asked, { state: 'SENDING' }, tx));
  if (file === undefined) return await end(options, sending, 'SENT');
  try {
    await platform.sendFile({ ...file, userId }, billOf(asked));
  } catch (thrown) {
    const error = asAppError(thrown);
    if (wasNotMade(error)) {
      await inTransaction((tx) => moveExport(sending, { state: 'READY' }, tx));
      throw thrown;
    }
    log.warn({ code: error.code, intent: run.intent }, 'file.notSent');
    return await end(options, sending, error.kind === 'permanent' ? 'FAILED' : 'UNSURE');
  }
  const done = { sent: sent + 1 };
  if (done.sent === files.length) return await end(options, sending, 'SENT', done);
  return await inTransaction((tx) => moveExport(sending, { state: 'READY', ...done }, tx));
}

/** Noted, and on the card where they asked; what they must know comes below their chat as well. */
async function end(
  { clock }: Pick<FileJobOptions, 'clock'>,
  asked: Export,
  state: ExportState,
  done: Partial<Pick<Export, 'sent'>> = {},
): Promise<Export> {
  return await inTransaction(async (tx) => {
    const ended = await moveExport(asked, { state, ...done }, tx);
    const subject = { kind: 'export', id: asked.exportId } as const;
    await touchCards(subject, tx);
    if (TOLD.has(state) && !(await isInSight(asked, tx))) {
      const intent = derivedId('export', asked.exportId, ended.version);
      await sendRecord({ intent, to: asked.userId, kind: 'record', view: 'team.export', subject }, clock.now(), tx);
    }
    return ended;
  });
}

/** Whether the card that they work with shows it. */
async function isInSight({ userId, exportId }: Export, tx: Transaction): Promise<boolean> {
  const person = await findPerson(userId, tx);
  const card = person?.workingCard === undefined ? undefined : await findCard(person.workingCard, tx);
  return card?.subject.kind === 'export' && card.subject.id === exportId;
}

async function isStillAdmin({ userId, isoId }: Export, clock: Clock): Promise<boolean> {
  const person = await findPerson(userId);
  return person?.isoId === isoId && isOneOf(person, 'admin', clock.now());
}

function billOf({ isoId, userId }: Export): Bill {
  return { payer: isoId, class: 'own', causedBy: userId };
}
