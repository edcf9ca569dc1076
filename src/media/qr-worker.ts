import { parentPort } from 'node:worker_threads';
import type { ReadAnswer, ReadRequest } from './code-reader.ts';
import { readCodes } from './read-codes.ts';

/** The thread that reads codes: one picture in, its payloads out, in order. */
const port = parentPort;

port?.on('message', async ({ width, height, grey, original, wanted }: ReadRequest) => {
  let answer: ReadAnswer;
  try {
    const picture = {
      grey: { width, height, data: Buffer.from(grey) },
      original: original ? Buffer.from(original) : undefined,
    };
    answer = { codes: await readCodes(picture, { wanted }) };
  } catch (error) {
    answer = { failure: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(answer);
  globalThis.gc?.();
});
