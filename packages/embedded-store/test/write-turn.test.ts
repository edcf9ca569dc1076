import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Cursors } from '../src/engine/cursors.ts';
import { LIMITS, Sessions } from '../src/engine/sessions.ts';
import { Store } from '../src/engine/store.ts';
import { newFolder } from './stores.ts';

const { conflictMs, idleTransactionMs, turnWaitMs } = LIMITS;
const { folder, remove } = newFolder();
const peer = { gone: false };
const nothing = (): { ok: number } => ({ ok: 1 });
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let store: Store;
let sessions: Sessions;
let made = 0;

beforeAll(() => {
  store = new Store(join(folder, 'mongo.db'));
  sessions = new Sessions(store, new Cursors(), LIMITS);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterAll(() => {
  vi.useRealTimers();
  store.close();
  remove();
});

/** One that asks for the turn after `at` ms: a plain write, or a transaction that rests so long after each of its commands. */
type Contender = { at: number; rests: readonly number[] | undefined };

/** What came of each, and the order in which they got the turn. */
async function contend(contenders: readonly Contender[]): Promise<{ came: unknown[]; order: number[] }> {
  const order: number[] = [];
  const play = async ({ at, rests }: Contender, place: number): Promise<void> => {
    const tag = { session: `s${made++}`, number: rests ? 1 : undefined };
    const got = (): { ok: number } => {
      if (!order.includes(place)) order.push(place);
      return nothing();
    };
    await rest(at);
    if (!rests) return void (await sessions.write(tag, 0, got));
    for (const [turn, ms] of rests.entries()) {
      await sessions.inTransaction(tag, peer, turn === 0, got);
      await rest(ms);
    }
    sessions.commit(tag, 0);
  };
  const all = Promise.allSettled(contenders.map(play));
  await vi.advanceTimersByTimeAsync(100_000);
  const came = (await all).map((each) =>
    each.status === 'fulfilled' ? 'done' : Reflect.get(Object(each.reason), 'told'),
  );
  return { came, order };
}

const CONFLICT = expect.objectContaining({ codeName: 'WriteConflict', errorLabels: ['TransientTransactionError'] });
/** Those that come at different times, earliest first. */
const arrivals = (most: number, before: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: before }), { minLength: 1, maxLength: most })
    .map((times) => times.toSorted((a, b) => a - b));

it('is a queue for all who go on: whoever asks first has it first, and nobody is refused', async () => {
  const AT_ONCE = 8;
  const short = fc.array(fc.integer({ min: 0, max: Math.floor(turnWaitMs / AT_ONCE / 4) }), {
    minLength: 1,
    maxLength: 4,
  });
  const crowd = arrivals(AT_ONCE, 500).chain((times) =>
    fc.tuple(...times.map((at) => fc.record({ at: fc.constant(at), rests: fc.option(short, { nil: undefined }) }))),
  );
  await fc.assert(
    fc.asyncProperty(crowd, async (contenders) => {
      const { came, order } = await contend(contenders);
      expect(came).toEqual(contenders.map(() => 'done'));
      expect(order).toEqual(contenders.map((_, place) => place));
    }),
    { numRuns: 60 },
  );
});

it('stays with one who only rests: other transactions are told of the conflict, writes wait for it', async () => {
  const crowd = arrivals(6, idleTransactionMs - conflictMs - 10).chain((times) =>
    fc.tuple(
      ...times.map((at) =>
        fc.record({ at: fc.constant(at), rests: fc.constantFrom<Contender['rests']>([0], undefined) }),
      ),
    ),
  );
  await fc.assert(
    fc.asyncProperty(crowd, async (others) => {
      const resting = { at: 0, rests: [idleTransactionMs - 1] };
      const { came } = await contend([resting, ...others]);
      expect(came).toEqual(['done', ...others.map(({ rests }) => (rests ? CONFLICT : 'done'))]);
    }),
    { numRuns: 60 },
  );
});

it('is had at the second try at the latest, where the one that rests does not go on', async () => {
  const lost: Contender = { at: 0, rests: [2 * idleTransactionMs] };
  const tries = [1, 1 + conflictMs].map((at): Contender => ({ at, rests: [0] }));
  expect((await contend([lost, ...tries])).came).toEqual([
    expect.objectContaining({ codeName: 'NoSuchTransaction' }),
    CONFLICT,
    'done',
  ]);
});
