import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '@field/kit/errors';
import { type RunningServer, type ServerOptions, startServer } from './server.ts';

/** The embedded store, running. */
export type EmbeddedStore = Pick<RunningServer, 'uri' | 'close'>;

/**
 * Starts the embedded store on loopback, in a worker thread (in this thread when run from TypeScript sources, which a worker
 * cannot load). Holds the folder; `DATA_DIR/mongo.uri` says where it is. Errors: 'folder.locked', 'folder.unwritable'.
 */
export async function startEmbeddedStore(options: Pick<ServerOptions, 'dataDir' | 'port'>): Promise<EmbeddedStore> {
  if (import.meta.url.endsWith('.ts')) return startServer(options);
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: options });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  const [uri] = await once(worker, 'message').catch(refuse);
  const close = async (): Promise<void> => {
    worker.postMessage('close');
    await ended;
  };
  return { uri, close };
}

/** Throws what the worker died of, as an error of this thread. */
function refuse(
  failure: Error & {
    code?: ErrorCode | undefined;
    kind?: string | undefined;
    details?: AppError['details'] | undefined;
  },
): never {
  throw failure.kind && failure.code ? new AppError(failure.code, { ...failure.details }) : failure;
}
