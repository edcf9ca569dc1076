import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { captureNamed, forgetPieces } from '../../models/captures.ts';
import { isOver } from '../../models/outages.ts';
import type { PhotoStore } from '../../models/photo-store.ts';
import {
  type ClaimedPicture,
  claimPicture,
  duePictures,
  freePicturesOf,
  keepPictureAside,
  liftPictures,
  pictureCheckBegins,
  pictureChecked,
  picturesLeft,
  retryPicture,
} from '../../models/pictures.ts';
import { ASK_AGAIN_MS } from '../domain/budget.ts';
import { CallOut } from '../platform/call-out.ts';
import type { Platform } from '../platform/platform.ts';
import { isOnlyRead } from '../platform/subject.ts';
import { retryDelayMs } from '../work/back-off.ts';
import type { InFlight } from '../work/in-flight.ts';
import { createTurns, type Turns } from '../work/turns.ts';
import { createUnsaidEnds } from '../work/unsaid-ends.ts';
import { createWorkerPool, type Piece } from '../work/worker-pool.ts';
import type { AlikePhotos } from './alike-photos.ts';
import type { PhotoVerdict } from './check-photo.ts';
import { capturedPhoto } from './open-capture.ts';
import type { PhotoChecker } from './photo-checker.ts';
import { fetchPicture } from './picture-fetch.ts';
import type { PictureVerdict } from './picture-verdict.ts';

export interface PicturePoolOptions {
  readonly platform: Platform;
  readonly checker: PhotoChecker;
  readonly photos: Pick<PhotoStore, 'put'>;
  readonly alike: AlikePhotos;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly inFlight: InFlight;
  readonly random: () => number;
  /** Called with the person whose verdict is ready to be applied. */
  readonly ready: (userId: string) => void;
  /** Called with each verdict that was found. */
  readonly checked?: ((verdict: PictureVerdict) => void) | undefined;
}

