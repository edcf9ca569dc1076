import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { type ServerOptions, startServer } from './server.ts';
import type { WorkerMessage } from './start.ts';

const say = (message: WorkerMessage): void => parentPort?.postMessage(message);

try {
  const server = await startServer(workerData as ServerOptions);
  parentPort?.once('message', async () => {
    await server.close();
    say({ kind: 'closed' });
    parentPort?.close();
  });
  say({ kind: 'ready', uri: server.uri });
} catch (failure) {
  const known = failure instanceof AppError ? failure : undefined;
  say({ kind: 'refused', code: known?.code, details: { ...known?.details }, message: String(failure) });
}
