import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askedWait,
  firstPiece,
  nextIn,
  nextOf,
  nextPiece,
  put,
  type WaitingCapture,
} from '../../../src/web/capture/client/waiting.ts';

const NOW = 1_800_000_000_000;

function aCapture(more: Partial<WaitingCapture> = {}): WaitingCapture {
  const plain = { hash: 'h', who: 'w', work: 'k', slot: 's', keyId: 'k1', size: 10, order: 1 };
  return { ...plain, failures: 0, notBefore: 0, needsTicket: false, ...more };
}

describe('what is sent next', () => {
  it('is what was taken first of what need not wait', () => {
    const waiting = [
      aCapture({ hash: 'third', order: 3 }),
      aCapture({ hash: 'first', order: 1, notBefore: NOW + 1_000 }),
      aCapture({ hash: 'second', order: 2 }),
      aCapture({ hash: 'none', order: 0, needsTicket: true }),
    ];
    expect(nextOf(waiting, NOW)?.hash).toBe('second');
    expect(nextOf(waiting, NOW + 1_000)?.hash).toBe('first');
    expect(nextOf([aCapture({ needsTicket: true })], NOW)).toBeUndefined();
  });

  it('is never held up by a clock that was set back', () => {
    expect(nextOf([aCapture({ notBefore: NOW + 6 * 3_600_000 })], NOW)?.hash).toBe('h');
    expect(nextIn([aCapture({ notBefore: NOW + 6 * 3_600_000 })], NOW)).toBe(0);
  });

  it('is asked for again when the first may be sent, and not at all while nothing waits', () => {
    expect(nextIn([aCapture({ notBefore: NOW + 900 }), aCapture({ notBefore: NOW + 300 })], NOW)).toBe(300);
    expect(nextIn([aCapture({ needsTicket: true })], NOW)).toBeUndefined();
  });
});

it('after each failure one waits longer, spread, five minutes at most, and as long as the bot asked', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(400_000), (failures, chance, asked) => {
      const after = put(aCapture({ failures }), NOW, chance, asked);
      const wait = after.notBefore - NOW;
      expect(after.failures).toBe(failures + 1);
      expect(wait).toBeGreaterThanOrEqual(Math.min(asked, 300_000));
      expect(wait).toBeGreaterThanOrEqual(1_000);
      expect(wait).toBeLessThanOrEqual(300_000);
      // what waits for its time is found again at that time, whatever chance said
      expect(nextOf([after], NOW + wait)).toEqual(after);
      expect(nextIn([after], NOW)).toBe(wait);
    }),
  );
});

it('pieces grow while they arrive and shrink while they get lost, within what is allowed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_000, max: 65_536 }), fc.array(fc.boolean()), (limit, arrived) => {
      let size = firstPiece(limit);
      for (const one of arrived) {
        const next = nextPiece(size, one, limit);
        expect(one ? next >= size : next <= size).toBe(true);
        expect(next).toBeGreaterThanOrEqual(Math.min(limit, 4_096));
        expect(next).toBeLessThanOrEqual(limit);
        size = next;
      }
    }),
  );
});

it.each([
  ['30', 30_000],
  [null, 0],
  ['', 0],
  ['-5', 0],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 0],
])('Retry-After: %s', (header, wait) => {
  expect(askedWait(header)).toBe(wait);
});
