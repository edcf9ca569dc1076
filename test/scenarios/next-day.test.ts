import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { join as joinIso, NOK } from '../support/conversations/joining.ts';
import { promote } from '../support/conversations/promotion.ts';
import { startWorld, type World } from '../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const filesIn = (folder: string): string[] =>
  readdirSync(join(world.dataDir, folder), { recursive: true, encoding: 'utf8' });

it('what was submitted today is closed, judged in the night and on its way in by the morning', async () => {
  const nok = world.person('staff1');
  await joinIso(nok, world.person('admin1'), NOK);
  await promote(nok, { spots: 2 });
  const [review] = (await world.sandbox.nextDay()).files;
  expect(filesIn('outgoing').filter((name) => name.endsWith('.part'))).toEqual([]);
  const rows = readFileSync(join(world.dataDir, 'incoming', review ?? ''), 'utf8')
    .split('\r\n')
    .slice(1, -1);
  expect(rows.map((row) => row.split(',')[3])).toEqual(['STORE', 'SPOT', 'SPOT']);
  expect(rows.every((row) => row.includes(',APPROVED,'))).toBe(true);
});

it('a day on which nothing happens passes quickly', async () => {
  const started = performance.now();
  expect((await world.sandbox.nextDay()).files).toEqual([]);
  expect(performance.now() - started).toBeLessThan(3_000);
});

it('a reset forgets what was handed over and judged', async () => {
  await world.sandbox.post('/reset', {});
  expect(filesIn('.')).not.toContain('reviewer.json');
  expect((await world.sandbox.nextDay()).files).toEqual([]);
});
