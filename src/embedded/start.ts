import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../errors.ts';
import { startServer } from './server.ts';

/** The embedded store, running. */
export interface EmbeddedStore {
  uri: string;
  close(): Promise<void>;
}

/** What the worker thread says to its parent. */
export type WorkerMessage =
  | { kind: 'ready'; uri: string }
  | { kind: 'refused'; code: ErrorCode | undefined; details: Record<string, string | number>; message: string }
  | { kind: 'closed' };

/**
 * Starts the embedded store on loopback, in a worker thread (in this thread when run from TypeScript sources, which a worker
 * cannot load). Holds the folder; `DATA_DIR/mongo.uri` says where it is. Errors: 'folder.locked', 'folder.unwritable'.
 */
export async function startEmbeddedStore(options: { dataDir: string; port?: number }): Promise<EmbeddedStore> {
  if (import.meta.url.endsWith('.ts')) return startServer(options);
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: options });
  const uri = await new Promise<string>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (message: WorkerMessage) => {
      worker.off('error', reject);
      if (message.kind === 'ready') resolve(message.uri);
      else if (message.kind === 'refused') reject(refusal(message));
    });
  });
  return {
    uri,
    close: () =>
      new Promise((resolve) => {
        worker.once('exit', () => resolve());
        worker.postMessage('close');
      }),
  };
}

function refusal({ code, details, message }: Extract<WorkerMessage, { kind: 'refused' }>): Error {
  return code ? new AppError(code, details) : new Error(message);
}
