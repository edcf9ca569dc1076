import type { Logger } from 'pino';
import { claimPicture, pictureChecked, picturesLeft, retryPicture } from '../../models/pictures.ts';
import type { InFlight } from '../bot/in-flight.ts';
import type { Clock } from '../clock.ts';
import { retryDelayMs } from '../delivery/back-off.ts';
import type { Platform } from '../delivery/platform.ts';
import { asAppError } from '../errors.ts';
import type { IdSource } from '../ids.ts';
import type { PhotoVerdict } from './check-photo.ts';
import type { PhotoChecker } from './photo-checker.ts';
import type { PhotoStore } from './photo-store.ts';
import { fetchPicture } from './picture-fetch.ts';
import type { PictureVerdict } from './picture-verdict.ts';

export interface PicturePoolOptions {
  readonly platform: Platform;
  readonly checker: PhotoChecker;
  readonly photos: PhotoStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly inFlight: InFlight;
  readonly random: () => number;
  /** Called with the person whose verdict is ready to be applied. */
  readonly ready: (userId: string) => void;
}

/** Fetches and checks the pictures that messages reserved a place for, a few at a time, apart from every lane. */
export interface PicturePool {
  poke(): void;
  left(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const WORKERS = 3;
const TRIES = 8;

export function createPicturePool(options: PicturePoolOptions): PicturePool {
  const { clock, log, inFlight } = options;
  const workers = new Set<Promise<void>>();
  let cancelAlarm: () => void = () => undefined;
  let closed = false;

  function poke(): void {
    if (closed || workers.size >= WORKERS) return;
    const done = inFlight.begin('picture');
    const worker = work()
      .catch((error: unknown) => log.error({ event: 'pictures.failed', err: error }))
      .finally(() => {
        workers.delete(worker);
        done();
      });
    workers.add(worker);
  }

  async function work(): Promise<void> {
    while (!closed && (await takeOne(options))) poke();
    const { nextAt } = await picturesLeft();
    cancelAlarm();
    if (nextAt !== undefined && nextAt > clock.now()) cancelAlarm = clock.at(nextAt, poke);
  }

  return {
    poke,
    async left() {
      const { pending } = await picturesLeft();
      return pending > 0 ? [`${pending} pictures to check`] : [];
    },
    async close() {
      closed = true;
      cancelAlarm();
      await Promise.allSettled(workers);
    },
  };
}

async function takeOne(options: PicturePoolOptions): Promise<boolean> {
  const { clock, log } = options;
  const token = options.ids.token();
  const picture = await claimPicture(token, clock.now(), clock.machine());
  if (picture === undefined) return false;
  try {
    const bytes = await fetchPicture(options.platform, picture.downloadCode);
    await pictureChecked(picture.pictureId, token, await keep(options, await options.checker.check(bytes)));
  } catch (thrown) {
    const error = asAppError(thrown);
    log.warn({ event: 'picture.failed', code: error.code, pictureId: picture.pictureId, tries: picture.tries });
    if (error.kind === 'retryable' && picture.tries < TRIES) {
      await retryPicture(picture.pictureId, token, clock.now() + retryDelayMs(picture.tries, options.random()));
      return true;
    }
    if (error.kind === 'bug') log.error({ event: 'picture.bug', err: error.cause ?? error });
    const reason = error.kind === 'user' ? error.code : 'picture.unreadable';
    await pictureChecked(picture.pictureId, token, { kept: false, reason } satisfies PictureVerdict);
  }
  options.ready(picture.userId);
  return true;
}

/** Stores the photo before anything says that it is kept. */
async function keep(options: PicturePoolOptions, verdict: PhotoVerdict): Promise<PictureVerdict> {
  if (!verdict.kept) return { kept: false, reason: verdict.reason };
  const { jpeg, ...found } = verdict;
  await options.photos.put(verdict.contentHash, jpeg);
  return found;
}
