import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { root } from './root.mjs';

/** A build must not wait for ever for what only makes starts quicker. */
const WITHIN_MS = 60_000;

/**
 * Starts everything once, in a folder that goes again, so that each process leaves what V8 compiled for its start beside its bundle
 * (`run-bundle.mjs`). Rejects where the product does not start; it then starts no slower than without.
 */
export async function keepCode() {
  const dataDir = mkdtempSync(join(tmpdir(), 'first-start-'));
  const [sandboxPort, port] = [await freePort(), await freePort()];
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  const env = {
    PATH: process.env.PATH,
    KEEP_CODE: '1',
    DATA_DIR: dataDir,
    SANDBOX_PORT: String(sandboxPort),
    PORT: String(port),
    DINGTALK_API_BASE: sandboxUrl,
    DINGTALK_OAPI_BASE: sandboxUrl,
  };
  const running = [];
  const run = (entry, ...args) => {
    const child = spawn(process.execPath, [join(root, entry), ...args], { cwd: root, env, stdio: 'ignore' });
    const part = { entry, child, exit: once(child, 'exit') };
    running.unshift(part);
    return part;
  };
  try {
    await ended(run('dist/scripts/op.js', '--help'));
    running.pop();
    for (const [entry, answersAt] of [
      ['packages/demo/dist/sandbox.js', `${sandboxUrl}/sandbox/api/clock`],
      ['dist/src/main.js', `http://127.0.0.1:${port}/readyz`],
    ]) {
      await answers(answersAt, run(entry));
    }
    for (const part of running) {
      part.child.kill('SIGTERM');
      await ended(part);
    }
  } finally {
    for (const { child } of running) child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url, { entry, child }) {
  const deadline = performance.now() + WITHIN_MS;
  while (runs(child) && performance.now() < deadline) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await after(50);
  }
  throw new Error(`${entry} ${runs(child) ? 'is not ready' : 'ended'}`);
}

async function ended({ entry, exit }) {
  const late = after(WITHIN_MS, ['late'], { ref: false });
  const [code] = await Promise.race([exit, late]);
  if (code !== 0) throw new Error(`${entry} ended with ${code}`);
}

function runs({ exitCode, signalCode }) {
  return exitCode === null && signalCode === null;
}
