import { createHash } from 'node:crypto';
import type { Clock } from '@field/kit/clock';
import { AppError, asAppError, type ErrorKind } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { imageKey } from '../../cards/params.ts';
import type { PictureRef } from '../../cards/view.ts';
import { findUploads, keepMediaId, type Upload, type UploadName, uploadFailed } from '../../models/uploads.ts';
import { ASK_AGAIN_MS, ORGANISATION } from '../domain/budget.ts';
import type { Bill } from '../platform/bill.ts';
import { CallOut } from '../platform/call-out.ts';
import type { Platform } from '../platform/platform.ts';
import { retryDelayMs } from '../work/back-off.ts';
import type { InFlight } from '../work/in-flight.ts';
import type { CardImages } from './card-images.ts';
import { isOfTheStore } from './not-made.ts';

export interface UploadedImagesOptions {
  /** The DingTalk app that they are uploaded for. */
  readonly app: string;
  readonly platform: Pick<Platform, 'uploadImage'>;
  /** A photo as a phone on a poor network loads it, or undefined when it is gone. */
  readonly photo: (contentHash: string) => Promise<Buffer | undefined>;
  /** Several photos in one picture, an example of that name behind them; undefined when all are gone. */
  readonly sheet: (contentHashes: readonly string[], example?: string) => Promise<Buffer | undefined>;
  /** The programme's picture of that name. */
  readonly example: (name: string) => Uint8Array | undefined;
  /** An address as a QR code, in a JPEG. */
  readonly code: (address: string) => Promise<Buffer>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly inFlight: InFlight;
  readonly random: () => number;
  /** How long a card waits for its pictures: it is delivered under a lease that must not run out. */
  readonly patienceMs: number;
}

/** A picture that can be uploaded: what names it, and its bytes, undefined when it is gone. */
interface Source extends UploadName {
  readonly bytes: () => Promise<Buffer | undefined>;
}

/** How many uploads are under way at once. */
const AT_ONCE = 3;
/** What may work later is never given up; what fails for a reason of ours may still have a passing cause. */
const TRIES: Readonly<Record<ErrorKind, number>> = {
  retryable: Number.POSITIVE_INFINITY,
  configuration: Number.POSITIVE_INFINITY,
  bug: 3,
  user: 1,
  conflict: 1,
  permanent: 1,
};
const GIVEN_UP_MS = 24 * 3_600_000;
/** So many addresses are kept in memory: what is uploaded stays what it is. */
const MOST_KNOWN = 4_000;

