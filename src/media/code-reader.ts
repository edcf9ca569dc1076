import { Worker } from 'node:worker_threads';
import { type CodePicture, readCodes } from './read-codes.ts';
import type { WantedCode } from './wanted-codes.ts';

/** Reads codes without holding up the thread that answers taps. */
export interface CodeReader {
  /** Payloads of every QR code read. Rejects when the reader broke down or took too long; the next call works again. */
  read(picture: CodePicture): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface CodeReaderOptions {
  readonly threads?: number | undefined;
  /** What the codes looked for are like by now (see `readCodes`). */
  readonly wanted?: (() => readonly WantedCode[]) | undefined;
  /** After this long a picture is given up and its thread replaced. */
  readonly timeoutMs?: number | undefined;
}

/** What goes to the thread, copied. */
export interface ReadRequest {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
  readonly original?: Uint8Array | undefined;
  readonly wanted: readonly WantedCode[];
}

export type ReadAnswer = { readonly codes: string[] } | { readonly failure: string };

const TIMEOUT_MS = 20_000;

interface Job {
  readonly request: ReadRequest;
  readonly resolve: (codes: readonly string[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A reader on threads of its own, one picture a thread at a time, the others waiting in order. Threads start with the
 * first picture and do not keep the process alive. Run from TypeScript sources, where Node has no loader for threads, it
 * reads on the calling thread instead.
 */
export function createCodeReader({
  threads = 1,
  wanted = () => [],
  timeoutMs = TIMEOUT_MS,
}: CodeReaderOptions = {}): CodeReader {
  const script = workerScript();
  if (!script) {
    return { read: (picture) => readCodes(picture, { wanted: wanted() }), close: async () => {} };
  }

  const waiting: Job[] = [];
  const idle: Worker[] = [];
  const busy = new Map<Worker, { readonly job: Job; readonly timer: NodeJS.Timeout }>();
  let closed = false;

  const start = (): Worker => {
    const worker = new Worker(script);
    const fail = (error: unknown) => settle(worker, (job) => job.reject(asError(error)), false);
    worker.on('message', (answer: ReadAnswer) =>
      'codes' in answer ? settle(worker, (job) => job.resolve(answer.codes), true) : fail(new Error(answer.failure)),
    );
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`the code reader ended with ${code}`)));
    return worker;
  };

  const run = (worker: Worker, job: Job) => {
    const giveUp = () => settle(worker, () => job.reject(new Error(`no answer after ${timeoutMs} ms`)), false);
    busy.set(worker, { job, timer: setTimeout(giveUp, timeoutMs) });
    worker.ref();
    worker.postMessage(job.request);
  };

  /** Ends a thread's picture once, whatever came first: its answer, its death, the time-out, the close. */
  const settle = (worker: Worker, finish: (job: Job) => void, keep: boolean) => {
    const current = busy.get(worker);
    if (!current) return;
    busy.delete(worker);
    clearTimeout(current.timer);
    worker.unref();
    if (keep) idle.push(worker);
    else void worker.terminate();
    finish(current.job);
    next();
  };

  const next = () => {
    while (waiting.length > 0 && busy.size < threads) {
      const job = waiting.shift();
      if (job) run(idle.pop() ?? start(), job);
    }
  };

  return {
    read: ({ grey, original }) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the code reader is closed'));
        const { width, height, data } = grey;
        const request = { width, height, grey: data, original, wanted: wanted() };
        waiting.push({ request, resolve, reject });
        next();
      }),
    close: async () => {
      closed = true;
      const error = new Error('the code reader is closed');
      for (const job of waiting.splice(0)) job.reject(error);
      for (const worker of [...busy.keys()]) settle(worker, (job) => job.reject(error), false);
      await Promise.all(idle.splice(0).map((worker) => worker.terminate()));
    },
  };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function workerScript(): URL | undefined {
  return import.meta.url.endsWith('.ts') ? undefined : new URL('./qr-worker.js', import.meta.url);
}
