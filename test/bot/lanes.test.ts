import { expect, it } from 'vitest';
import { holdLane, releaseLane } from '../../models/lanes.ts';
import { createLanes } from '../../src/bot/lanes.ts';
import type { MessageUpdate } from '../../src/platform/update.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();

/** The ids of what is handled from now on, in order. */
function handledIn(): string[] {
  const ids: string[] = [];
  world().standsAround(async ({ update }, handle) => {
    ids.push(update.id);
    await handle();
  });
  return ids;
}

const written = (id: string, at: number): MessageUpdate => ({ ...world().message('nok', { text: 'menu' }), id, at });

it('messages are applied by the time at which they were written, and by their id where that is the same', async () => {
  await world().hires('nok');
  const ids = handledIn();
  const now = world().clock.now();
  await holdLane('nok', 'another process', world().clock.machine());
  for (const message of [written('d', now + 2), written('c', now), written('b', now), written('a', now + 1)])
    await world().takesIn(message);
  await releaseLane('nok', 'another process');
  await world().sweep();
  expect(ids).toEqual(['b', 'c', 'a', 'd']);
});

it('a lane that another process holds is left to it', async () => {
  await world().hires('nok');
  const ids = handledIn();
  await holdLane('nok', 'another process', world().clock.machine());
  await world().takesIn(written('a', world().clock.now()));
  expect(ids).toEqual([]);
});

it('whose lane another process keeps is told once that it is being looked at, and gets the answer when it is free', async () => {
  const nok = await world().hires('nok');
  await holdLane('nok', 'another process', world().clock.machine());
  await world().takesIn(written('a', world().clock.now()));
  await expect.poll(() => world().log.of('lane.waits')).toMatchObject([{ trace: 'a' }]);
  await world().takesIn(written('b', world().clock.now() + 1));
  const checking = async () => (await nok.cards()).filter(({ text }) => wordsOf('notice.checking').test(text));
  await expect.poll(() => checking()).toHaveLength(1);
  await releaseLane('nok', 'another process');
  await world().sweep();
  expect(await checking()).toHaveLength(1);
  await nok.sees('Hi Nok');
});

it('people do not wait for one another', async () => {
  for (const userId of ['nok', 'lek']) await world().hires(userId);
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const done: string[] = [];
  const lekIsDone = new Promise<void>((resolve) => {
    world().standsAround(async ({ person }, handle) => {
      if (person.userId === 'nok') await held;
      await handle();
      done.push(person.userId);
      if (person.userId === 'lek') resolve();
    });
  });
  await world().takesIn(world().message('nok', { text: 'menu' }));
  await world().takesIn(world().message('lek', { text: 'menu' }));
  await lekIsDone;
  expect(done).toEqual(['lek']);
  goOn();
  await world().untilIdle();
  // a transaction that was held up may have to be tried again
  expect([...new Set(done)]).toEqual(['lek', 'nok']);
});

it('a message that no handler can apply is said once and passed: what was written after it is applied', async () => {
  const nok = await world().hires('nok');
  const tries: string[] = [];
  world().standsAround(async ({ update }, handle) => {
    tries.push(update.id);
    await handle();
    if (update.id === 'poison') throw new Error('a mistake of ours');
  });
  const now = world().clock.now();
  await world().takesIn(written('poison', now));
  await world().takesIn(written('well', now + 1));
  await world().untilIdle();
  expect(tries).toEqual(['poison', 'well']);
  expect(world().log.of('update.failed')).toMatchObject([{ code: 'bug.unexpected', trace: 'poison' }]);
  const cards = await nok.cards();
  expect(cards.filter(({ text }) => wordsOf('notice.trouble').test(text))).toHaveLength(1);
  expect(cards.filter(({ text }) => text.includes('Hi Nok'))).toHaveLength(1);
});

it('an event that no handler can apply is passed without a word', async () => {
  const nok = await world().hires('nok');
  world().standsAround(async () => {
    throw new Error('a mistake of ours');
  });
  await world().receive(world().event('user_leave_org', ['nok']));
  expect(world().log.of('update.failed')).toHaveLength(1);
  expect(await nok.cards()).toEqual([]);
});

it('whoever wrote one message does not wait for the end of what twenty others wrote without one', async () => {
  const { clock, ids, inFlight, log } = world();
  const steps: string[] = [];
  const flood = Array.from({ length: 20 }, (_, index) => `flood-${index}`);
  const left = new Map([...flood.map((lane) => [lane, 200] as const), ['nok', 1]]);
  const lanes = createLanes({
    clock,
    ids,
    inFlight,
    log: log.log,
    wake: () => undefined,
    heldElsewhere: async () => undefined,
    look: async () => undefined,
    step: async (lane) => {
      const more = left.get(lane) ?? 0;
      if (more === 0) return { kind: 'empty' };
      left.set(lane, more - 1);
      steps.push(lane);
      return { kind: 'done' };
    },
  });
  for (const lane of left.keys()) lanes.wake(lane);
  while (inFlight.left().length > 0) await inFlight.changed(inFlight.changes(), 1_000);
  await lanes.close();
  expect(steps).toHaveLength(20 * 200 + 1);
  // all others have had their turn of 25 steps, and at most one more while this lane was taken
  expect(steps.indexOf('nok')).toBeLessThanOrEqual(20 * 25 * 2);
});
