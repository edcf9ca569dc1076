import { expect, it } from 'vitest';
import { createInFlight } from '../../src/work/in-flight.ts';
import { createWorkerPool, type WorkerPoolOptions } from '../../src/work/worker-pool.ts';

/** A pool over `pieces` of work, each of which is under way until it is finished by name. */
function poolOver(pieces: string[], change: Partial<WorkerPoolOptions> = {}) {
  const inFlight = createInFlight();
  const open = new Map<string, (error?: Error) => void>();
  const looks: number[] = [];
  const failures: unknown[] = [];
  const takeOne = async (): Promise<void> => {
    const piece = pieces.shift();
    if (piece === undefined) return;
    await new Promise<void>((resolve, reject) => open.set(piece, (error) => (error ? reject(error) : resolve())));
    open.delete(piece);
  };
  const pool = createWorkerPool({
    name: 'work',
    workers: 2,
    inFlight,
    look: async () => {
      looks.push(pieces.length);
      return pieces.map(() => takeOne);
    },
    onFailure: (error) => void failures.push(error),
    ...change,
  });
  return { pool, open, looks, failures, inFlight, finish: (piece: string, error?: Error) => open.get(piece)?.(error) };
}

/** Everything that can go on without anybody's help has gone on. */
const quiet = () => new Promise<void>((resolve) => setImmediate(resolve));

it('does as much at once as it has workers, and more when one of them is done', async () => {
  const { pool, open, finish } = poolOver(['a', 'b', 'c']);
  pool.wake();
  await quiet();
  expect([...open.keys()]).toEqual(['a', 'b']);
  finish('a');
  await quiet();
  expect([...open.keys()]).toEqual(['b', 'c']);
});

it('looks again by itself a second after a look that failed', async () => {
  const pieces = ['a'];
  let looks = 0;
  const { pool, open, failures } = poolOver(pieces, {
    look: async () => {
      looks += 1;
      if (looks === 1) throw new Error('the store does not answer');
      return pieces.splice(0).map((piece) => async () => void open.set(piece, () => undefined));
    },
  });
  pool.wake();
  await expect.poll(() => [...open.keys()]).toEqual(['a']);
  expect(failures).toHaveLength(1);
  await pool.close();
});

it('looks once where there is nothing, however often it is woken at the same moment', async () => {
  const { pool, looks, inFlight } = poolOver([]);
  for (const _ of [1, 2, 3]) pool.wake();
  await quiet();
  expect(looks).toEqual([0, 0]);
  expect(inFlight.left()).toEqual([]);
});

it('is under way until nothing is left, and looks again when something was done', async () => {
  const { pool, finish, looks, inFlight } = poolOver(['a']);
  pool.wake();
  await quiet();
  expect(inFlight.left()).toEqual(['1 work']);
  finish('a');
  await quiet();
  expect(looks).toEqual([1, 0]);
  expect(inFlight.left()).toEqual([]);
});

it('begins what came while others were at work, and what came during a look', async () => {
  const pieces = ['a'];
  const { pool, open } = poolOver(pieces);
  pool.wake();
  await quiet();
  pieces.push('b');
  pool.wake();
  await quiet();
  expect([...open.keys()]).toEqual(['a', 'b']);

  const looks: (() => void)[] = [];
  const slow = poolOver([], {
    look: async () => {
      await new Promise<void>((resolve) => looks.push(resolve));
      return [];
    },
  });
  slow.pool.wake();
  slow.pool.wake();
  expect(looks).toHaveLength(1);
  looks.at(-1)?.();
  await quiet();
  expect(looks).toHaveLength(2);
  looks.at(-1)?.();
  await quiet();
  expect(looks).toHaveLength(2);
});

it('what somebody else has taken meanwhile is none of its business', async () => {
  const pieces = ['a'];
  const { pool, looks, inFlight } = poolOver(pieces, {
    look: async () => {
      looks.push(pieces.length);
      return pieces.splice(0).map(() => async () => undefined);
    },
  });
  pool.wake();
  await quiet();
  expect([looks, inFlight.left()]).toEqual([[1, 0], []]);
});

it('a piece that fails is told, others go on, and the next waking works on', async () => {
  const { pool, open, finish, failures } = poolOver(['a', 'b', 'c']);
  pool.wake();
  await quiet();
  finish('a', new Error('no network'));
  await quiet();
  expect(failures).toMatchObject([{ message: 'no network' }]);
  finish('b');
  await quiet();
  expect([...open.keys()]).toContain('c');
});

it('a look that fails is told, and the next waking looks again', async () => {
  let works = false;
  const { pool, failures } = poolOver([], {
    look: async () => {
      if (!works) throw new Error('the store is away');
      return [];
    },
  });
  pool.wake();
  await quiet();
  works = true;
  pool.wake();
  await quiet();
  expect(failures).toMatchObject([{ message: 'the store is away' }]);
});

it('takes nothing more once it is closed, and closes when what was begun is finished', async () => {
  const { pool, open, finish, looks } = poolOver(['a', 'b'], { workers: 1 });
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
  expect([[...open.keys()], looks]).toEqual([[], [2]]);
});
