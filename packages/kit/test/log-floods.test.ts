import { expect, it } from 'vitest';
import { createLog } from '../src/log.ts';

it('of a flood of one event some lines are written, and how many were not; others are written all', () => {
  const written: { event: string; of?: string; leftOut?: number; index?: number }[] = [];
  let now = 0;
  const to = { write: (line: string) => void written.push(JSON.parse(line)) };
  const log = createLog({ level: 'info', to, now: () => now });
  for (let index = 1; index <= 1_000; index += 1) log.child({ trace: 'x' }).warn({ index }, 'flood.comes');
  log.info('rare.one');
  const flood = written.filter(({ event }) => event === 'flood.comes');
  expect(flood.slice(0, 200).map(({ index }) => index)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  expect(flood.slice(200).map(({ index }) => index)).toEqual([300, 400, 500, 600, 700, 800, 900, 1_000]);
  expect(written.at(-1)?.event).toBe('rare.one');
  now = 60_000;
  log.warn('flood.comes');
  log.warn('flood.comes');
  expect(written.slice(-3)).toMatchObject([
    { event: 'log.sampled', of: 'flood.comes', leftOut: 792 },
    { event: 'flood.comes' },
    { event: 'flood.comes' },
  ]);
});

it('what ends a process is written whatever came before, and without a clock everything is', () => {
  const lines: string[] = [];
  const to = { write: (line: string) => void lines.push(line) };
  const log = createLog({ level: 'info', to, now: () => 0 });
  for (let index = 0; index < 300; index += 1) log.fatal('it.ends');
  expect(lines).toHaveLength(300);
  const whole = createLog({ level: 'info', to });
  for (let index = 0; index < 300; index += 1) whole.warn('it.goesOn');
  expect(lines).toHaveLength(600);
});
