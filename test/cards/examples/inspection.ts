import type { InspectionJob } from '../../../cards/inspection/job.ts';
import type { InspectionPart } from '../../../cards/inspection/parts.ts';
import type { FaceModels } from '../../../cards/views.ts';
import { fieldsOf } from '../../../src/inspection/forms.ts';
import { SHIPPED_INSPECTION, SHIPPED_REASONS } from '../../support/shipped-programme.ts';
import type { Faces } from './faces.ts';

const at = Date.UTC(2026, 10, 24, 3);
const timeZone = 'Asia/Bangkok';
const sha = (letter: string): string => letter.repeat(64);
const deployment: InspectionJob = { shop: 'Som Tam House', step: 1, percent: 25, notes: [] };
const paying: InspectionJob = { ...deployment, step: 2, percent: 60 };
const kept = [{ code: 'photoKept' }] as const;
const cashier = { label: { spotType: 'CASHIER_COUNTER', number: 1 }, index: 1 } as const;
const door = { label: { spotType: 'ENTRANCE_DOOR', number: 1 }, index: 2 } as const;
const unknown = { index: 3 } as const;

const task = (index: number, due: 'overdue' | 'today' | 'later') => ({
  taskId: `t${index}`,
  shop: ['Som Tam House', 'Baan Coffee', 'ร้านส้มตำบ้านสวนริมน้ำเจ้าพระยา'][index % 3] ?? '',
  address: ['Silom Rd 9', '12 Charoen Krung Soi 32, Bang Rak, Bangkok', 'ถนนสีลม 9'][index % 3] ?? '',
  dueAt: at + index * 86_400_000,
  due,
  again: index === 3,
});
const onePage = { page: 1, pages: 1, timeZone };

const noteField = { name: 'note', type: 'text', required: false, maxLength: 300 } as const;
/** As the work itself asks, so that a change of it is drawn by these examples too. */
const paymentFields = fieldsOf('payment', SHIPPED_INSPECTION.rules);
const paymentForm = { ref: 'payment:MPM', fields: paymentFields, values: {} };

const front: InspectionPart = { kind: 'front', differs: [], found: { at } };
const atCashier: InspectionPart = {
  kind: 'spot',
  spotRef: 'a',
  spot: cashier,
  problems: [],
  found: { codeEnd: '8841', at: at + 120_000 },
};
const atDoor: InspectionPart = {
  kind: 'spot',
  spotRef: 'b',
  spot: door,
  problems: ['MISSING', 'OTHER_CODE'],
  found: { codeEnd: '3PU4' },
};
const mpm: InspectionPart = {
  kind: 'payment',
  mode: 'MPM',
  result: 'SUCCESS',
  paid: true,
  found: { paid: { amount: 1250, currency: 'THB' }, at: at + 300_000 },
};
const upm: InspectionPart = { kind: 'payment', mode: 'UPM', result: 'NOT_ATTEMPTED', paid: false };
const submitted = {
  shop: 'Som Tam House',
  spots: 2,
  resultsFrom: at + 86_400_000,
  now: at,
  timeZone,
} as const;

