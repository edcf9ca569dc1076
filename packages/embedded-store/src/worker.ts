import { parentPort, workerData } from 'node:worker_threads';
import { type ServerOptions, startServer } from './server.ts';

// A failure to start ends the thread; the parent gets it as the worker's error, with its fields.
const server = await startServer(workerData as ServerOptions);
parentPort?.once('message', async () => {
  await server.close();
  parentPort?.close();
});
parentPort?.postMessage(server.uri);
