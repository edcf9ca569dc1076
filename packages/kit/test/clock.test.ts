import { describe, expect, it } from 'vitest';
import { MovableClock } from '../src/clock.ts';

const HOUR = 3_600_000;

describe('a movable clock', () => {
  it('runs what becomes due while it is moved, oldest first, and nothing that is later', () => {
    const clock = new MovableClock();
    const ran: string[] = [];
    const start = clock.now();
    clock.at(start + 2 * HOUR, () => ran.push('second'));
    clock.at(start + HOUR, () => ran.push('first'));
    clock.at(start + 9 * HOUR, () => ran.push('later'));
    clock.moveTo(start + 3 * HOUR);
    expect(ran).toEqual(['first', 'second']);
    expect(clock.nextDue()).toBe(start + 9 * HOUR);
  });

  it('runs what is due by itself in the order of its time, and nothing that was called off meanwhile', async () => {
    const clock = new MovableClock();
    const ran: number[] = [];
    const start = clock.now();
    // Each is armed a little later than the one before, and so by another timer: those wake in an order of their own.
    let armed = 0;
    while (clock.now() < start + 10) {
      const mine = armed++;
      clock.at(start + 20, () => ran.push(mine));
    }
    clock.at(start + 21, () => callOff());
    const callOff = clock.at(start + 21, () => ran.push(-1));
    while (clock.now() < start + 23);
    await new Promise<void>((resolve) => clock.at(start + 24, resolve));
    expect(ran).toEqual(Array.from({ length: armed }, (_, n) => n));
  });

  it('never goes back, and leaves the machine’s time alone', () => {
    const clock = new MovableClock(HOUR);
    const before = clock.offsetMs;
    clock.moveTo(clock.now() - 5 * HOUR);
    expect(clock.offsetMs).toBe(before);
    const machine = clock.machine();
    expect(machine).toBeLessThanOrEqual(Date.now());
    expect(clock.now()).toBeGreaterThanOrEqual(machine + HOUR);
  });

  it('does not run what was called off', () => {
    const clock = new MovableClock();
    let ran = false;
    const callOff = clock.at(clock.now() + HOUR, () => {
      ran = true;
    });
    callOff();
    clock.moveTo(clock.now() + 2 * HOUR);
    expect(ran).toBe(false);
    expect(clock.nextDue()).toBeUndefined();
  });

  it('is back at the machine’s time after a reset, with nothing waiting', () => {
    const clock = new MovableClock(HOUR);
    clock.at(clock.now() + HOUR, () => undefined);
    clock.reset();
    expect(clock.offsetMs).toBe(0);
    expect(clock.nextDue()).toBeUndefined();
  });

  it('tells once how far it was ahead at most, however soon it is set back', () => {
    const clock = new MovableClock(HOUR);
    const real = Date.now;
    try {
      clock.furthestAhead();
      Date.now = () => real() + HOUR;
      clock.machine();
    } finally {
      Date.now = real;
    }
    const present = clock.now() - clock.elapsed();
    expect(clock.furthestAhead() - present).toBeGreaterThan(HOUR - 1_000);
    expect(clock.furthestAhead() - present).toBeLessThan(1_000);
  });
});
