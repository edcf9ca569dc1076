import { expect, it } from 'vitest';
import { GoneOn } from './gone-on.ts';

const start = { action: 'promotion.next', subject: 'promotion:p1', names: [] };
const resume = { action: 'promotion.resume', subject: 'person:nok', names: ['d1'] };

function working(): GoneOn {
  const gone = new GoneOn();
  gone.sees('draft:d1');
  return gone;
}

it.each([true, false])(
  'whoever begins another shop photographs for no older one, whether that was shown to be done or not (%s)',
  (isTaken) => {
    const gone = working();
    gone.taps(start, isTaken);
    gone.sees('draft:d2');
    expect([gone.has('draft:d1'), gone.has('draft:d2')]).toEqual([true, false]);
  },
);

it('whoever works on another shop photographs for that one', () => {
  const gone = working();
  gone.taps({ action: 'promotion.answer', subject: 'draft:d2', names: [] }, true);
  expect([gone.has('draft:d1'), gone.has('draft:d2')]).toEqual([true, false]);
});

it('what is taken up again is in hand', () => {
  const gone = working();
  gone.taps(start, true);
  gone.taps(resume, false);
  expect(gone.has('draft:d1')).toBe(true);
  gone.taps(resume, true);
  expect(gone.has('draft:d1')).toBe(false);
});

it('what was submitted is not', () => {
  const gone = working();
  expect(gone.isOver('draft:d1')).toBe(false);
  gone.taps({ action: 'promotion.submit', subject: 'draft:d1', names: [] }, true);
  expect([gone.has('draft:d1'), gone.isOver('draft:d1')]).toEqual([true, true]);
});

it.each([true, false])('nor does what was opened wait for its card, once another one was opened (%s)', (isTaken) => {
  const gone = new GoneOn();
  const open = (task: string) => ({ action: 'inspection.open', subject: 'resultDay:d/nok', names: [task] });
  gone.taps(open('t1'), isTaken);
  gone.taps(open('t2'), true);
  gone.sees('inspection:t1');
  expect([gone.has('inspection:t1'), gone.has('inspection:t2')]).toEqual([true, false]);
});
