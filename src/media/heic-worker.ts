import { parentPort } from 'node:worker_threads';
import { asAppError } from '@field/kit/errors';
import { decodeHeic } from './heic-picture.ts';
import type { HeicAnswer } from './heic-thread.ts';

/** The thread that decodes one HEIC picture: what it took goes with it. */
parentPort?.once('message', (bytes: Uint8Array) => {
  try {
    const { data, info, turned } = decodeHeic(bytes);
    const levels = new Uint8Array(data.buffer, data.byteOffset, data.length);
    parentPort?.postMessage({ data: levels, info, turned } satisfies HeicAnswer, [levels.buffer as ArrayBuffer]);
  } catch (error) {
    parentPort?.postMessage({ refused: asAppError(error).code } satisfies HeicAnswer);
  }
});