/** Pictures that are uploaded to DingTalk, once each, when a card first shows them (architecture 6). */
export function createUploadedImages(options: UploadedImagesOptions): CardImages {
  const { app, clock, inFlight, log } = options;
  const underWay = new Map<string, Promise<void>>();
  const uploaded = new Map<string, Upload>();
  const inTurn = atMost(AT_ONCE);

  function sourceOf(picture: PictureRef): Source {
    switch (picture.kind) {
      case 'example':
        return exampleFrom(picture.name, options.example(picture.name));
      case 'photo':
        return { contentHash: picture.sha256, bytes: () => options.photo(picture.sha256) };
      case 'sheet':
        return {
          contentHash: hashOfSheet(picture),
          madeOf: picture.photos,
          bytes: () => options.sheet(picture.photos, picture.example),
        };
      case 'code':
        return { contentHash: hashOfCode(picture.address), bytes: () => options.code(picture.address) };
    }
  }

  const hashOf = (picture: PictureRef): string => sourceOf(picture).contentHash;

  async function known(contentHashes: readonly string[]): Promise<ReadonlyMap<string, Upload>> {
    const unknown = contentHashes.filter((hash) => !uploaded.has(hash));
    const found = unknown.length === 0 ? new Map<string, Upload>() : await findUploads(app, unknown);
    const all = new Map(contentHashes.flatMap((hash) => of(hash, found)));
    for (const [hash, upload] of found) if (upload.mediaId !== undefined) uploaded.set(hash, upload);
    for (const hash of [...uploaded.keys()].slice(0, Math.max(0, uploaded.size - MOST_KNOWN))) uploaded.delete(hash);
    return all;
  }

  function of(hash: string, found: ReadonlyMap<string, Upload>): [string, Upload][] {
    const upload = uploaded.get(hash) ?? found.get(hash);
    return upload === undefined ? [] : [[hash, upload]];
  }

  function begin(picture: PictureRef, payer: string): Promise<void> {
    const source = sourceOf(picture);
    const { contentHash } = source;
    const begun = underWay.get(contentHash);
    if (begun !== undefined) return begun;
    const done = inFlight.begin('upload');
    const uploading = inTurn(() => uploadUnlessThere(source, billOf(picture, payer)))
      .catch((err: unknown) => log.error({ err }, 'upload.unnoted'))
      .finally(() => {
        underWay.delete(contentHash);
        done();
      });
    underWay.set(contentHash, uploading);
    return uploading;
  }

  async function uploadUnlessThere({ contentHash, madeOf, bytes: read }: Source, bill: Bill): Promise<void> {
    const known = (await findUploads(app, [contentHash])).get(contentHash);
    if (known !== undefined && (known.mediaId !== undefined || known.notBefore > clock.machine())) return;
    try {
      const bytes = await read();
      if (bytes === undefined) throw new AppError('photo.missing');
      const mediaId = await options.platform.uploadImage({ bytes, fileName: `${contentHash.slice(0, 16)}.jpg` }, bill);
      await keepMediaId(app, { contentHash, madeOf }, mediaId);
    } catch (thrown) {
      const error = asAppError(thrown);
      const tries = known?.tries ?? 0;
      if (error.code === 'budget.spent') return await doWithout(contentHash, tries);
      const counts = error instanceof CallOut ? error.alone : !isOfTheStore(error);
      await noteFailure(contentHash, tries + (counts ? 1 : 0), error);
    }
  }

  /** Nothing is left for pictures: cards say that there is one, for a while. */
  async function doWithout(contentHash: string, tries: number): Promise<void> {
    await uploadFailed(app, contentHash, { tries, givenUp: true, notBefore: clock.machine() + ASK_AGAIN_MS });
  }

  async function noteFailure(contentHash: string, tries: number, error: AppError): Promise<void> {
    const givenUp = tries >= TRIES[error.kind];
    if (error.kind !== 'configuration')
      log.warn({ code: error.code, contentHash, tries }, givenUp ? 'upload.givenUp' : 'upload.failed');
    if (error.kind === 'bug') log.error({ err: error.cause ?? error }, 'upload.bug');
    const waitMs = givenUp ? GIVEN_UP_MS : retryDelayMs(tries, options.random(), error);
    await uploadFailed(app, contentHash, { tries: givenUp ? 0 : tries, givenUp, notBefore: clock.machine() + waitMs });
  }

  return {
    async find(pictures) {
      if (pictures.length === 0) return { addresses: new Map(), awaited: [] };
      const now = clock.machine();
      const uploads = await known(pictures.map(hashOf));
      const of = (picture: PictureRef): Upload | undefined => uploads.get(hashOf(picture));
      const awaited = pictures.filter((picture) => isAwaited(of(picture), now));
      return {
        addresses: new Map(pictures.flatMap((picture) => addressOf(picture, of(picture)))),
        awaited,
        awaitedAt:
          awaited.length > 0
            ? Math.max(now, Math.min(...awaited.map((picture) => of(picture)?.notBefore ?? now)))
            : undefined,
      };
    },
    async getReady(pictures, payer) {
      let outOfPatience: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        outOfPatience = setTimeout(resolve, options.patienceMs).unref();
      });
      await Promise.race([Promise.all(pictures.map((picture) => begin(picture, payer))), patience]);
      clearTimeout(outOfPatience);
    },
    prepare(pictures, payer) {
      for (const picture of pictures) void begin(picture, payer);
    },
    forget() {
      uploaded.clear();
    },
    async close() {
      await Promise.allSettled(underWay.values());
    },
  };
}

/** Examples are everybody's. */
function billOf({ kind }: PictureRef, payer: string): Bill {
  return { payer: kind === 'example' ? ORGANISATION : payer, class: 'thumbnail' };
}

const hashes = new WeakMap<Uint8Array, string>();

function exampleFrom(name: string, picture: Uint8Array | undefined): Source {
  if (picture === undefined) return { contentHash: hashed(`example ${name}`), bytes: async () => undefined };
  const contentHash = hashes.get(picture) ?? hashed(picture);
  hashes.set(picture, contentHash);
  return { contentHash, bytes: async () => Buffer.from(picture) };
}

function hashed(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Names the picture of a code: it is made when it is uploaded, which is once. */
function hashOfCode(address: string): string {
  return hashed(`QR code of ${address}`);
}

function hashOfSheet({ photos, example }: PictureRef & { kind: 'sheet' }): string {
  return `${photos[0] ?? ''}/${hashed([...photos, ...(example === undefined ? [] : [example])].join())}`;
}

function isAwaited(upload: Upload | undefined, now: number): boolean {
  if (upload === undefined) return true;
  return upload.mediaId === undefined && (!upload.givenUp || upload.notBefore <= now);
}

function addressOf(picture: PictureRef, upload: Upload | undefined): [string, string][] {
  return upload?.mediaId === undefined ? [] : [[imageKey(picture), upload.mediaId]];
}

/** Runs what it is given in the order of asking, no more than `most` at once. */
function atMost(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
