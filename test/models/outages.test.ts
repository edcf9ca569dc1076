import { beforeEach, describe, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { callFailed, callWorked, endOutage } from '../../models/outages.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from './store.ts';

const [NOW, SECOND, MINUTE] = [1_800_000_000_000, 1_000, 60_000];
const CALL = 'createAndDeliver';

describe.each(servers())('a call that is out, on the $name server', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  const fails = (now: number) => callFailed(CALL, { now, askedMs: 0, random: 1 });
  const works = (machine: number) => callWorked(CALL, machine);

  it('is ended once by all who see it work at the same time', async () => {
    await fails(NOW);
    const ended = (await Promise.all(Array.from({ length: 10 }, () => works(NOW)))).flat();
    expect(ended).toEqual([{ call: CALL, since: NOW, until: NOW + SECOND }]);
    expect(await Promise.all(ended.map(endOutage))).toEqual([true]);
    expect(await works(NOW + MINUTE)).toEqual([]);
  });

  it('is left to the next that works, where whoever saw it first did not come to its end', async () => {
    await fails(NOW);
    expect(await works(NOW)).toHaveLength(1);
    expect(await works(NOW + 5 * SECOND)).toEqual([]);
    expect(await works(NOW + 11 * SECOND)).toHaveLength(1);
    // by another clock, ten minutes behind
    expect(await works(NOW - 10 * MINUTE)).toHaveLength(1);
  });

  it('that fails again while what waited is made due goes on, as one that had worked', async () => {
    for (const at of [0, 1, 3]) await fails(NOW + at * SECOND);
    const ended = await works(NOW + 4 * SECOND);
    const until = NOW + 5 * SECOND;
    expect(await fails(NOW + 4 * SECOND)).toEqual({ until, alone: true, prolonged: true });
    expect(await Promise.all(ended.map(endOutage))).toEqual([false]);
    expect(await fails(NOW + 4 * SECOND)).toEqual({ until, alone: false, prolonged: false });
    expect(await works(NOW + 4 * SECOND)).toEqual([{ call: CALL, since: NOW + 4 * SECOND, until }]);
  });
});
