import type { Faces } from './faces.ts';

const timeZone = 'Asia/Bangkok';

export const OWN_FEES: Faces<'review.fees' | 'review.feeList' | 'review.feeLine'> = {
  'review.fees': {
    month: {
      iso: 'Lotus Partners of the Whole South',
      month: '202611',
      monthBefore: '202610',
      fees: [
        { fee: 'DEPLOYMENT', confirmed: 14, takenBack: 1, corrected: 0, minor: new Map() },
        { fee: 'INSPECTION', confirmed: 1_204, takenBack: 0, corrected: 0, minor: new Map() },
        { fee: 'MARKETING', confirmed: 3, takenBack: 0, corrected: 0, minor: new Map() },
      ],
      shown: 'COUNTS',
    },
    rates: {
      iso: 'Lotus Partners',
      month: '202610',
      monthBefore: '202609',
      monthAfter: '202611',
      fees: [
        { fee: 'DEPLOYMENT', confirmed: 1_204, takenBack: 12, corrected: 0, minor: new Map([['THB', 14_304_000]]) },
        { fee: 'INSPECTION', confirmed: 2, takenBack: 3, corrected: 0, minor: new Map([['THB', -4_550]]) },
        { fee: 'MARKETING', confirmed: 3, takenBack: 0, corrected: 0, minor: new Map() },
      ],
      shown: 'RATES',
    },
    file: {
      iso: 'Lotus Partners',
      month: '202610',
      monthBefore: '202609',
      monthAfter: '202611',
      fees: [
        {
          fee: 'DEPLOYMENT',
          confirmed: 14,
          takenBack: 0,
          corrected: 2,
          minor: new Map([
            ['THB', 14_448_000],
            ['KWD', 1_005],
          ]),
        },
      ],
      shown: 'FILE',
    },
    none: {
      iso: 'Lotus Partners',
      month: '202610',
      monthBefore: '202609',
      monthAfter: '202611',
      fees: [],
      shown: 'COUNTS',
    },
  },
  'review.feeList': {
    paged: {
      fee: 'DEPLOYMENT',
      month: '202611',
      page: 1,
      pages: 3,
      rows: [
        {
          name: { kind: 'spot', shop: 'Baan Coffee', spot: { spotType: 'CASHIER_COUNTER', number: 1 } },
          number: 'CONFIRMED',
          day: '20261124',
          amounts: [],
          line: 'l1',
        },
        {
          name: { kind: 'store', shop: 'Som Tam House' },
          number: 'TAKEN_BACK',
          day: '20261121',
          amounts: [{ currency: 'THB', minor: -12_050 }],
          line: 'l2',
        },
      ],
    },
    none: { fee: 'MARKETING', month: '202611', page: 1, pages: 1, rows: [] },
  },
  'review.feeLine': {
    plain: {
      line: 'l1',
      name: { kind: 'spot', shop: 'Baan Coffee', spot: { spotType: 'CASHIER_COUNTER', number: 1 } },
      fee: 'DEPLOYMENT',
      month: '202611',
      number: 'CONFIRMED',
      day: '20261124',
      amounts: [],
      opens: 'i1',
      timeZone,
    },
    answered: {
      line: 'l2',
      name: { kind: 'store', shop: 'Som Tam House' },
      fee: 'INSPECTION',
      month: '202611',
      number: 'TAKEN_BACK',
      day: '20261121',
      amounts: [{ currency: 'THB', minor: -4_550 }],
      talk: {
        asked: { at: Date.UTC(2026, 10, 25, 2), statement: 'Why is it taken back? I paid there myself.' },
        answer: { at: Date.UTC(2026, 10, 25, 4), statement: 'The shop has closed. It counts again once it opens.' },
        admin: 'Ploy Chaiyaporn-Rattanakosin',
      },
      timeZone,
    },
  },
};
