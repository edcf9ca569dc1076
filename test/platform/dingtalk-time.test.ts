import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DingTalkTime } from '../../src/platform/dingtalk-time.ts';
import { StillClock } from '../support/still-clock.ts';

const START = Date.UTC(2026, 10, 24, 3);

/** A clock that DingTalk's is ahead of by `aheadMs`, and what is learned of that from frames that were so long on their way. */
function learning(aheadMs: number) {
  const clock = new StillClock(START);
  const told: number[] = [];
  const time = new DingTalkTime(clock, (ms) => void told.push(ms));
  const dingTalk = (): number => START + clock.elapsed() + aheadMs;
  const hear = (onItsWayMs: number) => {
    clock.moveTo(clock.now() + 1_000);
    time.heard(dingTalk() - onItsWayMs);
  };
  return { clock, time, dingTalk, hear, told };
}

const skew = fc.integer({ min: -3_600_000, max: 3_600_000 });
const quickly = fc.integer({ min: 0, max: 2_000 });
const slowly = fc.integer({ min: 0, max: 120_000 });

it('is DingTalk’s own to within the way of its fastest frame, however far the two clocks are apart', () => {
  fc.assert(
    fc.property(skew, quickly, fc.array(slowly, { minLength: 2, maxLength: 15 }), (aheadMs, fastest, others) => {
      const { time, dingTalk, hear } = learning(aheadMs);
      for (const onItsWay of [...others, fastest]) hear(onItsWay);
      expect(Math.abs(time.now() - dingTalk())).toBeLessThanOrEqual(4_000);
    }),
  );
});

it('is it still, at once and later, however the clock of this machine is set meanwhile', () => {
  fc.assert(
    fc.property(skew, fc.array(skew, { minLength: 1, maxLength: 4 }), (aheadMs, sets) => {
      const { clock, time, dingTalk, hear } = learning(aheadMs);
      for (const _ of [1, 2, 3]) hear(20);
      for (const setBy of sets) {
        clock.isSet(setBy);
        expect(Math.abs(time.now() - dingTalk())).toBeLessThanOrEqual(4_000);
        hear(20);
        expect(Math.abs(time.now() - dingTalk())).toBeLessThanOrEqual(4_000);
      }
    }),
  );
});

it('is the calendar’s where frames only take their time, and until enough were heard', () => {
  const even = learning(0);
  for (const onItsWay of [1_900, 40, 700]) even.hear(onItsWay);
  expect(even.time.aheadMs()).toBe(0);
  const early = learning(-60_000);
  early.hear(20);
  early.hear(20);
  expect(early.time.aheadMs()).toBe(0);
  early.hear(20);
  expect(early.time.aheadMs()).toBe(-60_020);
});

it('is the calendar’s once that was set right', () => {
  const { clock, time, hear } = learning(60_000);
  for (const _ of [1, 2, 3]) hear(20);
  clock.isSet(60_000);
  expect(time.aheadMs()).toBe(0);
});

it('follows a clock of DingTalk’s that was set right', () => {
  const { clock, time, hear } = learning(60_000);
  for (const _ of [1, 2, 3]) hear(20);
  for (let n = 0; n < 20; n += 1) {
    clock.moveTo(clock.now() + 1_000);
    time.heard(clock.now() - 20);
  }
  expect(time.aheadMs()).toBe(0);
});

it('is the calendar’s again once what was learned is forgotten, until enough was heard', () => {
  const { time, hear } = learning(60_000);
  for (const _ of [1, 2, 3]) hear(20);
  time.forgets();
  expect(time.aheadMs()).toBe(0);
  for (const _ of [1, 2, 3]) hear(20);
  expect(time.aheadMs()).toBe(59_980);
});

it('a difference of some seconds is told once, and again when it comes back', () => {
  const { clock, time, hear, told } = learning(-30_000);
  for (let n = 0; n < 10; n += 1) hear(20);
  expect(told).toEqual([-30_020]);
  for (let n = 0; n < 20; n += 1) time.heard(clock.now() - 20);
  for (let n = 0; n < 20; n += 1) hear(20);
  expect(told).toHaveLength(2);
});
