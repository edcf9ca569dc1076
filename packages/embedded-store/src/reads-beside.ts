import { Worker } from 'node:worker_threads';
import { type Read, Reads } from './reads.ts';

/** What the thread is told. */
export type ForReads = { id: number; read: Read } | { endSession: string } | { expire: number };
export type ReadsData = { file: string; before: number };

/** Where reads go that take long: they hold up nobody. */
export type ReadsBeside = Pick<Reads, 'endSession' | 'expire'> & {
  answer(read: Read): Promise<Uint8Array>;
  close(): Promise<void>;
};

/** More cursors than one thread ever opens. */
const CURSORS = 2 ** 32;

/** In a thread of their own, or in this one when run from TypeScript sources, which a thread cannot load. */
export function readsBeside(file: string): ReadsBeside {
  if (!import.meta.url.endsWith('.ts')) return new ReadingThread(file);
  const reads = new Reads(file, CURSORS);
  return {
    answer: async (read) => reads.answer(read),
    endSession: (session) => reads.endSession(session),
    expire: (before) => reads.expire(before),
    close: async () => reads.close(),
  };
}

type Waiting = { resolve: (reply: Uint8Array) => void; reject: (failure: unknown) => void };

/** The thread is begun by the first read, and anew by the next one after it ended. */
class ReadingThread implements ReadsBeside {
  readonly #file: string;
  #worker: Worker | undefined;
  #begun = 0;
  #asked = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(file: string) {
    this.#file = file;
  }

  answer(read: Read): Promise<Uint8Array> {
    const id = ++this.#asked;
    this.#worker ??= this.#begin();
    this.#worker.postMessage({ id, read } satisfies ForReads);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  endSession(session: string): void {
    this.#worker?.postMessage({ endSession: session } satisfies ForReads);
  }

  expire(before: number): void {
    this.#worker?.postMessage({ expire: before } satisfies ForReads);
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #begin(): Worker {
    const workerData: ReadsData = { file: this.#file, before: ++this.#begun * CURSORS };
    const worker = new Worker(new URL('./reads-worker.js', import.meta.url), { workerData });
    worker.on('message', ({ id, reply }: { id: number; reply: Uint8Array }) => {
      this.#waiting.get(id)?.resolve(reply);
      this.#waiting.delete(id);
    });
    let why: unknown = new Error('the thread that reads has ended');
    worker.once('error', (failure) => {
      why = failure;
    });
    worker.once('exit', () => {
      this.#worker = undefined;
      for (const { reject } of this.#waiting.values()) reject(why);
      this.#waiting.clear();
    });
    return worker;
  }
}
