import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below what systems give to connections that go out: one of those would take the port of a bot that is down for a moment, between
 * a power cut and its next start.
 */
const FIRST = 12_000;
const LAST = 31_999;
/** Of one process of a run, far more than it asks for. */
const BLOCK = 250;

/**
 * A port of this machine that nobody listens on just now, and that no other process that asks here gives away: what was given stays
 * free for its part while that is down.
 */
export const freePort = portsOfABlock();

/** Gives ports of a block of its own, as each process does. */
export function portsOfABlock(): () => Promise<number> {
  let block: Promise<number> | undefined;
  let given = 0;
  return async () => {
    block ??= reserved();
    const first = (await block) + 1;
    for (;;) {
      const port = first + (given++ % (BLOCK - 1));
      if (await isFree(port)) return port;
    }
  };
}

/** The first port of a block that is this process's as long as it runs: it listens there. */
async function reserved(): Promise<number> {
  const blocks = Math.floor((LAST - FIRST + 1) / BLOCK);
  for (let tried = 0; tried < blocks; tried += 1) {
    const first = FIRST + ((process.pid + tried) % blocks) * BLOCK;
    if ((await listening(first)) !== undefined) return first;
  }
  throw new Error(`All ${blocks} blocks of ports are taken by processes of tests`);
}

async function isFree(port: number): Promise<boolean> {
  const probe = await listening(port);
  if (probe === undefined) return false;
  probe.close();
  await once(probe, 'close');
  return true;
}

/** Undefined where somebody else listens there. */
async function listening(port: number) {
  const server = createServer().listen(port, '127.0.0.1').unref();
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}
