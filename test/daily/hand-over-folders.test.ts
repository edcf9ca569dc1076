import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemIds } from '@field/kit/ids';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { addSubmissions, submissionsLeft } from '../../models/submissions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { createHandOver } from '../../src/daily/hand-over.ts';
import { createOutgoing } from '../../src/daily/outgoing.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';
import { photosOf, spotRow } from '../support/outgoing-folder.ts';
import { StillClock } from '../support/still-clock.ts';

const TEN_MINUTES_MS = 600_000;
const A_DAY_MS = 24 * 3_600_000;
const ROWS = 5;

const photos = photosOf(...Array.from({ length: ROWS }, (_, n) => `photo-${n}`));
const rows = Array.from({ length: ROWS }, (_, n) => spotRow(n, photos));
const KEYS = rows.map(({ submissionKey }) => submissionKey).sort();

describe.each(servers())('two processes, each with an outgoing folder, on the $name server', ({ uri }) => {
  useModels(uri);
  beforeEach(async () => {
    await forgetEverything();
    await inTransaction((tx) =>
      addSubmissions(
        rows.map((row, index) => ({ ...row, isoId: 'iso-1', submittedAt: index, programme: 1 })),
        tx,
      ),
    );
  });

  async function aFolder(): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'hand-over-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    return dir;
  }

  /** A process that hands over into this folder; `written` is told when lines stand there, and not yet in the database. */
  function aProcess(dir: string, clock = new StillClock(), written: () => Promise<void> = async () => undefined) {
    const inFlight = createInFlight();
    const outgoing = createOutgoing({ dir, photos, clock, timeZone: 'Asia/Shanghai' });
    const append: typeof outgoing.append = async (given) => {
      const done = await outgoing.append(given);
      if (done.handedOver.length > 0) await written();
      return done;
    };
    const { log } = logLines();
    const handOver = createHandOver({ outgoing: { ...outgoing, append }, clock, ids: systemIds, log, inFlight });
    onTestFinished(() => handOver.close());
    const rests = async (): Promise<void> => {
      while (inFlight.left().length > 0) await inFlight.changed(inFlight.changes(), 1_000);
    };
    return {
      ...handOver,
      clock,
      async works(): Promise<void> {
        handOver.wake();
        await rests();
      },
      rests,
    };
  }

  async function keysIn(dir: string): Promise<string[]> {
    const files = (await readdir(dir)).filter((name) => name.startsWith('submissions_'));
    const texts = await Promise.all(files.map((name) => readFile(join(dir, name), 'utf8')));
    const lines = texts.flatMap((text) => text.split('\n').filter(Boolean));
    return lines.map((line): string => JSON.parse(line).submissionKey).sort();
  }

  it('write each line into one of them, though one goes by a clock that is ahead', async () => {
    const [mine, theirs] = [await aFolder(), await aFolder()];
    const ahead = new StillClock();
    ahead.isSet(TEN_MINUTES_MS);
    const other = aProcess(theirs, ahead);
    const one = aProcess(mine, new StillClock(), () => other.works());
    await one.works();
    expect([await keysIn(mine), await keysIn(theirs)]).toEqual([KEYS, []]);
    expect(await submissionsLeft()).toBe(0);
  });

  it('leave to the other what it wrote as it died, and marks when it is there again', async () => {
    const [mine, theirs] = [await aFolder(), await aFolder()];
    const dying = aProcess(mine, new StillClock(), async () => {
      throw new Error('killed');
    });
    await dying.works();
    await dying.close();
    const other = aProcess(theirs);
    await other.works();
    expect([await keysIn(theirs), await submissionsLeft()]).toEqual([[], ROWS]);
    // the other one goes on, and looks whenever somebody taps
    await aProcess(mine).works();
    expect([await keysIn(mine), await keysIn(theirs)]).toEqual([KEYS, []]);
    expect(await submissionsLeft()).toBe(0);
  });

  it('take over what is for a folder to which nobody has come back for a day', async () => {
    const [gone, theirs] = [await aFolder(), await aFolder()];
    const dying = aProcess(gone, new StillClock(), async () => {
      throw new Error('the machine is gone');
    });
    await dying.works();
    await dying.close();
    const other = aProcess(theirs);
    other.clock.skip(A_DAY_MS - 60_000);
    await other.job.run(0);
    await other.works();
    expect(await keysIn(theirs)).toEqual([]);
    other.clock.skip(120_000);
    await other.job.run(0);
    await other.works();
    expect([await keysIn(theirs), await submissionsLeft()]).toEqual([KEYS, 0]);
  });
});
