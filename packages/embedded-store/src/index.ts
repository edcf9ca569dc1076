import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError } from '@field/kit/errors';
import type { Examined } from './engine/damage.ts';
import { type RunningServer, type ServerOptions, startServer } from './server.ts';

export { checkStore } from './check.ts';
export { copyStore } from './copy.ts';
export { lockFolder } from './folder-lock.ts';
export { isSame, notedWhereabouts, noteWhereabouts, type Whereabouts, whereaboutsOf } from './whereabouts.ts';

/** The embedded store, running. */
export type EmbeddedStore = Pick<RunningServer, 'uri' | 'close'>;

/** `examined` is told what the store found when, after its start, it had looked through all that it holds. */
type StoreOptions = Pick<ServerOptions, 'dataDir' | 'port'> & {
  examined?: ((found: Examined) => void) | undefined;
};

/**
 * Starts the embedded store on loopback, in a worker thread (in this thread when run from TypeScript sources, which a worker
 * cannot load). Holds the folder; `DATA_DIR/mongo.uri` says where it is. Errors: 'folder.locked', 'folder.unwritable', 'store.damaged',
 * 'store.copiedAtWork'.
 */
export async function startEmbeddedStore({ examined, ...options }: StoreOptions): Promise<EmbeddedStore> {
  if (import.meta.url.endsWith('.ts')) return startServer(options);
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: options });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  const [uri] = await once(worker, 'message').catch(refuse);
  const checking = examined && checkInBackground(options.dataDir, examined);
  const close = async (): Promise<void> => {
    await checking?.terminate();
    worker.postMessage('close');
    await ended;
  };
  return { uri, close };
}

/** Looks through what was there at the start, in a thread of its own, at half speed. What it cannot read is damage, too. */
function checkInBackground(dataDir: string, examined: (found: Examined) => void): Worker {
  const worker = new Worker(new URL('./check-worker.js', import.meta.url), { workerData: dataDir });
  worker.once('message', examined);
  worker.once('error', (failure) => examined({ documents: 0, damage: [String(failure)] }));
  worker.unref();
  return worker;
}

/** Throws what the worker died of, as an error of this thread. */
function refuse(failure: Error & Partial<Pick<AppError, 'code' | 'kind' | 'details'>>): never {
  throw failure.kind && failure.code ? new AppError(failure.code, { ...failure.details }) : failure;
}
