import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import type { PhotoVerdict } from './check-photo.ts';
import { createPhotoChecker, type PhotoChecker } from './photo-checker.ts';
import type { PhotoAnswer, PhotoRequest } from './photo-process.ts';
import type { WantedCode } from './wanted-codes.ts';

/** The process that checks pictures: it may die of one, and the bot does not. */

const WATCHED_EVERY_MS = 20;
/** Up to so many times what it held at its start, what earlier pictures left behind explains nothing. */
const AS_GOOD_AS_FRESH = 1.6;
const rssAtStart = rssNow();

let checker: PhotoChecker | undefined;
/** As the last request said: pictures in hand together look for what is known now. */
let wanted: readonly WantedCode[] = [];
let mostBytes = Number.POSITIVE_INFINITY;
/** What is checked now, and what the process held when that began, bytes. */
const underWay = new Map<number, { readonly bytes: Buffer; readonly rssBefore: number }>();
let watching: NodeJS.Timeout | undefined;

sharp.cache(false);
dieFirst();
process.once('disconnect', () => process.exit());
process.on('message', async (request: PhotoRequest) => {
  if (request.kind === 'begin') {
    mostBytes = request.mostMemoryBytes;
    const onReaderFailure = (error: unknown): void => say({ kind: 'readerFailed', failure: String(error) });
    checker = createPhotoChecker({ wanted: () => wanted, onReaderFailure });
    return;
  }
  const { id } = request;
  wanted = request.wanted;
  const bytes = Buffer.from(request.bytes.buffer, request.bytes.byteOffset, request.bytes.byteLength);
  underWay.set(id, { bytes, rssBefore: rssNow() });
  watching ??= setInterval(watch, WATCHED_EVERY_MS);
  try {
    const verdict = await checker?.check(bytes);
    globalThis.gc?.();
    if (verdict !== undefined) say({ kind: 'checked', id, verdict, rss: rssNow() });
  } catch (error) {
    say({
      kind: 'failed',
      id,
      failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
      rss: rssNow(),
    });
  } finally {
    underWay.delete(id);
    if (underWay.size === 0) rest();
  }
});

/** Headers may lie, and decoders have faults: what takes too much all the same is refused, and its memory goes with the process. */
function watch(): void {
  const rss = rssNow();
  if (rss < mostBytes) return;
  rest();
  const [only, another] = underWay;
  // of several, or after others, nobody knows which: each is checked again, alone and in a fresh process
  if (only === undefined || another !== undefined || only[1].rssBefore > AS_GOOD_AS_FRESH * rssAtStart) end();
  else say({ kind: 'checked', id: only[0], verdict: tooHeavy(only[1].bytes), rss }, end);
}

function rest(): void {
  clearInterval(watching);
  watching = undefined;
}

function tooHeavy(bytes: Buffer): PhotoVerdict {
  return {
    kept: false,
    reason: 'picture.tooHeavy',
    originalHash: createHash('sha256').update(bytes).digest('hex'),
  };
}

function rssNow(): number {
  return process.memoryUsage.rss();
}

function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

function say(answer: PhotoAnswer, whenSaid: () => void = () => undefined): void {
  process.send?.(answer, whenSaid);
}

/** Where Linux runs out of memory it shall end this process and not the bot. */
function dieFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // another system
  }
}
