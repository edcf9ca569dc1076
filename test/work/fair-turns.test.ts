import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FairTurns } from '../../src/work/fair-turns.ts';

/** Everybody asks in this order; each turn is given back before the next one is looked at. Answers in which order they had theirs. */
async function order(asked: readonly string[], limits: { atOnce: number; each: number }): Promise<string[]> {
  const turns = new FairTurns(limits);
  const had: string[] = [];
  await Promise.all(
    asked.map(async (whose) => {
      const giveBack = await turns.take(whose);
      had.push(whose);
      await Promise.resolve();
      giveBack();
    }),
  );
  return had;
}

it('whoever comes after one who waits a hundred times is next but for those that run', async () => {
  const had = await order([...Array<string>(100).fill('flood'), 'nok', 'lek'], { atOnce: 4, each: 2 });
  expect(had.indexOf('nok')).toBeLessThanOrEqual(3);
  expect(had.indexOf('lek')).toBeLessThanOrEqual(4);
  expect(had).toHaveLength(102);
});

it('one has no more of them at once than each may have, and all together no more than there are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      async (asked, atOnce, each) => {
        const turns = new FairTurns({ atOnce, each });
        const running: string[] = [];
        let most = 0;
        await Promise.all(
          asked.map(async (whose) => {
            const giveBack = await turns.take(whose);
            running.push(whose);
            most = Math.max(most, running.filter((one) => one === whose).length);
            expect(running.length).toBeLessThanOrEqual(atOnce);
            await Promise.resolve();
            running.splice(running.indexOf(whose), 1);
            giveBack();
          }),
        );
        expect(most).toBeLessThanOrEqual(each);
        expect(turns.areWanted).toBe(false);
      },
    ),
  );
});

it('who does not wait any more is not kept a turn for', async () => {
  const turns = new FairTurns({ atOnce: 1, each: 1 });
  const giveBack = await turns.take('nok');
  const gone = new AbortController();
  const left = turns.take('lek', gone.signal);
  const stays = turns.take('som');
  gone.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  giveBack();
  (await stays)();
  await expect(turns.take('lek', gone.signal)).rejects.toThrow('gone');
  (await turns.take('lek'))();
});

it('what is nobody’s stands in line one by one', async () => {
  const turns = new FairTurns({ atOnce: 3, each: 1 });
  const all = await Promise.all([turns.take(), turns.take(), turns.take()]);
  for (const giveBack of all) giveBack();
});
