import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { promote } from '../support/conversations/promotion.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });

const filesIn = (folder: string): string[] =>
  readdirSync(join(world.dataDir, folder), { recursive: true, encoding: 'utf8' });

it('what was submitted today is closed, judged in the night and on its way in by the morning', async () => {
  await promote(nok, { spots: 2 });
  const [review] = (await world.sandbox.nextDay()).files;
  expect(filesIn('outgoing').filter((name) => name.endsWith('.part'))).toEqual([]);
  const rows = readFileSync(join(world.dataDir, 'incoming', review ?? ''), 'utf8')
    .split('\r\n')
    .slice(1, -1);
  expect(rows.map((row) => row.split(',')[3])).toEqual(['STORE', 'SPOT', 'POSM', 'SPOT', 'POSM']);
  expect(rows.every((row) => row.includes(',APPROVED,'))).toBe(true);
});

it('a day on which nothing happens passes quickly', async () => {
  const started = performance.now();
  expect((await world.sandbox.nextDay()).files).toEqual([]);
  expect(performance.now() - started).toBeLessThan(15_000);
});

it('a reset forgets what was handed over and judged', async () => {
  await world.sandbox.post('/reset', {});
  expect(filesIn('.')).not.toContain('reviewer.json');
  expect((await world.sandbox.nextDay()).files).toEqual([]);
});
