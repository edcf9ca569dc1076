import { parentPort, workerData } from 'node:worker_threads';
import { Reads } from './reads.ts';
import type { ForReads, ReadsData } from './reads-beside.ts';

// A failure outside of an answer ends the thread, and with it every read that waits for one.
const { file, before } = workerData as ReadsData;
const reads = new Reads(file, before);
parentPort?.on('message', (message: ForReads) => {
  if ('endSession' in message) return reads.endSession(message.endSession);
  if ('expire' in message) return reads.expire(message.expire);
  const reply = reads.answer(message.read);
  const isAlone = reply.length === reply.buffer.byteLength;
  parentPort?.postMessage({ id: message.id, reply }, isAlone ? [reply.buffer as ArrayBuffer] : []);
});
