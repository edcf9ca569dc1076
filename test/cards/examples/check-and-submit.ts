import type { SaidModel } from '../../../cards/promotion/part-says.ts';
import type { PartModel } from '../../../cards/promotion/parts.ts';
import type { StepId } from '../../../src/domain/flows/definition.ts';
import type { SpotLabel } from '../../../src/domain/spot-label.ts';
import { shippedField, shippedFlow } from '../../support/shipped-programme.ts';
import type { Faces } from './faces.ts';

const cashier: SpotLabel = { spotType: 'CASHIER_COUNTER', number: 1 };
const door: SpotLabel = { spotType: 'ENTRANCE_DOOR', number: 1 };
/** 10:42 in Bangkok. */
const at = Date.UTC(2026, 4, 3, 3, 42);
const timeZone = 'Asia/Bangkok';
const shop = 'Baan Coffee';
const resultsFrom = Date.UTC(2026, 4, 4, 3);

const job = (step: number) => ({ product: 'MARKETING_CODE' as const, step, of: 4, shop });
const posmJob = (step: number) => ({ ...job(step), product: 'PRIMARY_POSM' as const });

const answered = (step: StepId, answers: Readonly<Record<string, string>>): readonly SaidModel[] =>
  (shippedFlow('MARKETING_CODE').steps.find(({ id }) => id === step)?.fields ?? []).flatMap((field) => {
    const value = answers[field.name];
    return value === undefined ? [] : [{ kind: 'answer', step, field, value }];
  });
const photos = (...minutes: readonly number[]): SaidModel => ({
  kind: 'photos',
  at: minutes.map((minute) => at + minute * 60_000),
});
const code = (end: string): SaidModel => ({ kind: 'code', end });
const FORM = shippedField('posmForm', 'PRIMARY_POSM');

const says = {
  store: answered('store', {
    nameLocal: shop,
    address: 'Silom Rd 12',
    city: 'Bangkok',
    paysWith: 'ALIPAY_AND_OTHERS',
    managerName: 'Mali Wong',
  }),
  storefront: [photos(0)],
  cashier: [code('8841'), photos(3, 4)],
  door: [code('8842'), photos(9, 10)],
  merchant: answered('merchant', {
    tradingName: shop,
    contactName: 'Mali Wong',
    contactPhoneOrEmail: '+66 81 234 5678',
  }),
};

const ofSpot = { cashier: { kind: 'spot', spot: cashier }, door: { kind: 'spot', spot: door } } as const;

/** How parts of a promotion stand. */
export const parts = {
  store: { place: 'store', part: { kind: 'step', step: 'store' }, state: 'done', says: says.store },
  storefront: {
    place: 'storefront',
    part: { kind: 'photo', slot: 'storefront' },
    state: 'done',
    says: says.storefront,
  },
  cashier: { place: 's1', part: ofSpot.cashier, state: 'done', says: says.cashier },
  doubtful: { place: 's2', part: { kind: 'spot', spot: door }, state: 'doubt', reason: 'notFixed', says: says.door },
  lacking: {
    place: 's2',
    part: { kind: 'spot', spot: door },
    state: 'missing',
    reason: 'photo',
    photo: 'closeup',
    says: [photos(9)],
  },
  waiting: {
    place: 's1',
    part: { kind: 'spot', spot: cashier },
    state: 'waiting',
    reason: 'beingChecked',
    photo: 'closeup',
  },
  surplus: { place: 's2', part: { kind: 'spot', spot: door }, state: 'violation', reason: 'tooManySpots' },
  merchant: { place: 'merchant', part: { kind: 'step', step: 'merchant' }, state: 'done', says: says.merchant },
} as const satisfies Readonly<Record<string, PartModel>>;

const paid = { place: 'payments', part: { kind: 'payments' } } as const;

const sent = { number: 'P-7K3M', shop, product: 'MARKETING_CODE', resultsFrom, timeZone } as const;
const ofShop = {
  store: { part: parts.store.part, says: says.store },
  storefront: { part: parts.storefront.part, says: says.storefront },
  merchant: { part: parts.merchant.part, says: says.merchant },
};
const atCashier = { part: ofSpot.cashier, says: says.cashier };
const atDoor = { part: ofSpot.door, says: says.door };

/** *Check and submit*, and the record of what was sent. */
export const CHECK_AND_SUBMIT: Faces<'promotion.summary' | 'promotion.submitted'> = {
  'promotion.summary': {
    ready: {
      job: job(4),
      parts: [parts.store, parts.storefront, parts.cashier, parts.merchant],
      canSubmit: true,
      timeZone,
    },
    doubt: {
      job: job(4),
      parts: [parts.store, parts.cashier, parts.doubtful, parts.merchant],
      canSubmit: true,
      timeZone,
    },
    missing: {
      job: job(4),
      parts: [parts.store, parts.cashier, parts.lacking, parts.merchant],
      canSubmit: false,
      timeZone,
    },
    waiting: {
      job: job(4),
      parts: [parts.store, parts.waiting, parts.doubtful, parts.merchant],
      canSubmit: false,
      timeZone,
    },
    tooMany: {
      job: job(4),
      parts: [parts.store, parts.cashier, parts.surplus, parts.merchant],
      canSubmit: false,
      timeZone,
    },
    posmDoubt: { job: posmJob(4), parts: [parts.store, parts.doubtful, parts.merchant], canSubmit: true, timeZone },
    paid: {
      job: { ...job(5), of: 5 },
      parts: [parts.store, { ...paid, state: 'done' }, parts.cashier, parts.merchant],
      canSubmit: true,
      timeZone,
    },
    paidBefore: {
      job: { ...job(5), of: 5 },
      parts: [parts.store, { ...paid, part: { ...paid.part, before: { at, timeZone } }, state: 'done' }, parts.cashier],
      canSubmit: true,
      timeZone,
    },
    unpaid: {
      job: { ...job(5), of: 5 },
      parts: [parts.store, parts.cashier, { ...paid, state: 'doubt', reason: 'paymentFailed' }],
      canSubmit: true,
      timeZone,
    },
    notVerified: {
      job: { ...job(5), of: 5 },
      parts: [parts.store, { ...paid, state: 'missing', reason: 'payments' }, parts.cashier],
      canSubmit: false,
      timeZone,
    },
  },
  'promotion.submitted': {
    fresh: { ...sent, parts: [ofShop.store, ofShop.storefront, atCashier, atDoor, ofShop.merchant] },
    photos: {
      ...sent,
      parts: [ofShop.store, ofShop.storefront, atCashier, ofShop.merchant],
      photos: ['a'.repeat(64), 'b'.repeat(64)],
    },
    approved: { ...sent, parts: [ofShop.store, { ...atCashier, state: 'APPROVED' }] },
    decided: {
      ...sent,
      parts: [
        { ...atCashier, state: 'APPROVED' },
        { ...atDoor, state: 'REJECTED' },
      ],
      photos: [],
    },
    posm: {
      ...sent,
      product: 'PRIMARY_POSM',
      parts: [
        {
          ...atCashier,
          says: [{ kind: 'stands', quantity: 2, form: { field: FORM, value: 'STICKER' } }, photos(3, 4)],
        },
        { ...atDoor, says: [{ kind: 'stands', quantity: 1, form: { field: FORM, value: 'STANDEE' } }, photos(9, 10)] },
      ],
    },
  },
};