/** Fetches and checks the pictures that messages reserved a place for, a few at a time, apart from every lane. */
export interface PicturePool {
  wake(): void;
  left(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const WORKERS = 3;
/** What failed for a reason of ours may still have a passing cause (a full disk), but others' photos wait for it. */
const TRIES_AFTER_BUG = 6;
/** As often as a check may begin and say nothing, because whoever did it was killed: then it is the picture that does it. */
const CHECKS_WITHOUT_A_WORD = 3;
const CANNOT_BE_READ = { kept: false, reason: 'picture.cannotBeRead' } as const satisfies PictureVerdict;

export function createPicturePool(options: PicturePoolOptions): PicturePool {
  const { clock, log, inFlight } = options;
  const turns = createTurns();
  const unsaid = createUnsaidEnds(options.ids, freePicturesOf);
  let cancelAlarm: () => void = () => undefined;
  let freeTimer: NodeJS.Timeout | undefined;

  const pool = createWorkerPool({
    name: 'picture',
    workers: WORKERS,
    inFlight,
    look,
    onFailure: (err) => log.error({ err }, 'pictures.failed'),
  });

  async function look(): Promise<readonly Piece[]> {
    await unsaid.say();
    const machine = clock.machine();
    const { count, nextAt, freeAt } = await duePictures(clock.now(), machine);
    cancelAlarm();
    if (nextAt !== undefined) cancelAlarm = clock.at(nextAt, pool.wake);
    clearTimeout(freeTimer);
    if (freeAt !== undefined) freeTimer = setTimeout(pool.wake, freeAt - machine).unref();
    return Array.from({ length: count }, () => () => unsaid.follow((token) => takeOne(token, options, turns)));
  }

  return {
    wake: pool.wake,
    async left() {
      const { pending } = await picturesLeft();
      return pending > 0 ? [`${pending} pictures to check`] : [];
    },
    async close() {
      await pool.close();
      cancelAlarm();
      clearTimeout(freeTimer);
    },
  };
}

async function takeOne(token: string, options: PicturePoolOptions, turns: Turns): Promise<void> {
  const { clock } = options;
  const picture = await claimPicture(token, clock.now(), clock.machine());
  if (picture === undefined) return;
  let isAnswered = true;
  try {
    if (picture.begun >= CHECKS_WITHOUT_A_WORD) await keepAside(options, picture, token);
    else isAnswered = await fetchAndCheck(options, turns, picture, token);
  } catch (thrown) {
    isAnswered = await failed(options, picture, token, thrown);
  }
  if (isAnswered) options.ready(picture.userId);
}

/** Answers whether there is a verdict now. */
async function fetchAndCheck(
  options: PicturePoolOptions,
  turns: Turns,
  picture: ClaimedPicture,
  token: string,
): Promise<boolean> {
  const { isoId: payer, userId: causedBy } = picture;
  const captured = captureNamed(picture.downloadCode);
  const { bytes, place } =
    captured === undefined
      ? { bytes: await fetchPicture(options.platform, picture.downloadCode, { payer, class: 'own', causedBy }) }
      : await capturedPhoto(captured);
  // one that was in hand when a check was killed may be why: beside it, others would be suspected with it
  const turn = picture.begun > 0 ? turns.alone : turns.together;
  return await turn(async () => {
    const isOurs = await pictureCheckBegins(picture.pictureId, token, options.clock.machine());
    if (!isOurs) return false;
    const found = await keep(options, picture, await options.checker.check(bytes));
    const verdict = found.kept ? { ...found, place } : found;
    await pictureChecked(picture.pictureId, token, verdict);
    options.checked?.(verdict);
    if (captured !== undefined) await forgetPieces(captured);
    return true;
  });
}
async function keepAside(
  { clock, log }: PicturePoolOptions,
  { pictureId }: ClaimedPicture,
  token: string,
): Promise<void> {
  log.error({ code: CANNOT_BE_READ.reason, pictureId }, 'picture.keptAside');
  await keepPictureAside(pictureId, token, { verdict: CANNOT_BE_READ, now: clock.now() });
}

/** Answers whether that is the verdict: else it is tried again later. */
async function failed(
  options: PicturePoolOptions,
  { pictureId, tries, begun }: ClaimedPicture,
  token: string,
  thrown: unknown,
): Promise<boolean> {
  const { clock, log } = options;
  const error = asAppError(thrown);
  if (error.code === 'budget.spent') {
    await retryPicture(pictureId, token, {
      now: clock.now(),
      dueAt: clock.now() + ASK_AGAIN_MS,
      counts: false,
      begun,
      waitsForBudget: true,
    });
    return false;
  }
  if (error.kind !== 'configuration') log.warn({ code: error.code, pictureId, tries }, 'picture.failed');
  if (error.kind === 'bug') log.error({ err: error.cause ?? error }, 'picture.bug');
  // a photo that was sent is not given up for an outage: DingTalk says when it has it no longer
  const mayWork = error.kind === 'retryable' || error.kind === 'configuration';
  if (mayWork || (error.kind === 'bug' && tries < TRIES_AFTER_BUG)) {
    const counts = error instanceof CallOut ? error.alone : error.kind !== 'configuration';
    const died = error.code === 'checker.died';
    const dueAt = clock.now() + (died ? 0 : retryDelayMs(tries, options.random(), error));
    await retryPicture(pictureId, token, { now: clock.now(), dueAt, counts, begun: died ? undefined : begun });
    // as for what is sent: nobody else would make this one due
    if (error instanceof CallOut && (await isOver(error.call))) await liftPictures(clock.now());
    return false;
  }
  const reason = error.kind === 'user' ? error.code : 'picture.unreadable';
  const verdict: PictureVerdict = { kept: false, reason };
  await pictureChecked(pictureId, token, verdict);
  options.checked?.(verdict);
  return true;
}

/** Stores the photo before anything says that it is kept. */
async function keep(
  options: PicturePoolOptions,
  picture: ClaimedPicture,
  verdict: PhotoVerdict,
): Promise<PictureVerdict> {
  if (!verdict.kept) return { kept: false, reason: verdict.reason };
  const { jpeg, ...found } = verdict;
  if (isOnlyRead(picture.about.kind)) return { ...found, looks: undefined };
  await options.photos.put(verdict.contentHash, jpeg);
  if (found.looks === undefined) return found;
  // an inspection shows again what was promoted, and so may the evidence of an appeal
  if (picture.about.kind !== 'draft') return { ...found, looks: undefined };
  return { ...found, alike: await alikeOf(options, picture, found.looks, jpeg) };
}

/** Nothing is known of it where that fails: a photo is never lost for it. */
async function alikeOf(
  { alike, log }: PicturePoolOptions,
  { isoId, pictureId }: ClaimedPicture,
  looks: string,
  jpeg: Buffer,
): Promise<readonly string[] | undefined> {
  try {
    return await alike.find(isoId, looks, jpeg);
  } catch (err) {
    log.error({ err, pictureId }, 'picture.notCompared');
    return undefined;
  }
}
