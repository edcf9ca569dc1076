import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { idsOfProcess } from '../../models/holders.ts';
import { recordUpdate } from '../../models/inbox.ts';
import { changePerson, findPerson, meetPerson } from '../../models/people.ts';
import { otherProcesses } from '../../models/processes.ts';
import { useDataKey } from '../../models/sealing.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { createLaneStep, lookIntoLane } from '../../src/bot/lane-step.ts';
import { createLanes } from '../../src/bot/lanes.ts';
import { EVERY_MS, watchOtherProcesses } from '../../src/bot/other-processes.ts';
import { sayChecking } from '../../src/bot/say-checking.ts';
import { DingTalkTime } from '../../src/platform/dingtalk-time.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';

const holder = resolve('dist/test/support/lane-holder-process.js');
const SURVIVOR = 'survivor';
/** What a person may wait when the process that worked for them dies, in looks of the other one: no load of a machine counts. */
const AT_MOST_LOOKS = 10_000 / EVERY_MS - 2;

/** The address of the database that the models are connected to. */
function databaseUri(): string {
  const { host, port, name } = mongoose.connection;
  return `mongodb://${host}:${port}/${name}?replicaSet=rs0&directConnection=true`;
}

/** A process that works for Nok and stands still, in a transaction or between two. */
async function aHolder(where: 'inside' | 'between'): Promise<{ child: ChildProcess; says: () => Promise<string> }> {
  const child = spawn(process.execPath, [holder, databaseUri(), 'holder', where], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = on(createInterface({ input: child.stdout ?? process.stdin }), 'line');
  const says = async (): Promise<string> => String((await lines.next()).value[0]);
  expect(await says()).toBe('holds');
  return { child, says };
}

describe.each(servers())('two processes on the $name store', ({ uri }) => {
  useModels(uri);
  const clock = new MovableClock();

  beforeEach(async () => {
    // also the key of the process that dies
    useDataKey(Buffer.alloc(32, 7));
    await inTransaction((tx) => meetPerson('nok', 'Nok', tx));
    const content = { text: 'menu', pictures: [] };
    const from = { userId: 'nok', nick: 'Nok' };
    const conversation = { kind: 'direct', id: 'chat-nok' } as const;
    await recordUpdate({ kind: 'message', id: 'm1', at: 1, from, conversation, content }, 'nok', 1);
  });
  afterEach(forgetEverything);

  /** How often the other process has looked so far. */
  async function looks(): Promise<number> {
    const all = await otherProcesses('nobody');
    return all.find(({ process }) => process === SURVIVOR)?.beat ?? 0;
  }

  /** The other process; resolves with how often it looked until what Nok wrote was applied. */
  function survivor() {
    const { log, of } = logLines('info');
    let applied = false;
    let answered = (_looks: Promise<number>): void => undefined;
    const waited = new Promise<number>((done) => {
      answered = done;
    });
    const ids = idsOfProcess(SURVIVOR, systemIds);
    const step = createLaneStep({
      budget: { stops: () => undefined },
      clock,
      dingTalkTime: new DingTalkTime(clock),
      ids,
      log,
      dispatch: async ({ update, tx }) => {
        await changePerson('nok', { name: `written for ${update.id}` }, tx);
        applied = true;
      },
      applyVerdict: async () => undefined,
      trouble: () => undefined,
    });
    const committed = (): void => {
      if (applied) answered(looks());
    };
    const heldElsewhere = (lane: string) => sayChecking({ clock, log, wake: () => undefined }, lane);
    const look = (lane: string) => lookIntoLane({ clock }, lane);
    const services = { clock, ids, log, inFlight: createInFlight() };
    const lanes = createLanes({ ...services, step, look, wake: committed, heldElsewhere });
    const others = watchOtherProcesses({ process: SURVIVOR, log, tookOver: () => void lanes.sweep() });
    onTestFinished(async () => {
      await lanes.close();
      await others.close();
    });
    others.start();
    lanes.wake('nok');
    return { waited, of };
  }

  it.each(['inside', 'between'] as const)(
    'killed %s a transaction, its people wait no longer than 10 s',
    async (where) => {
      const { child } = await aHolder(where);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const { waited, of } = survivor();
      expect(await waited).toBeLessThanOrEqual(AT_MOST_LOOKS);
      expect((await findPerson('nok'))?.name).toBe('written for m1');
      // what it held is free a moment before that is said
      await expect.poll(() => of('process.takenOver')).toMatchObject([{ process: 'holder' }]);
      expect(of('lane.waits')).toMatchObject([{ trace: 'm1' }]);
    },
  );

  it.each(['inside', 'between'] as const)(
    'frozen %s a transaction, its lane is taken over, and when it wakes it writes nothing',
    async (where) => {
      const { child, says } = await aHolder(where);
      child.kill('SIGSTOP');
      const { waited } = survivor();
      expect(await waited).toBeLessThanOrEqual(AT_MOST_LOOKS);
      child.kill('SIGCONT');
      child.stdin?.write('go on');
      expect(await says()).toBe('lane.lost');
      await once(child, 'exit');
      expect((await findPerson('nok'))?.name).toBe('written for m1');
    },
  );
});
