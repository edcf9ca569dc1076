import { expect, it } from 'vitest';
import { answerIdle } from '../../src/wiring/idle.ts';
import { createInFlight } from '../../src/work/in-flight.ts';

const LONG_MS = 60_000;

it('names what is under way, as often as it is', () => {
  const inFlight = createInFlight();
  const endOne = inFlight.begin('lane');
  inFlight.begin('lane');
  inFlight.begin('tap');
  endOne();
  endOne();
  expect(inFlight.left()).toEqual(['1 lane', '1 tap']);
  expect(['lane', 'tap', 'picture'].map(inFlight.has)).toEqual([true, true, false]);
});

it('tells everybody who waits when something begins, and when it ends', async () => {
  const inFlight = createInFlight();
  const waiting = [0, 1].map(() => inFlight.changed(inFlight.changes(), LONG_MS));
  const end = inFlight.begin('picture');
  await Promise.all(waiting);
  const next = inFlight.changed(inFlight.changes(), LONG_MS);
  end();
  await next;
});

it('lets nobody wait for what has happened already', async () => {
  const inFlight = createInFlight();
  const since = inFlight.changes();
  inFlight.begin('picture')();
  await inFlight.changed(since, LONG_MS);
});

it('says that nothing is left as soon as that is so', async () => {
  const inFlight = createInFlight();
  const end = inFlight.begin('picture');
  const answer = answerIdle({ withinMs: LONG_MS }, async () => inFlight.left(), inFlight);
  setImmediate(end);
  expect(await answer).toEqual({ idle: true, left: [], changes: inFlight.changes() });
});

it('says what is left when the time is over', async () => {
  const inFlight = createInFlight();
  inFlight.begin('picture');
  const answer = await answerIdle({ withinMs: 20 }, async () => inFlight.left(), inFlight);
  expect(answer).toMatchObject({ idle: false, left: ['1 picture'] });
});

it('looks again for whoever knows that nothing was left only once something has happened', async () => {
  const inFlight = createInFlight();
  let looks = 0;
  const ask = (since?: number) =>
    answerIdle(
      { withinMs: LONG_MS, since },
      async () => {
        looks += 1;
        return inFlight.left();
      },
      inFlight,
    );
  const { changes: since } = await ask();
  expect(await ask(since)).toEqual({ idle: true, left: [], changes: since });
  expect(looks).toBe(1);
  inFlight.begin('picture')();
  expect((await ask(since)).changes).toBeGreaterThan(since);
  expect(looks).toBe(2);
});

it('says that it is not at rest to whoever knew that it was, while something is under way', async () => {
  const inFlight = createInFlight();
  inFlight.begin('picture');
  const since = inFlight.changes();
  const answer = await answerIdle({ withinMs: 0, since }, async () => inFlight.left(), inFlight);
  expect(answer).toEqual({ idle: false, left: ['1 picture'], changes: since });
});
