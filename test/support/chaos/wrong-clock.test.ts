import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { WrongClock } from './wrong-clock.ts';

const AN_HOUR_MS = 3_600_000;
/** Says in every way that there is what time it is, whenever it is asked. */
const SAYS = `process.stdin.on('data', () => console.log(JSON.stringify([
  Date.now(), new Date().getTime(), Date.parse(Date()), new Date(0).getTime(), new Date() instanceof Date])));`;

test('the clock of a running bot goes wrong and right again, in whatever way it is asked, and of nobody else', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'wrong-clock-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const clock = new WrongClock(dir, 'bot');
  const [bot, other] = [await started(dir, 'dist/src/main.js', clock), await started(dir, 'sandbox.js', clock)];
  expect(await bot()).toBeCloseTo(0, -4);

  expect(await clock.sets(-AN_HOUR_MS)).toBe(true);
  expect(await bot()).toBeCloseTo(-AN_HOUR_MS, -4);
  expect(await other()).toBeCloseTo(0, -4);

  expect(await clock.sets(0)).toBe(true);
  expect(await bot()).toBeCloseTo(0, -4);
});

test('where no bot runs a clock is not said to be wrong', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'wrong-clock-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  expect(await new WrongClock(dir, 'bot').sets(1_000)).toBe(false);
});

/** A programme under this name; asked, it answers by how many milliseconds it is wrong. */
async function started(dir: string, name: string, clock: WrongClock): Promise<() => Promise<number>> {
  const file = join(dir, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, SAYS);
  const child = spawn(process.execPath, [file], { env: { ...process.env, ...clock.env }, stdio: 'pipe' });
  onTestFinished(() => void child.kill());
  const lines = createInterface({ input: child.stdout });
  return async () => {
    const said = once(lines, 'line');
    child.stdin.write('?\n');
    const [line] = (await said) as [string];
    const [now = 0, fresh = 0, spoken = 0, epoch, isDate] = JSON.parse(line) as [
      number,
      number,
      number,
      number,
      boolean,
    ];
    expect([epoch, isDate]).toEqual([0, true]);
    expect(Math.abs(fresh - now)).toBeLessThan(1_000);
    expect(Math.abs(spoken - now)).toBeLessThan(2_000);
    return now - Date.now();
  };
}
