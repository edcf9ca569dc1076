import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below what systems give to connections that go out: one of those would take the port of a bot that is down for a moment, between
 * a power cut and its next start.
 */
const FIRST = 12_000;
const LAST = 31_999;
/** Of each worker of a run, far more than a run of it asks for. */
const BLOCK = 1_000;

const worker = Number(process.env.VITEST_POOL_ID ?? 0);
/** Runs beside this one begin elsewhere. */
const start = FIRST + ((worker + process.ppid) % Math.floor((LAST - FIRST + 1) / BLOCK)) * BLOCK;
let given = 0;

/** A port of this machine that nobody listens on just now, and that this worker has not given away before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = start + (given++ % BLOCK);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}
