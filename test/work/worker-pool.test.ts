import { expect, it } from 'vitest';
import { createInFlight } from '../../src/work/in-flight.ts';
import { createWorkerPool, type WorkerPoolOptions } from '../../src/work/worker-pool.ts';

/** A pool over `pieces` of work, each of which is under way until it is finished by name. */
function poolOver(pieces: string[], change: Partial<WorkerPoolOptions> = {}) {
  const inFlight = createInFlight();
  const open = new Map<string, (error?: Error) => void>();
  const rests: number[] = [];
  const failures: unknown[] = [];
  const pool = createWorkerPool({
    name: 'work',
    workers: 2,
    inFlight,
    takeOne: async () => {
      const piece = pieces.shift();
      if (piece === undefined) return false;
      await new Promise<void>((resolve, reject) => open.set(piece, (error) => (error ? reject(error) : resolve())));
      open.delete(piece);
      return true;
    },
    rested: async () => void rests.push(pieces.length),
    onFailure: (error) => void failures.push(error),
    ...change,
  });
  return { pool, open, rests, failures, inFlight, finish: (piece: string, error?: Error) => open.get(piece)?.(error) };
}

/** Everything that can go on without anybody's help has gone on. */
const quiet = () => new Promise<void>((resolve) => setImmediate(resolve));

it('does as much at once as it has workers, and more when one of them is done', async () => {
  const { pool, open, finish } = poolOver(['a', 'b', 'c']);
  for (const _ of [1, 2, 3, 4]) pool.wake();
  await quiet();
  expect([...open.keys()]).toEqual(['a', 'b']);
  finish('a');
  await quiet();
  expect([...open.keys()]).toEqual(['b', 'c']);
});

it('wakes a second worker by itself when the first has found work', async () => {
  const { pool, open, finish } = poolOver(['a', 'b', 'c']);
  pool.wake();
  await quiet();
  expect([...open.keys()]).toEqual(['a']);
  finish('a');
  await quiet();
  expect([...open.keys()].toSorted()).toEqual(['b', 'c']);
});

it('rests when nothing is left, and is under way until then', async () => {
  const { pool, finish, rests, inFlight } = poolOver(['a']);
  pool.wake();
  await quiet();
  expect(inFlight.left()).toEqual(['1 work']);
  finish('a');
  await quiet();
  expect(rests.length).toBeGreaterThan(0);
  expect(inFlight.left()).toEqual([]);
});

it('rests once, when the last of its workers is done, and after one that failed too', async () => {
  const { pool, finish, rests, failures } = poolOver(['a', 'b']);
  pool.wake();
  pool.wake();
  await quiet();
  finish('a');
  await quiet();
  expect(rests).toEqual([]);
  finish('b', new Error('the call failed'));
  await quiet();
  expect([rests, failures.length]).toEqual([[0], 1]);
});

it('what came while the last look was under way is not forgotten', async () => {
  const pieces: string[] = [];
  let look = (): void => undefined;
  const looked: number[] = [];
  const { pool } = poolOver(pieces, {
    workers: 1,
    takeOne: async () => {
      looked.push(looked.length);
      await new Promise<void>((resolve) => {
        look = resolve;
      });
      return false;
    },
  });
  pool.wake();
  await quiet();
  pool.wake();
  look();
  await quiet();
  expect(looked).toEqual([0, 1]);
  look();
  await pool.close();
});

it('a piece that fails is told, and the next waking works on', async () => {
  const { pool, open, finish, failures } = poolOver(['a', 'b'], { workers: 1 });
  pool.wake();
  await quiet();
  finish('a', new Error('no network'));
  await quiet();
  expect(failures).toMatchObject([{ message: 'no network' }]);
  pool.wake();
  await quiet();
  expect([...open.keys()]).toContain('b');
});

it('takes nothing more once it is closed, and closes when what was begun is finished', async () => {
  const { pool, open, finish, rests } = poolOver(['a', 'b'], { workers: 1 });
  pool.wake();
  await quiet();
  let closed = false;
  const closing = pool.close().then(() => {
    closed = true;
  });
  pool.wake();
  await quiet();
  expect(closed).toBe(false);
  finish('a');
  await closing;
  expect([[...open.keys()], rests]).toEqual([[], []]);
});

it('never looks for an alarm twice at a time: the last look is the last to set it', async () => {
  let looking = 0;
  let most = 0;
  const looks: (() => void)[] = [];
  const { pool, finish } = poolOver(['a', 'b'], {
    rested: async () => {
      most = Math.max(most, ++looking);
      await new Promise<void>((resolve) => looks.push(resolve));
      looking -= 1;
    },
  });
  for (const _ of [1, 2]) pool.wake();
  await quiet();
  for (const piece of ['a', 'b']) finish(piece);
  await quiet();
  for (const _ of [1, 2, 3, 4]) {
    looks.shift()?.();
    await quiet();
  }
  expect([most, looking]).toEqual([1, 0]);
});
