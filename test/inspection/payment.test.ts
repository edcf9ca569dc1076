import { describe, expect, it } from 'vitest';
import { corrected } from '../../src/inspection/correct.ts';
import { findingsOf } from '../../src/inspection/findings.ts';
import { open } from '../../src/inspection/parts.ts';
import { takesOnlyAlipay } from '../../src/inspection/payment-rule.ts';
import { canSubmit, missingParts, placeOf, workState } from '../../src/inspection/place.ts';
import { chooseTool, sayOnlyAlipay } from '../../src/inspection/say.ts';
import { keptIn } from '../../src/inspection/slots.ts';
import { askedFor, good, SHOP, Work } from './shop.ts';

const MPM = { kind: 'payment', mode: 'MPM' } as const;
const UPM = { kind: 'payment', mode: 'UPM' } as const;
const placeIn = ({ inspection, assignment }: Work) => placeOf(inspection, assignment);
const submittable = ({ inspection, assignment }: Work) => canSubmit(inspection, assignment);
const withLinker = () => new Work().checksDeployment().does((now, task) => chooseTool(now, task, 'ALIPAY_PLUS_LINKER'));
const paid = () =>
  withLinker()
    .fills(MPM, { result: 'SUCCESS', amount: '35.50' })
    .sends(good('mpm'))
    .fills(UPM, { result: 'DECLINED' })
    .sends(good('upm'));

describe('the payment verification', () => {
  it('asks both ways, each with its result and then its photo', () => {
    const work = withLinker();
    expect(placeIn(work)).toEqual(MPM);
    work.fills(MPM, { result: 'SUCCESS', amount: '35,50' });
    expect(placeIn(work)).toEqual({ kind: 'paymentPhoto', mode: 'MPM' });
    work.sends(good('mpm'));
    expect(placeIn(work)).toEqual(UPM);
    work.fills(UPM, { result: 'DECLINED' }).sends(good('upm'));
    expect(placeIn(work)).toEqual({ kind: 'summary' });
    expect([workState(work.inspection, SHOP), submittable(work)]).toEqual(['PAYMENT_VERIFIED', true]);
    expect(findingsOf(work.inspection, SHOP)).toEqual([{ kind: 'payment', mode: 'UPM', result: 'DECLINED' }]);
  });

  it('takes the photo before the form, and both photos in one message', () => {
    const work = withLinker().sends(good('one'), good('two'));
    work.fills(MPM, { result: 'SUCCESS', amount: 1 }).fills(UPM, { result: 'SUCCESS', amount: 1 });
    expect(placeIn(work)).toEqual({ kind: 'summary' });
    expect(keptIn(work.inspection, { kind: 'payment', mode: 'UPM' }).map(({ sha256 }) => sha256)).toEqual(['two']);
  });

  it('wants the amount of what was paid, and a number with at most two decimals', () => {
    const work = withLinker().fills(MPM, { result: 'SUCCESS' });
    expect(work.inspection.typed['payment:MPM']?.problems).toEqual([{ code: 'required', field: 'amount' }]);
    for (const amount of ['free', '-1', '1.234', '1e3', '9999999999'])
      expect(work.fills(MPM, { amount }).inspection.typed['payment:MPM']?.problems).toMatchObject([
        { field: 'amount' },
      ]);
    work.fills(MPM, { amount: '๓๕.5' });
    expect(work.inspection.payments).toMatchObject([{ result: 'SUCCESS', amount: 35.5 }]);
  });

  it('needs no photo of what was not tried, but is not complete without it (domain A.12-16)', () => {
    const work = withLinker().fills(MPM, { result: 'SUCCESS', amount: 1 }).sends(good('mpm'));
    work.fills(UPM, { result: 'NOT_ATTEMPTED' });
    expect(placeIn(work)).toEqual({ kind: 'summary' });
    expect(missingParts(work.inspection, SHOP)).toEqual([UPM]);
    expect([workState(work.inspection, SHOP), submittable(work)]).toEqual(['DEPLOYMENT_CHECKED', false]);
    work.fills(UPM, { result: 'DECLINED' });
    expect([placeIn(work), submittable(work)]).toEqual([{ kind: 'paymentPhoto', mode: 'UPM' }, false]);
  });

  it.each(['NOT_ACCEPTED', 'TERMINAL_OFFLINE', 'STAFF_UNTRAINED', 'REFUSED'])(
    'needs no photo of what no screen shows, and is said again where its photo is missed: %s',
    (result) => {
      const work = withLinker().fills(MPM, { result: 'SUCCESS', amount: 1 }).sends(good('mpm'));
      work.fills(UPM, { result });
      expect([placeIn(work), submittable(work)]).toEqual([{ kind: 'summary' }, true]);
      work.does((now) => corrected(now, ['paymentPhotos']));
      expect(missingParts(work.inspection, SHOP)).toEqual([{ kind: 'paymentPhoto', mode: 'MPM' }, UPM]);
    },
  );

  it('is with Alipay only in a shop that takes only Alipay: the other tool asks, and corrects that (domain A.12-16)', () => {
    const work = new Work().checksDeployment().does((now, task) => chooseTool(now, task, 'ALIPAY'));
    expect([placeIn(work), work.inspection.tool]).toEqual([{ kind: 'onlyAlipay', instead: 'ALIPAY' }, undefined]);
    work.does((now, task) => sayOnlyAlipay(now, task, false));
    expect(work.inspection).toMatchObject({ tool: 'ALIPAY_PLUS_LINKER' });
    expect(findingsOf(work.inspection, SHOP)).toEqual([]);
    work.does((now) => open(now, { kind: 'tool' })).does((now, task) => chooseTool(now, task, 'ALIPAY'));
    work.does((now, task) => sayOnlyAlipay(now, task, true));
    expect(work.inspection).toMatchObject({ tool: 'ALIPAY', onlyAlipay: true });
    expect(takesOnlyAlipay(work.inspection, SHOP)).toBe(true);
    expect(findingsOf(work.inspection, SHOP)).toEqual([{ kind: 'onlyAlipay', is: true }]);
  });

  it('counts only what was paid with the tool that the rule allows now', () => {
    const work = paid();
    work.assignment = { ...SHOP, acceptsOnlyAlipay: true };
    expect([placeIn(work), submittable(work)]).toEqual([{ kind: 'tool' }, false]);
    work.does((now, task) => chooseTool(now, task, 'ALIPAY'));
    expect(placeIn(work)).toEqual(MPM);
    work.assignment = SHOP;
    work.does((now, task) => chooseTool(now, task, 'ALIPAY_PLUS_LINKER'));
    expect(submittable(work)).toBe(true);
  });

  it('is not asked for where the shop is closed today, and likely not offered where it takes no Alipay+', () => {
    const work = new Work().checksDeployment().fills({ kind: 'differs' }, { differs: ['CLOSED_TODAY'] });
    expect([placeIn(work), submittable(work)]).toEqual([{ kind: 'summary' }, true]);
    work.fills({ kind: 'differs' }, { differs: ['NO_ALIPAYPLUS'] });
    work.does((now, task) => chooseTool(now, task, 'ALIPAY_PLUS_LINKER')).fills(MPM, {});
    expect(work.inspection.payments).toMatchObject([{ result: 'NOT_ACCEPTED' }]);
  });
});

