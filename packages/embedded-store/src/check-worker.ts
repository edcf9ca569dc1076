import { parentPort, workerData } from 'node:worker_threads';
import { checkStore } from './check.ts';

// What it found goes to whoever started it; a failure ends the thread, and is their error.
parentPort?.postMessage(await checkStore(String(workerData), true));
