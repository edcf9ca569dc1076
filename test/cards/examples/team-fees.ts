import type { Faces } from './faces.ts';

const timeZone = 'Asia/Bangkok';
const onePage = { page: 1, pages: 1 };
const noFee = { count: 0, minor: new Map<string, number>() };
const noFees = { CONFIRMED: noFee, CORRECTED: noFee, TAKEN_BACK: noFee };

export const TEAM_FEES: Faces<'team.fees' | 'team.feeLines' | 'team.feeLine' | 'team.staffFees' | 'team.payRate'> = {
  'team.fees': {
    month: {
      fee: 'DEPLOYMENT',
      others: ['MARKETING', 'INSPECTION'],
      month: '202611',
      monthBefore: '202610',
      closed: false,
      waiting: 1_214,
      totals: {
        CONFIRMED: {
          count: 1_204,
          minor: new Map([
            ['THB', 14_448_000],
            ['KWD', 1_005],
          ]),
        },
        CORRECTED: { count: 2, minor: new Map([['THB', -2_050]]) },
        TAKEN_BACK: { count: 12, minor: new Map([['THB', -144_000]]) },
      },
    },
    closed: {
      fee: 'MARKETING',
      others: ['DEPLOYMENT'],
      month: '202610',
      monthBefore: '202609',
      monthAfter: '202611',
      closed: true,
      totals: noFees,
    },
  },
  'team.feeLines': {
    confirmed: {
      fee: 'DEPLOYMENT',
      month: '202611',
      number: 'CONFIRMED',
      count: 14,
      page: 2,
      pages: 3,
      rows: [
        {
          name: { kind: 'spot', shop: 'Baan Coffee', spot: { spotType: 'CASHIER_COUNTER', number: 1 } },
          staff: ['Nok Suda', 'Lek Boonmee'],
          amounts: [{ currency: 'THB', minor: 12_050 }],
          line: 'l1',
        },
        {
          name: { kind: 'store', shop: 'Som Tam House' },
          staff: [],
          amounts: [],
          line: 'l2',
        },
      ],
    },
    corrected: {
      fee: 'MARKETING',
      month: '202611',
      number: 'CORRECTED',
      count: 1,
      ...onePage,
      rows: [
        {
          name: { kind: 'store', shop: 'Som Tam House' },
          staff: ['Nok Suda'],
          amounts: [
            { currency: 'THB', minor: -12_000 },
            { currency: 'JPY', minor: 1_200 },
          ],
          line: 'l1',
        },
      ],
    },
    waiting: {
      fee: 'DEPLOYMENT',
      month: '202611',
      number: 'WAITING',
      count: 1,
      ...onePage,
      rows: [{ name: { kind: 'store', shop: 'Som Tam House' }, staff: ['Nok Suda'], amounts: [], item: 'store1' }],
    },
    none: { fee: 'DEPLOYMENT', month: '202611', number: 'TAKEN_BACK', count: 0, ...onePage, rows: [] },
  },
  'team.feeLine': {
    confirmed: {
      itemRef: 'spot1',
      name: { kind: 'spot', shop: 'Baan Coffee', spot: { spotType: 'CASHIER_COUNTER', number: 1 } },
      staff: ['Nok Suda', 'Somchai Rattanakosin-Wongsawat'],
      amounts: [{ currency: 'THB', minor: 12_050 }],
      fee: 'DEPLOYMENT',
      month: '202611',
      number: 'CONFIRMED',
      row: { file: 'settlement_20261124_001.csv', key: 'fee-01JTB3-01JTB3-01JTB3-01JTB3-01JTB3', day: '20261124' },
      talk: { asked: { at: Date.UTC(2026, 10, 25, 2), statement: 'Is that all for this shop?' } },
      timeZone,
    },
    takenBack: {
      name: { kind: 'store', shop: 'Som Tam House' },
      staff: [],
      amounts: [],
      fee: 'INSPECTION',
      month: '202611',
      number: 'TAKEN_BACK',
      row: { key: '7', day: '20261102' },
      timeZone,
    },
  },
  'team.staffFees': {
    counts: { shown: 'COUNTS', mayRate: true, rates: [{ fee: 'DEPLOYMENT' }] },
    file: { shown: 'FILE', mayRate: false, rates: [{ fee: 'DEPLOYMENT' }] },
    rates: {
      shown: 'RATES',
      mayRate: true,
      rates: [
        {
          fee: 'DEPLOYMENT',
          now: { currency: 'THB', minor: 12_000 },
          next: { money: { currency: 'THB', minor: 13_050 }, from: '202612' },
        },
        { fee: 'MARKETING' },
        { fee: 'INSPECTION', now: { currency: 'THB', minor: 4_500 } },
      ],
    },
  },
  'team.payRate': {
    new: {
      fee: 'DEPLOYMENT',
      currency: 'THB',
      months: ['THIS_MONTH', 'NEXT_MONTH'],
      values: { rateFrom: 'THIS_MONTH' },
    },
    wrong: {
      fee: 'DEPLOYMENT',
      currency: 'THB',
      months: ['NEXT_MONTH'],
      values: { rate: 'a hundred', rateFrom: 'NEXT_MONTH' },
      problems: [{ field: 'rate', code: 'notAnAmount' }],
    },
  },
};