describe('a correction', () => {
  it('asks for new photos only, where the photos were not accepted', () => {
    const work = paid().does((now) => corrected(now, askedFor(['INSPECTION_PHOTO_INVALID'])));
    expect(placeIn(work)).toEqual({ kind: 'store' });
    expect(work.sends(good('front')).inspection.notes).toMatchObject([{ code: 'samePhoto' }]);
    work.sends(good('new front'));
    for (const { spotRef } of SHOP.spots) {
      expect(placeIn(work)).toEqual({ kind: 'spot', spotRef });
      work.sends(good(`new ${spotRef}`));
    }
    expect([placeIn(work), submittable(work)]).toEqual([{ kind: 'summary' }, true]);
  });

  it.each([
    [['PAYMENT_UPM_FAILED'], [UPM]],
    [
      ['PAYMENT_PROOF_MISSING'],
      [
        { kind: 'paymentPhoto', mode: 'MPM' },
        { kind: 'paymentPhoto', mode: 'UPM' },
      ],
    ],
    [
      ['INSPECTION_FEEDBACK_INCOMPLETE'],
      [{ kind: 'store' }, ...SHOP.spots.map(({ spotRef }) => ({ kind: 'spot', spotRef }))],
    ],
    [['OTHER'], [{ kind: 'store' }, ...SHOP.spots.map(({ spotRef }) => ({ kind: 'spot', spotRef }))]],
  ])('for %j asks again for %j', (reasons, parts) => {
    const work = paid().does((now) => corrected(now, askedFor(reasons)));
    expect(missingParts(work.inspection, SHOP)).toEqual(parts);
  });

  it('of what could not be inspected asks why once more', () => {
    const work = new Work().fills({ kind: 'cannot' }, { cannot: 'UNSAFE' }).sends(good('street'));
    work.does((now) => corrected(now, askedFor(['INSPECTION_FEEDBACK_INCOMPLETE'])));
    expect([placeIn(work), submittable(work)]).toEqual([{ kind: 'cannot' }, false]);
    work.fills({ kind: 'cannot' }, {});
    expect(submittable(work)).toBe(true);
  });
});
