import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import mongoose from 'mongoose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recordWebhooks, waitingWebhooks } from '../../models/webhook-events.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';
import { howOften } from '../support/how-often.ts';
import { bytesOf, event, NOON, newSecret, record } from '../webhooks/at-work.ts';
import { Receiver } from '../webhooks/receiver.ts';

const sending = resolve('dist/test/support/webhook-process.js');
const ITEMS = 10;
const STORY = ['item.submitted#1', 'item.decided#1', 'item.submitted#2', 'item.decided#2'];
/** Killed as so many messages have come, each time before its sender knows that the last one was taken. */
const KILLED_AT = [1, 8, 9, 23, 40].slice(0, howOften({ inEachRun: 3, inFull: 5 }));

describe.each(servers())('a process that sends webhooks, on the $name store', ({ uri }) => {
  useModels(uri);

  it('killed between a message and its note, the next one sends that message again under its id, and none is lost', async () => {
    recordWebhooks(true);
    onTestFinished(() => recordWebhooks(false));
    for (let n = 0; n < ITEMS; n += 1)
      await record(event(`spot${n}`, 9, 2), event(`spot${n}`, 0, 2), event(`spot${n}`, 3), event(`spot${n}`, 0));
    const secret = newSecret();
    const receiver = await new Receiver(secret).start();
    onTestFinished(() => receiver.stop());
    const { host, port, name } = mongoose.connection;
    const store = `mongodb://${host}:${port}/${name}?replicaSet=rs0&directConnection=true`;
    let child: ChildProcess | undefined;
    const start = (): Promise<unknown> => {
      const given = [store, receiver.url, bytesOf(secret).toString('hex'), String(NOON + 1_000)];
      const started = spawn(process.execPath, [sending, ...given], { stdio: ['ignore', 'inherit', 'inherit'] });
      onTestFinished(() => void started.kill('SIGKILL'));
      child = started;
      return once(started, 'exit');
    };
    const kills = [...KILLED_AT];
    receiver.mood = ({ id }) => {
      // those that are known come again, and are counted once
      const known = new Set([...receiver.ids, id]).size;
      if (known >= (kills[0] ?? Infinity) && child?.killed === false) {
        kills.shift();
        child.kill('SIGKILL');
      }
      return 204;
    };
    for (const _ of KILLED_AT) await start();
    void start();
    await expect.poll(async () => (await waitingWebhooks()).count).toBe(0);
    expect(kills).toEqual([]);
    for (let n = 0; n < ITEMS; n += 1) expect(receiver.of(`spot${n}`)).toEqual(STORY);
    expect(new Set(receiver.ids).size).toBe(ITEMS * STORY.length);
    // at each kill up to eight were on their way, and none but those came twice
    const again = receiver.tried.length - ITEMS * STORY.length;
    expect(again).toBeGreaterThanOrEqual(KILLED_AT.length);
    expect(again).toBeLessThanOrEqual(KILLED_AT.length * 8);
    for (const { id, body } of receiver.tried) expect(receiver.taken.find((one) => one.id === id)?.body).toBe(body);
    expect(receiver.refused).toEqual([]);
  });
});
