import { describe, expect, it } from 'vitest';
import { type AskingCard, nextSample, samplesAskedBy } from '../../src/page/state/next-sample.ts';

const card = (actions: readonly string[], more: Partial<AskingCard> = {}): AskingCard => ({
  actions: [...actions, 'menu.open'],
  hasForm: false,
  texts: [],
  ...more,
});
const asked = (...of: Parameters<typeof card>) => samplesAskedBy(card(...of));

describe('the photos that a card asks for', () => {
  it('are none while it asks for something else, or for nothing', () => {
    expect(asked(['promotion.answer'], { hasForm: true })).toEqual([]);
    expect(asked(['inspection.answer', 'inspection.back'], { hasForm: true })).toEqual([]);
    expect(asked(['menu.product', 'menu.inspections', 'review.mine'])).toEqual([]);
    expect(asked(['association.approve', 'association.askReject'])).toEqual([]);
    expect(asked(['promotion.submit', 'promotion.change'])).toEqual([]);
    expect(asked([])).toEqual([]);
  });

  it('are the front of the shop on its own card', () => {
    expect(asked(['promotion.back'])).toEqual(['storefront']);
  });

  it('are what is missing of a spot, by the marks of its line, in any language', () => {
    const spot = (line: string) => asked(['promotion.typeCode', 'promotion.skipSpot'], { texts: ['Lotus Tea', line] });
    expect(spot('Send 2 photos, in any order:\n\n① the counter\n\n② the code')).toEqual(['counter', 'closeup']);
    expect(spot('✓ Wide photo  ○ Close-up\n\nNow the close-up of the code.')).toEqual(['closeup']);
    expect(spot('✗ เคาน์เตอร์  ✓ รหัส ระยะใกล้')).toEqual(['counter']);
    expect(spot('○ 柜台  … 码，近照')).toEqual(['counter', 'closeup']);
    expect(asked(['promotion.skipSpot'])).toEqual(['counter', 'closeup']);
    expect(asked(['promotion.leave', 'promotion.typeCode'], { first: 'promotion.leave' })).toEqual([]);
  });

  it('are what is put right, and a better one of a weak one', () => {
    const texts = ['Baan Coffee', 'Only this is needed\n\n✓ Wide photo  ○ Close-up'];
    expect(asked(['promotion.typeCode', 'review.cancelModify'], { texts })).toEqual(['closeup']);
    expect(asked(['review.resubmit', 'review.cancelModify'], { first: 'review.resubmit' })).toEqual([]);
    expect(asked(['promotion.keepPhoto', 'promotion.typeCode'])).toEqual(['closeup']);
  });

  it('are those of an inspection until they were seen', () => {
    expect(asked(['inspection.matches', 'inspection.part'])).toEqual(['storefront']);
    expect(asked(['inspection.matches', 'inspection.part'], { first: 'inspection.matches' })).toEqual([]);
    expect(asked(['inspection.good', 'inspection.part'])).toEqual(['closeup']);
    expect(asked(['inspection.good', 'inspection.part'], { first: 'inspection.part' })).toEqual([]);
    expect(asked(['inspection.afterAll', 'inspection.back'])).toEqual(['storefront']);
    expect(asked(['inspection.back'])).toEqual(['receipt']);
    expect(asked(['inspection.tool', 'inspection.back'])).toEqual([]);
  });
});

describe('the sample offered next', () => {
  it('is the first that is asked for and was not sent since', () => {
    expect(nextSample(['counter', 'closeup'], [])).toBe('counter');
    expect(nextSample(['counter', 'closeup'], ['counter'])).toBe('closeup');
    expect(nextSample(['counter', 'closeup'], ['closeup'])).toBe('counter');
    expect(nextSample(['counter', 'closeup'], ['closeup', 'counter'])).toBeUndefined();
    expect(nextSample(['closeup'], ['counter'])).toBe('closeup');
    expect(nextSample([], [])).toBeUndefined();
  });
});
