import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOnScreen } from '../../src/domain/inspection-rules.ts';
import { INSPECTION_MOVES } from '../../src/domain/inspection-state.ts';
import { canMove } from '../../src/domain/moves.ts';
import { corrected } from '../../src/inspection/correct.ts';
import { findingsOf } from '../../src/inspection/findings.ts';
import { paymentIn, takesOnlyAlipay } from '../../src/inspection/payment-rule.ts';
import { canSubmit, placeOf, workState } from '../../src/inspection/place.ts';
import { photoIn } from '../../src/inspection/slots.ts';
import { INPUT } from './inputs.ts';
import { obeyed } from './obedient.ts';
import { askedFor, SHOP, Work } from './shop.ts';

const RUNS = { numRuns: 200, seed: 20261124 };
const SEQUENCE = fc.array(INPUT, { minLength: 1, maxLength: 40 });
const SHOPS = fc.constantFrom(
  SHOP,
  { ...SHOP, acceptsOnlyAlipay: true },
  { ...SHOP, spots: [], acceptsOnlyAlipay: false },
  { ...SHOP, spots: SHOP.spots.slice(0, 1) },
);

describe('any sequence of answers and photos', () => {
  it('keeps the inspection readable from its JSON, its state within the machine, and every photo that was sent', () => {
    fc.assert(
      fc.property(SHOPS, SEQUENCE, (shop, inputs) => {
        const work = new Work(shop);
        for (const { name, on } of inputs) {
          const before = work.inspection;
          on(work);
          expect(JSON.parse(JSON.stringify(work.inspection))).toEqual(work.inspection);
          const [from, to] = [before, work.inspection].map((one) => workState(one, shop));
          if (from !== to)
            expect(canMove(INSPECTION_MOVES, from ?? 'STARTED', to ?? 'STARTED'), `${from} > ${to}`).toBe(true);
          if (name.startsWith('leaves')) continue;
          expect(work.inspection.photos.map(({ photoId }) => photoId)).toEqual(
            expect.arrayContaining(before.photos.map(({ photoId }) => photoId)),
          );
        }
      }),
      RUNS,
    );
  });

  it('stands at something that the task has', () => {
    fc.assert(
      fc.property(SHOPS, SHOPS, SEQUENCE, (shop, later, inputs) => {
        const work = new Work(shop);
        for (const { on } of inputs) on(work);
        const place = placeOf(work.inspection, later);
        if ('spotRef' in place) expect(later.spots.map(({ spotRef }) => spotRef)).toContain(place.spotRef);
        findingsOf(work.inspection, later);
      }),
      RUNS,
    );
  });

  it('is never submitted without every spot, its photo, and every required way of paying tried with the right tool (domain A.12-16)', () => {
    fc.assert(
      fc.property(SHOPS, SEQUENCE, (shop, inputs) => {
        const work = new Work(shop);
        for (const { on } of inputs) on(work);
        for (let n = 0; n < 3; n += 1) obeyed(work, n);
        const { inspection } = work;
        if (!canSubmit(inspection, shop)) return;
        const { cannot } = inspection;
        expect(photoIn(inspection, shop, { kind: cannot === undefined ? 'front' : 'cannot' })).toBeDefined();
        if (cannot !== undefined) return;
        for (const { spotRef } of shop.spots) {
          expect(inspection.spots.map((spot) => spot.spotRef)).toContain(spotRef);
          expect(photoIn(inspection, shop, { kind: 'spot', spotRef })).toBeDefined();
        }
        if (inspection.store?.differs.includes('CLOSED_TODAY')) return;
        for (const mode of shop.rules.modes) {
          const payment = paymentIn(inspection, shop, mode);
          expect(payment?.result).not.toBe('NOT_ATTEMPTED');
          expect(payment?.tool === 'ALIPAY').toBe(takesOnlyAlipay(inspection, shop));
          if (payment !== undefined && isOnScreen(shop.rules.results, payment.result))
            expect(photoIn(inspection, shop, { kind: 'payment', mode })).toBeDefined();
        }
      }),
      RUNS,
    );
  });

  it('leads to a submission when the card is obeyed, also after a correction', () => {
    const REASONS = fc.subarray(['INSPECTION_PHOTO_INVALID', 'PAYMENT_MPM_FAILED', 'PAYMENT_PROOF_MISSING', 'OTHER']);
    fc.assert(
      fc.property(SHOPS, SEQUENCE, REASONS, (shop, inputs, reasons) => {
        const work = new Work(shop);
        for (const { on } of inputs) on(work);
        for (let n = 0; n < 60 && !isDone(work); n += 1) obeyed(work, n);
        expect(isDone(work)).toBe(true);
        work.does((now) => corrected(now, askedFor(reasons)));
        for (let n = 100; n < 160 && !isDone(work); n += 1) obeyed(work, n);
        expect(isDone(work)).toBe(true);
      }),
      RUNS,
    );
  });

  it('changes nothing that was handed out', () => {
    fc.assert(
      fc.property(SHOPS, SEQUENCE, (shop, inputs) => {
        const work = new Work(frozen(shop));
        for (const { on } of inputs) {
          frozen(work.inspection);
          on(work);
        }
      }),
      { ...RUNS, numRuns: 100 },
    );
  });
});

function isDone({ inspection, assignment }: Work): boolean {
  return placeOf(inspection, assignment).kind === 'summary' && canSubmit(inspection, assignment);
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(Object.freeze(value))) frozen(part);
  return value;
}
