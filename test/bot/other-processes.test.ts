import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { holdLane } from '../../models/lanes.ts';
import { otherProcesses } from '../../models/processes.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { DEAD_AFTER_LOOKS, watchOtherProcesses } from '../../src/bot/other-processes.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';

const NOW = Date.UTC(2026, 10, 24, 3);

describe.each(servers())('the processes of one database on the $name server', ({ uri }) => {
  useModels(uri);
  let tookOver = 0;
  beforeEach(() => {
    tookOver = 0;
  });
  afterEach(forgetEverything);

  function aProcess(process: string) {
    const { log, of } = logLines('info');
    return { of, ...watchOtherProcesses({ process, log, tookOver: () => tookOver++ }) };
  }
  const times = async (count: number, work: () => Promise<void>): Promise<void> => {
    for (let index = 0; index < count; index += 1) await work();
  };

  it('one that says so no more is dead after some looks, and what it held is free', async () => {
    const [one, other] = [aProcess('one'), aProcess('other')];
    await one.look();
    await holdLane('nok', 'one.1', NOW);
    await holdLane('lek', 'third.1', NOW);
    await times(DEAD_AFTER_LOOKS, other.look);
    expect(await holdLane('nok', 'other.1', NOW)).toBe(false);
    await other.look();
    expect(tookOver).toBe(1);
    expect(await holdLane('nok', 'other.1', NOW)).toBe(true);
    expect(await holdLane('lek', 'other.1', NOW)).toBe(false);
    expect(other.of('process.takenOver')).toMatchObject([{ process: 'one' }]);
    expect((await otherProcesses('other')).map(({ process }) => process)).toEqual([]);
  });

  it('nobody who goes on saying so is taken for dead, however slowly, and whoever stood still is known again', async () => {
    const [slow, quick] = [aProcess('slow'), aProcess('quick')];
    await times(4, async () => {
      await slow.look();
      await times(DEAD_AFTER_LOOKS, quick.look);
    });
    expect(tookOver).toBe(0);
    await times(DEAD_AFTER_LOOKS + 1, quick.look);
    expect(tookOver).toBe(1);
    await slow.look();
    expect(slow.of('process.wasTakenForDead')).toMatchObject([{ process: 'slow' }]);
    await quick.look();
    expect((await otherProcesses('quick')).map(({ process }) => process)).toEqual(['slow']);
  });

  it('one that ends is forgotten, and not taken over', async () => {
    const [ending, other] = [aProcess('ending'), aProcess('other')];
    await ending.look();
    await other.look();
    await ending.close();
    await times(DEAD_AFTER_LOOKS + 1, other.look);
    expect(tookOver).toBe(0);
  });
});
