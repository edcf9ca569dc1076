import { AppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import {
  forgetResultLines,
  forgivenOf,
  moveFile,
  noteCameAgain,
  noteEmptyAgain,
  outcomesOf,
  receiveFile,
  resultLines,
} from '../../../models/incoming-files.ts';
import { applyRows } from './apply-rows.ts';
import { type CheckedFile, checkFile, isMostlyWrong, whyMostlyWrong } from './check-file.ts';
import { asOfFile } from './file-name.ts';
import type { IsoRow, LandingKind, Outcome } from './kind.ts';
import type { OthersWaiting } from './others-waiting.ts';
import { type ReceivedFile, receive } from './receive.ts';
import { forgivenLine, quarantineLine, RESULT_HEADER, resultLine, resultsOf } from './result-lines.ts';
import { batchesOf } from './row-batches.ts';
import type { Offer } from './source.ts';

export interface LandFileOptions {
  /** A folder for a copy, of this process only. */
  readonly workDir: string;
  /** The product's time, milliseconds. */
  readonly now: () => number;
  /** The machine's time, milliseconds. */
  readonly machine: () => number;
  /** Keeps this process's right to land; throws when another has it. */
  readonly stillMine: () => Promise<void>;
  readonly others: OthersWaiting;
  readonly log: Logger;
}

/**
 * Brings one file in (domain A.11): received, checked as a whole, applied batch by batch, put away with its result. After a
 * crash anywhere the same call goes on where it stopped; a content that was landed before changes nothing.
 */
export async function landFile<Row extends IsoRow>(
  offer: Offer,
  kind: LandingKind<Row>,
  options: LandFileOptions,
): Promise<void> {
  try {
    const received = await receive(offer, options.workDir);
    if (received === undefined) options.log.info({ file: offer.name }, 'incoming.stillChanging');
    else await landReceived(offer, received, kind, options);
  } catch (thrown) {
    await quarantine(offer, { why: whyRefused(thrown), wrongLines: '' }, options.log);
  }
}

async function landReceived<Row extends IsoRow>(
  offer: Offer,
  received: ReceivedFile,
  kind: LandingKind<Row>,
  options: LandFileOptions,
): Promise<void> {
  const { fileHash } = received;
  const source = await offer.source();
  const { state, landed, released, name } = await receiveFile(fileHash, offer.name, options.now(), source);
  if (state === 'APPLIED') {
    if (landed === 0 && name !== offer.name) await noteEmptyAgain(fileHash, offer.name, options.now(), source);
    return await putAwayAgain(offer, received, kind, options);
  }
  if (state === 'RECEIVED') {
    const checked = await checkedOr(received, kind, { ...options, isReleased: released !== undefined });
    if ('why' in checked) {
      await moveFile(fileHash, 'RECEIVED', 'QUARANTINED', { why: checked.why });
      return await quarantine(offer, checked, options.log);
    }
    const { rows, forgiven } = checked;
    if (forgiven.length > 0) options.log.info({ file: offer.name, forgiven }, 'incoming.forgiven');
    await moveFile(fileHash, 'RECEIVED', 'VALIDATED', { rows, forgiven });
  }
  if (state !== 'APPLYING') await moveFile(fileHash, 'VALIDATED', 'APPLYING');
  await applyRows(received, kind, { from: landed, cause: offer.name, asOf: asOfFile(offer), ...options });
  await moveFile(fileHash, 'APPLYING', 'APPLIED');
  await putAwayDone(offer, fileHash);
  options.log.info({ file: offer.name, ...(await outcomesOf(fileHash)) }, 'incoming.landed');
}

/** Why a file is not landed at all, and the rows that say so. */
interface Refusal {
  readonly why: string;
  readonly wrongLines: string;
}

/** Reads the whole file before anything of it is applied or sent. */
async function checkedOr<Row extends IsoRow>(
  received: ReceivedFile,
  kind: LandingKind<Row>,
  { stillMine, isReleased }: LandFileOptions & { readonly isReleased: boolean },
): Promise<Pick<CheckedFile, 'rows' | 'forgiven'> | Refusal> {
  try {
    const checked = await checkFile(received, kind, stillMine);
    if (!isMostlyWrong(checked)) return checked;
    const why = whyMostlyWrong(checked);
    if (!isReleased) return { why, wrongLines: checked.wrongLines };
    return { rows: checked.rows, forgiven: [...checked.forgiven, `${why} and an operator released it`] };
  } catch (thrown) {
    return { why: whyRefused(thrown), wrongLines: '' };
  }
}

/** Throws again what is no refusal. */
function whyRefused(thrown: unknown): string {
  if (thrown instanceof AppError && thrown.code === 'file.refused') return String(thrown.details.why);
  throw thrown;
}

async function quarantine(offer: Offer, { why, wrongLines }: Refusal, log: Logger): Promise<void> {
  log.warn({ file: offer.name, why }, 'incoming.quarantined');
  await offer.putAway('quarantine', piecewise(RESULT_HEADER, quarantineLine(why), wrongLines));
}
async function putAwayDone(offer: Offer, fileHash: string): Promise<void> {
  await offer.putAway('done', withHeader(resultLines(fileHash), await forgivenOf(fileHash)));
  await forgetResultLines(fileHash);
}

/** A crash came between its last row and its putting away; or it was landed long ago, and comes again under whatever name. */
async function putAwayAgain<Row extends IsoRow>(
  offer: Offer,
  received: ReceivedFile,
  kind: LandingKind<Row>,
  { log, now }: LandFileOptions,
): Promise<void> {
  const { value: unwritten } = await resultLines(received.fileHash).next();
  if (unwritten !== undefined) return await putAwayDone(offer, received.fileHash);
  log.info({ file: offer.name }, 'incoming.landedBefore');
  await noteCameAgain(received.fileHash, now());
  await offer.putAway('done', withHeader(unchangedLines(received, kind)));
}

async function* unchangedLines<Row extends IsoRow>(
  received: ReceivedFile,
  kind: LandingKind<Row>,
): AsyncGenerator<string> {
  const unchanged: Outcome = { outcome: 'unchanged', reason: 'fileLandedBefore' };
  for await (const batch of batchesOf(received, kind, kind.rowsAtOnce)) {
    yield resultsOf(batch, Array<Outcome>(batch.length).fill(unchanged)).map(resultLine).join('');
  }
}

async function* withHeader(lines: AsyncIterable<string>, forgiven: readonly string[] = []): AsyncGenerator<string> {
  yield RESULT_HEADER;
  yield* forgiven.map(forgivenLine);
  yield* lines;
}

async function* piecewise(...pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces;
}
