import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openWorkOf, workWithoutHands } from '../../handlers/hand-over/open-work.ts';
import { changePerson } from '../../models/people.ts';
import { useDataKey } from '../../models/sealing.ts';
import { endTransactionsIn } from '../../models/sessions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { begins, failedDoor, taskFor } from '../handlers/hands.ts';
import { useModels } from '../models/store.ts';
import { onItem, tap } from '../review/thumb.ts';
import { howOften } from '../support/how-often.ts';
import { hire, NOW } from '../support/shop-under-review.ts';

const giver = resolve('dist/test/support/hand-over-process.js');
const WORKS = 5;
const POINTS = ['1', 'commit', 'after', '3', String(WORKS), 'effects'].slice(0, howOften({ inEachRun: 2, inFull: 6 }));
const when = { isoId: 'iso', now: NOW };

interface Giver {
  readonly child: ChildProcess;
  says(): Promise<string>;
}

describe.each(servers())('two processes on the $name store', ({ uri }) => {
  useModels(uri);
  let round = 0;
  /** Ids of this test alone. */
  const own = (name: string): string => `${name}-${round}`;
  const openOf = async (name: string) => (await openWorkOf(own(name), when)).map(({ id }) => id).sort();

  /** Nok has a shop in review, of which a door failed and is being put right, a task, and a promotion that is begun. */
  beforeEach(async () => {
    // also the key of the other processes
    useDataKey(Buffer.alloc(32, 7));
    round += 1;
    for (const name of ['nok', 'lek', 'dao', 'boss']) await hire(own(name));
    await inTransaction((tx) => changePerson(own('boss'), { role: 'ADMIN' }, tx));
    const door = await failedDoor(own('nok'), own('shop'));
    await tap('review.modify', { ...(await onItem(door)), by: own('nok') });
    await taskFor(own('nok'), own('task'));
    await begins(own('nok'), own('draft'));
    expect(await openOf('nok')).toHaveLength(WORKS);
  });

  /** A process that is ready to give all of Nok's work to somebody. */
  async function ready(to: string, point = ''): Promise<Giver> {
    const { host, port, name } = mongoose.connection;
    const address = `mongodb://${host}:${port}/${name}?replicaSet=rs0&directConnection=true`;
    const child = spawn(process.execPath, [giver, address, own('boss'), own('nok'), own(to), point, String(NOW)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const lines = on(createInterface({ input: child.stdout ?? process.stdin }), 'line');
    const says = async (): Promise<string> => String((await lines.next()).value[0]);
    expect(await says()).toBe('ready');
    return { child, says };
  }

  /** How often each of Nok's works was given on. */
  const givings = async () =>
    await mongoose.connection.collection('audit').countDocuments({ what: 'handOver.give', by: own('boss') });

  // on a real server at the commit, the one moment at which it is a server's word that counts
  it.each(uri === undefined || process.env.LONG ? POINTS : ['commit'])(
    'killed at “%s” of a hand-over, everything is with the one or with the other, and is given once',
    async (point) => {
      const had = await openOf('nok');
      const { child, says } = await ready('lek', point);
      child.stdin?.write('go');
      const [holds, sessions = ''] = (await says()).split(' ');
      expect(holds).toBe('holds');
      child.kill('SIGKILL');
      await once(child, 'exit');
      // as the other processes of the product do it: a server keeps what was left open for a minute
      await endTransactionsIn(sessions.split(','));
      const isDone = point === 'after';
      expect(await openOf('nok')).toEqual(isDone ? [] : had);
      expect(await openOf('lek')).toEqual(isDone ? had : []);
      const again = await ready('lek');
      again.child.stdin?.write('go');
      expect(await again.says()).toBe(isDone ? '0' : String(WORKS));
      expect(await openOf('lek')).toEqual(had);
      expect(await openOf('nok')).toEqual([]);
      expect(await workWithoutHands(when)).toEqual([]);
      expect(await givings()).toBe(WORKS);
    },
  );

  it('two of them on one hand-over at once give everything once, to one of the two', async () => {
    const had = await openOf('nok');
    const both = [await ready('lek'), await ready('dao')];
    for (const { child } of both) child.stdin?.write('go');
    const given = await Promise.all(both.map(({ says }) => says()));
    expect(given.sort()).toEqual(['0', String(WORKS)]);
    expect([await openOf('lek'), await openOf('dao')]).toContainEqual(had);
    expect((await openOf('lek')).length + (await openOf('dao')).length).toBe(WORKS);
    expect(await openOf('nok')).toEqual([]);
    expect(await givings()).toBe(WORKS);
  });
});