export const INSPECTION: Faces<Extract<keyof FaceModels, `inspection.${string}`>> = {
  'inspection.home': {
    due: { count: 4, first: { ...task(0, 'overdue'), shop: 'Som Tam House' }, account: true, timeZone },
    none: { count: 0, account: false, timeZone },
  },
  'inspection.tasks': {
    paged: {
      tasks: [0, 1, 2, 3, 4, 5].map((n) => task(n, n === 0 ? 'overdue' : n < 3 ? 'today' : 'later')),
      count: 12,
      page: 1,
      pages: 2,
      timeZone,
      of: 'tasks',
    },
    none: { tasks: [], count: 0, ...onePage, of: 'tasks' },
    payment: { tasks: [task(1, 'today')], count: 1, ...onePage, of: 'payments' },
    submitted: {
      count: 3,
      ...onePage,
      of: 'submitted',
      tasks: (['inReview', 'approved', 'rejected'] as const).map((result, n) => ({
        ...task(n, 'overdue'),
        submitted: { at, result },
      })),
    },
    noneSubmitted: { tasks: [], count: 0, ...onePage, of: 'submitted' },
    noneForPayment: { tasks: [], count: 0, ...onePage, of: 'payments' },
  },
  'inspection.front': {
    asked: { job: deployment, address: 'Silom Rd 9', submitted: sha('a'), said: false },
    found: {
      job: { ...deployment, notes: kept },
      address: task(1, 'today').address,
      submitted: sha('a'),
      found: sha('b'),
      said: false,
    },
    said: { job: deployment, address: 'Silom Rd 9', said: true },
  },
  'inspection.spot': {
    asked: {
      job: deployment,
      spotRef: 'a',
      spot: cashier,
      hasCode: true,
      submitted: sha('a'),
      code: { kind: 'noPhoto' },
    },
    same: {
      job: { ...deployment, notes: kept },
      spotRef: 'a',
      spot: cashier,
      hasCode: true,
      submitted: sha('a'),
      found: sha('b'),
      code: { kind: 'same', short: '8841' },
    },
    other: {
      job: { ...deployment, notes: [{ code: 'weak', weakness: 'dark' }] },
      spotRef: 'a',
      spot: cashier,
      hasCode: true,
      found: sha('b'),
      code: { kind: 'other', short: '8842', submitted: '8841' },
    },
    unread: {
      job: { ...deployment, notes: [{ code: 'photoForSpot', spot: door }] },
      spotRef: 'a',
      spot: cashier,
      hasCode: true,
      found: sha('b'),
      code: { kind: 'unread', submitted: '8841' },
    },
    posm: { job: deployment, spotRef: 'c', spot: unknown, hasCode: false, code: { kind: 'noPhoto' } },
    posmFound: {
      job: deployment,
      spotRef: 'c',
      spot: unknown,
      hasCode: false,
      found: sha('b'),
      code: { kind: 'noneSubmitted' },
    },
    missing: { job: deployment, spotRef: 'b', spot: door, hasCode: true, code: { kind: 'noPhoto' }, said: 'missing' },
    good: { job: deployment, spotRef: 'b', spot: door, hasCode: true, code: { kind: 'noPhoto' }, said: 'good' },
  },
  'inspection.form': {
    differs: {
      job: deployment,
      kind: 'differs',
      takesBack: false,
      form: {
        ref: 'differs',
        fields: [
          {
            name: 'differs',
            optionsAt: 'inspection.differs',
            type: 'choices',
            required: true,
            options: ['NAME', 'ADDRESS', 'CLOSED_TODAY', 'NO_ALIPAYPLUS'],
          },
          noteField,
        ],
        values: {},
      },
    },
    problem: {
      job: deployment,
      kind: 'problem',
      spot: door,
      takesBack: false,
      form: {
        ref: 'problem:b',
        fields: [
          {
            name: 'problems',
            optionsAt: 'inspection.problems',
            type: 'choices',
            required: true,
            options: ['MISSING', 'MOVED', 'DAMAGED', 'COVERED', 'OTHER_CODE'],
          },
          noteField,
        ],
        values: { note: 'Gone since May' },
        problems: [{ code: 'required', field: 'problems' }],
      },
    },
    cannot: {
      job: deployment,
      kind: 'cannot',
      takesBack: true,
      form: {
        ref: 'cannot',
        fields: [
          {
            name: 'cannot',
            optionsAt: 'inspection.cannot',
            type: 'choice',
            required: true,
            options: ['CLOSED_TODAY', 'CLOSED_DOWN', 'NOT_FOUND', 'ACCESS_REFUSED', 'UNSAFE'],
          },
          noteField,
        ],
        values: { cannot: 'UNSAFE' },
      },
    },
  },
  'inspection.tool': {
    linker: { job: paying, byRule: 'ALIPAY_PLUS_LINKER', others: ['ALIPAY'] },
    alipay: { job: { ...paying, notes: kept }, byRule: 'ALIPAY', others: ['ALIPAY_PLUS_LINKER'] },
    ofPromotion: {
      job: { ...paying, ofPromotion: { step: 2, of: 5 } },
      byRule: 'ALIPAY_PLUS_LINKER',
      others: ['ALIPAY'],
    },
  },
  'inspection.onlyAlipay': { asked: { job: paying } },
  'inspection.payment': {
    linker: {
      job: paying,
      mode: 'MPM',
      isFirst: true,
      tool: 'ALIPAY_PLUS_LINKER',
      links: { other: 'https://a.example/linker' },
      needsAccount: false,
      currency: 'THB',
      form: paymentForm,
    },
    account: {
      job: paying,
      mode: 'MPM',
      isFirst: true,
      tool: 'ALIPAY',
      links: { other: 'https://a.example/' },
      needsAccount: true,
      account: 'TH-04',
      form: paymentForm,
    },
    passwordGiven: {
      job: paying,
      mode: 'UPM',
      isFirst: false,
      tool: 'ALIPAY',
      links: { other: 'https://a.example/' },
      needsAccount: true,
      account: 'alipay.test.04@lotus-partners.example',
      toldAt: at,
      form: paymentForm,
    },
    passwordAsked: {
      job: paying,
      mode: 'MPM',
      isFirst: true,
      tool: 'ALIPAY',
      links: { other: 'https://a.example/' },
      needsAccount: true,
      account: 'TH-04',
      askedAt: at,
      toldAt: at,
      form: paymentForm,
    },
    noAccount: {
      job: { ...paying, notes: kept },
      mode: 'MPM',
      isFirst: true,
      tool: 'ALIPAY',
      links: { other: 'https://a.example/' },
      needsAccount: true,
      form: paymentForm,
    },
    asked: {
      job: paying,
      mode: 'UPM',
      isFirst: false,
      tool: 'ALIPAY',
      links: { other: 'https://a.example/' },
      needsAccount: true,
      askedAt: at,
      currency: 'THB',
      form: {
        ...paymentForm,
        ref: 'payment:UPM',
        values: { result: 'SUCCESS' },
        problems: [{ code: 'required', field: 'amount' }],
      },
    },
  },
  'inspection.photo': {
    mpm: { job: paying, of: 'MPM' },
    upm: { job: { ...paying, notes: [{ code: 'photoTooSmall' }] }, of: 'UPM' },
    cannot: { job: deployment, of: 'cannot' },
  },
  'inspection.summary': {
    well: { timeZone, job: paying, parts: [front, atCashier, mpm, { ...upm, result: 'SUCCESS', paid: true }] },
    wrong: {
      timeZone,
      job: { ...paying, notes: [{ code: 'photoNotNeeded' }] },
      parts: [{ ...front, differs: ['NAME'] }, atDoor, mpm],
    },
    notTried: { timeZone, job: paying, parts: [front, atCashier, mpm, upm], notTried: upm },
    waiting: { timeZone, job: paying, parts: [front, atCashier, mpm], waiting: { kind: 'payment', mode: 'MPM' } },
    cannot: { timeZone, job: deployment, parts: [{ kind: 'cannot', reason: 'CLOSED_DOWN' }] },
  },
  'inspection.change': {
    all: { job: paying, parts: [front, atCashier, atDoor, mpm, upm], tool: true, page: 1, pages: 1 },
    paged: { job: paying, parts: [front, atCashier, atDoor, mpm, upm], tool: true, page: 1, pages: 2 },
    cannot: { job: paying, parts: [{ kind: 'cannot', reason: 'UNSAFE' }], tool: false, page: 1, pages: 1 },
  },
  'inspection.submitted': {
    inReview: { ...submitted, state: 'inReview', parts: [front, atCashier, atDoor, mpm] },
    approved: { ...submitted, state: 'approved' },
    rejected: {
      ...submitted,
      state: 'rejected',
      reason: SHIPPED_REASONS.of('INSPECTION_PHOTO_INVALID'),
      deadlineAt: at + 2.5 * 86_400_000,
      words: 'The front is *not* to be seen.',
      parts: [front, mpm],
    },
    correcting: { ...submitted, state: 'correcting', reason: SHIPPED_REASONS.of('NEW_REASON') },
    lapsed: { ...submitted, state: 'lapsed', reason: SHIPPED_REASONS.of(undefined) },
    final: { ...submitted, state: 'final', reason: SHIPPED_REASONS.of('OTHER') },
  },
  'inspection.giveBack': { asked: { shop: 'Som Tam House' } },
  'inspection.gone': {
    moved: { why: 'moved', shop: 'Som Tam House' },
    expired: { why: 'expired', shop: 'Som Tam House' },
    unknown: { why: 'unknown', shop: '' },
  },
  'inspection.findings': {
    some: {
      shop: 'Som Tam House of the Old Town',
      by: 'Lek Boonmee',
      at,
      timeZone,
      findings: [
        { kind: 'spot', spot: door, problem: 'MISSING', note: 'The manager took it down, as she [says].' },
        { kind: 'store', differs: 'NAME' },
        { kind: 'payment', mode: 'UPM', result: 'STAFF_UNTRAINED' },
        { kind: 'onlyAlipay', is: true },
      ],
    },
    corrected: { shop: 'Som Tam House', by: 'Lek', at, timeZone, findings: [] },
    cannot: { shop: 'Som Tam House', by: 'Lek', at, timeZone, findings: [{ kind: 'cannot', reason: 'CLOSED_DOWN' }] },
  },
};
