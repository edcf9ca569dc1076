import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, test, vi } from 'vitest';
import { aSandbox, silent, type TestSandbox } from './support/sandbox.ts';
import { aStream } from './support/stream.ts';

const say = (sandbox: TestSandbox, text: string) => sandbox.control('POST', '/messages', { from: 'staff1', text });

/** A store that another holds, so that it takes nothing, as on a full disk; `free` gives it back. */
function held({ dataDir }: TestSandbox): { free(): void } {
  const other = new Libsql(join(dataDir, 'sandbox.db'));
  other.exec('BEGIN IMMEDIATE');
  return {
    free() {
      other.exec('ROLLBACK');
      other.close();
    },
  };
}

/** What was noted of a push by itself, with no request that could fail. */
async function aWatched() {
  const error = vi.fn();
  const sandbox = await aSandbox({ log: { ...silent, error } });
  return { sandbox, notNoted: () => error.mock.calls.filter(([, event]) => event === 'push.notNoted').length };
}

test('an answer that cannot be noted ends nothing, and what comes then is pushed as ever', async () => {
  const { sandbox, notNoted } = await aWatched();
  let answer: () => void = () => undefined;
  const stream = await aStream(sandbox, async () => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return { data: { response: null } };
  });
  await say(sandbox, 'first');
  await stream.received(1);
  const store = held(sandbox);
  answer();
  await expect.poll(notNoted).toBeGreaterThan(0);
  store.free();
  await say(sandbox, 'second');
  expect(await stream.received(2)).toHaveLength(2);
});

test('nor does a push that is late', async () => {
  const { sandbox, notNoted } = await aWatched();
  const stream = await aStream(sandbox);
  await sandbox.control('POST', '/faults', { kind: 'delayPush', delayMs: 200 });
  await say(sandbox, 'late');
  const store = held(sandbox);
  await stream.received(1);
  await expect.poll(notNoted).toBeGreaterThan(0);
  store.free();
  await say(sandbox, 'second');
  expect(await stream.received(2)).toHaveLength(2);
});
