import { Worker } from 'node:worker_threads';
import { type CodePicture, readCodes } from './read-codes.ts';

/** Reads codes without holding up the thread that answers taps. */
export interface CodeReader {
  /** Payloads of every QR code read. Rejects when the reader broke down or took too long; the next call works again. */
  read(picture: CodePicture): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface CodeReaderOptions {
  readonly threads?: number;
  /** What the payload looked for is like (see `readCodes`). */
  readonly wanted?: RegExp;
  /** After this long a picture is given up and its thread replaced. */
  readonly timeoutMs?: number;
}

/** What goes to the thread, copied. */
export interface ReadRequest {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
  readonly original?: Uint8Array;
  readonly wanted?: RegExp;
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
export function createCodeReader({ threads = 1, wanted, timeoutMs = TIMEOUT_MS }: CodeReaderOptions = {}): CodeReader {
  const script = workerScript();
  if (!script) {
    return { read: (picture) => readCodes(picture, wanted ? { wanted } : {}), close: async () => {} };
  }

  const waiting: Job[] = [];
  const idle: Worker[] = [];
  const busy = new Map<Worker, (error: Error) => void>();
  let closed = false;

  const run = (worker: Worker, job: Job) => {
    worker.ref();
    const done = (finish: () => void, keep: boolean) => {
      if (!busy.delete(worker)) return;
      clearTimeout(timer);
      worker.removeAllListeners();
      worker.unref();
      if (keep && !closed) idle.push(worker);
      else void worker.terminate();
      finish();
      next();
    };
    const fail = (error: Error) => done(() => job.reject(error), false);
    const timer = setTimeout(() => fail(new Error(`no answer after ${timeoutMs} ms`)), timeoutMs);
    busy.set(worker, fail);
    worker.on('message', (answer: ReadAnswer) =>
      'codes' in answer ? done(() => job.resolve(answer.codes), true) : fail(new Error(answer.failure)),
    );
    worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => fail(new Error(`the code reader ended with ${code}`)));
    worker.postMessage(job.request);
  };

  const next = () => {
    while (waiting.length > 0 && busy.size < threads) {
      const job = waiting.shift();
      if (job) run(idle.pop() ?? new Worker(script), job);
    }
  };

  return {
    read: ({ grey, original }) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the code reader is closed'));
        const { width, height, data } = grey;
        const request = { width, height, grey: data, ...(original ? { original } : {}), ...(wanted ? { wanted } : {}) };
        waiting.push({ request, resolve, reject });
        next();
      }),
    close: async () => {
      closed = true;
      const error = new Error('the code reader is closed');
      for (const job of waiting.splice(0)) job.reject(error);
      for (const fail of [...busy.values()]) fail(error);
      await Promise.all(idle.splice(0).map((worker) => worker.terminate()));
    },
  };
}

function workerScript(): URL | undefined {
  return import.meta.url.endsWith('.ts') ? undefined : new URL('./qr-worker.js', import.meta.url);
}
