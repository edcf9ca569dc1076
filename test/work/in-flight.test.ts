import { expect, it } from 'vitest';
import { whatIsLeftAfter } from '../../src/wiring/idle.ts';
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
  const answer = whatIsLeftAfter(LONG_MS, async () => inFlight.left(), inFlight);
  setImmediate(end);
  expect(await answer).toEqual([]);
});

it('says what is left when the time is over', async () => {
  const inFlight = createInFlight();
  inFlight.begin('picture');
  expect(await whatIsLeftAfter(20, async () => inFlight.left(), inFlight)).toEqual(['1 picture']);
});
