import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { AppError } from '@field/kit/errors';
import type { PhotoVerdict } from './check-photo.ts';
import { createPhotoChecker, type PhotoChecker } from './photo-checker.ts';
import type { WantedCode } from './wanted-codes.ts';

export interface PhotoProcessOptions {
  /** What the codes looked for are like by now (see `readCodes`): asked for each picture. */
  readonly wanted?: (() => readonly WantedCode[]) | undefined;
  /** Told when the code reader broke down on a picture. */
  readonly onReaderFailure?: ((error: unknown) => void) | undefined;
  /** Told what the process holds after each picture, RSS in bytes. */
  readonly holds?: ((bytes: number) => void) | undefined;
  /** What the process may hold, RSS in bytes, before it ends itself. */
  readonly mostMemoryBytes?: number | undefined;
  /** After this long the process is ended and the picture given up. */
  readonly timeoutMs?: number | undefined;
}

/** What goes to the process. */
export type PhotoRequest =
  | { readonly kind: 'begin'; readonly mostMemoryBytes: number }
  | {
      readonly kind: 'check';
      readonly id: number;
      readonly bytes: Uint8Array;
      readonly wanted: readonly WantedCode[];
    };

/** What comes back; `rss`: what the process holds, bytes. */
export type PhotoAnswer =
  | { readonly kind: 'checked'; readonly id: number; readonly verdict: PhotoVerdict; readonly rss: number }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: string; readonly rss: number }
  | { readonly kind: 'readerFailed'; readonly failure: string };

/** What it holds at rest, the most that a decoder may hold (`LARGEST_DECODING_BYTES`), and what becomes of the picture. */
const MOST_MEMORY_BYTES = 420 * 1024 * 1024;
/** With more than this it gets no further picture, and is replaced. */
const AT_REST_BYTES = 180 * 1024 * 1024;
/** Less than the lease of a picture that is checked. */
const TIMEOUT_MS = 45_000;
/** Taps are answered first. */
const NICENESS = 5;
/** No settings and no secrets: it opens strangers' files. Freed memory goes back at once instead of being kept for later. */
const ENVIRONMENT = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '1048576', MALLOC_MMAP_THRESHOLD_: '1048576' };

interface Check {
  readonly child: ChildProcess;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (verdict: PhotoVerdict) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A checker in a process of its own, which starts with the first picture. When it dies, every picture in hand fails with
 * `checker.died`, and the next one starts another. Run from TypeScript sources, which Node does not load, it checks in this process.
 */
export function createPhotoProcess({
  wanted = () => [],
  onReaderFailure,
  holds,
  mostMemoryBytes = MOST_MEMORY_BYTES,
  timeoutMs = TIMEOUT_MS,
}: PhotoProcessOptions = {}): PhotoChecker {
  const script = childScript();
  if (script === undefined) return createPhotoChecker({ wanted, onReaderFailure });

  const checks = new Map<number, Check>();
  let child: ChildProcess | undefined;
  /** Resolves when the one that has taken too much is gone: two of them at once would take twice as much. */
  let replaced = Promise.resolve();
  let lastId = 0;

  function start(): ChildProcess {
    const started = fork(script ?? '', {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: ENVIRONMENT,
      execArgv: ['--expose-gc'],
    });
    started.on('message', (answer: PhotoAnswer) => heard(started, answer));
    started.on('error', () => ended(started, 'it could not be reached'));
    started.on('exit', (code, signal) => ended(started, `${signal ?? code}`));
    started.send({ kind: 'begin', mostMemoryBytes } satisfies PhotoRequest);
    if (started.pid !== undefined) beNice(started.pid);
    return started;
  }

  function heard(from: ChildProcess, answer: PhotoAnswer): void {
    if (answer.kind === 'readerFailed') return void onReaderFailure?.(new Error(answer.failure));
    holds?.(answer.rss);
    const check = taken(answer.id);
    // what decoders and wasm have taken is given back by no other means
    if (answer.rss >= Math.min(AT_REST_BYTES, mostMemoryBytes) && child === from) {
      child = undefined;
      replaced = new Promise((resolve) => from.once('exit', () => resolve()));
    }
    if (child !== from && inHandOf(from).length === 0) from.kill('SIGKILL');
    if (answer.kind === 'checked') check?.resolve(answer.verdict);
    else check?.reject(new Error(answer.failure));
  }

  function inHandOf(which: ChildProcess): number[] {
    return [...checks].filter(([, check]) => check.child === which).map(([id]) => id);
  }

  function ended(which: ChildProcess, how: string): void {
    if (child === which) child = undefined;
    for (const id of inHandOf(which)) taken(id)?.reject(new AppError('checker.died', { how }));
  }

  function ask(bytes: Buffer): Promise<PhotoVerdict> {
    return new Promise((resolve, reject) => {
      child ??= start();
      const asked = child;
      lastId += 1;
      const timer = setTimeout(() => asked.kill('SIGKILL'), timeoutMs);
      checks.set(lastId, { child: asked, timer, resolve, reject });
      asked.send({ kind: 'check', id: lastId, bytes, wanted: wanted() } satisfies PhotoRequest);
    });
  }

  function taken(id: number): Check | undefined {
    const check = checks.get(id);
    clearTimeout(check?.timer);
    checks.delete(id);
    return check;
  }

  return {
    async check(bytes) {
      await replaced;
      return await ask(bytes);
    },
    async close() {
      const last = child;
      if (last === undefined) return;
      const gone = new Promise((resolve) => last.once('exit', resolve));
      last.kill('SIGKILL');
      await gone;
    },
  };
}

function beNice(pid: number): void {
  try {
    setPriority(pid, NICENESS);
  } catch {
    // it is gone already, or the system does not know that
  }
}

function childScript(): string | undefined {
  return import.meta.url.endsWith('.ts') ? undefined : fileURLToPath(new URL('./photo-child.js', import.meta.url));
}
