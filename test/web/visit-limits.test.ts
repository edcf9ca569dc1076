import { expect, it } from 'vitest';
import { createVisitLimits } from '../../src/web/pages/visit-limits.ts';
import { useModels } from '../models/store.ts';

useModels(undefined);
const MINUTE_MS = 60_000;
let start = Date.UTC(2026, 10, 24, 3);

/** Limits of a time of their own, and how often somebody waited in a crowd. */
function limits() {
  start += 60 * MINUTE_MS;
  const at = { now: start, waited: 0 };
  const { visit, isCrowded } = createVisitLimits(
    () => at.now,
    async () => {
      at.waited += 1;
    },
  );
  const sent = async (address: string): Promise<boolean> => (await visit('send', address)) === 0;
  return { at, sent, isCrowded };
}

it('counts a household’s networks together, too', async () => {
  const { at, sent } = limits();
  for (const network of ['10', '11', '12', '13']) {
    for (let n = 0; n < 30; n += 1) expect(await sent(`2001:db8:1:aa${network}::`)).toBe(true);
    at.now += MINUTE_MS;
  }
  expect(await sent('2001:db8:1:aa14::')).toBe(false);
  expect(await sent('2001:db8:1:ab14::')).toBe(true);
});

it('lets whoever has hardly been here in, a moment later, whatever crowd there is', async () => {
  const { at, sent } = limits();
  for (let n = 0; n < 120; n += 1) expect(await sent(`198.51.100.${n}`)).toBe(true);
  expect(at.waited).toBe(0);
  const answers: boolean[] = [];
  for (let n = 0; n < 6; n += 1) answers.push(await sent('203.0.113.9'));
  expect(answers).toEqual([true, true, true, true, false, false]);
  expect(at.waited).toBe(4);
});

it('knows when more have asked somebody within an hour than they look at', async () => {
  const { isCrowded } = limits();
  const asked: boolean[] = [];
  for (let n = 0; n < 61; n += 1) asked.push(await isCrowded('demo@iso.example'));
  expect(asked.filter((crowded) => crowded)).toHaveLength(1);
  expect(await isCrowded('nobody@iso.example')).toBe(false);
});
