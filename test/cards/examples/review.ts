import type { JobModel } from '../../../cards/promotion/job.ts';
import type { ItemName } from '../../../cards/review/item-name.ts';
import type { OtherWork } from '../../../cards/review/other-work.ts';
import type { FaceName } from '../../../cards/views.ts';
import { SHIPPED_REASONS, shippedField } from '../../support/shipped-programme.ts';
import type { Faces } from './faces.ts';
import type { ResultFaces } from './results.ts';

const timeZone = 'Asia/Bangkok';
const door = { spotType: 'ENTRANCE_DOOR', number: 1 } as const;
const now = Date.UTC(2026, 10, 24, 2);
const deadlineAt = Date.UTC(2026, 10, 26, 11);
const submittedAt = Date.UTC(2026, 10, 23, 6);

const shop: ItemName = { kind: 'store', shop: 'Baan Coffee' };
const spot: ItemName = { kind: 'spot', shop: 'Baan Coffee', spot: door };
const code: ItemName = { kind: 'posm', shop: 'Baan Coffee', spot: door, product: 'MARKETING_CODE' };

const NONE: OtherWork = { inspections: [], inspectionCount: 0, drafts: [], draftCount: 0 };
const begun = { product: 'MARKETING_CODE', step: 2, of: 4 };

/** More of each than a card has room for. */
const other: OtherWork = {
  inspections: [
    { taskId: 'task1', shop: 'Baan Coffee', dueAt: deadlineAt, due: 'later', again: true },
    { taskId: 'task2', shop: 'Som Tam House', dueAt: now, due: 'today', again: false },
    { taskId: 'task3', shop: 'The Very Long Name of a Coffee House', dueAt: now, due: 'overdue', again: false },
  ],
  inspectionCount: 5,
  drafts: [
    { ...begun, draftId: 'draft1', shop: 'Som Tam House', keptUntil: deadlineAt },
    { ...begun, draftId: 'draft2', shop: 'The Very Long Name of a Coffee House' },
    { ...begun, draftId: 'draft3', shop: '', step: 1 },
  ],
  draftCount: 200,
};

const day = {
  dataDate: '20261123',
  stores: { promoted: 3, approved: 2, failed: 0, inReview: 1 },
  spots: { promoted: 7, approved: 5, failed: 1, inReview: 1 },
  more: 0,
  other: NONE,
  timeZone,
};

const failed = {
  name: spot,
  state: 'REJECTED',
  revision: 1,
  submittedAt,
  reasons: [SHIPPED_REASONS.of('SPOT_PHOTO_BLURRY')],
  remedies: ['MODIFY', 'APPEAL'],
  deadlineAt,
  says: [],
  fee: 'NOT_ELIGIBLE',
  now,
  timeZone,
} as const;

const job: JobModel = {
  product: 'MARKETING_CODE',
  step: 1,
  of: 1,
  shop: 'Baan Coffee',
  spot: door,
  modifies: { name: spot },
};

const appealing = { name: spot, statement: '', photos: 0, canModify: true };

const row = { itemRef: 'spot1', name: spot, reason: SHIPPED_REASONS.of('SPOT_NOT_FIXED'), deadlineAt } as const;

type OfFees = 'review.fees' | 'review.feeList' | 'review.feeLine';

export const REVIEW_EXAMPLES: Faces<
  Exclude<Extract<FaceName, `review.${string}`>, OfFees | ResultFaces> | 'promotion.resubmit'
> = {
  'review.day': {
    again: {
      ...day,
      stores: { promoted: 13, approved: 11, failed: 1, inReview: 1, again: 12 },
      spots: { promoted: 2, approved: 2, failed: 0, inReview: 0, again: 1 },
      failure: undefined,
    },
    onlyAgain: {
      ...day,
      stores: { promoted: 0, approved: 0, failed: 0, inReview: 0 },
      spots: { promoted: 1, approved: 1, failed: 0, inReview: 0, again: 1 },
      failure: undefined,
    },
    failed: {
      ...day,
      failure: { itemRef: 'spot1', name: spot, reason: SHIPPED_REASONS.of('SPOT_PHOTO_BLURRY'), deadlineAt },
    },
    longName: {
      ...day,
      failure: {
        itemRef: 'spot1',
        name: { ...code, shop: 'The Very Long Name of a Coffee House by the River' },
        reason: SHIPPED_REASONS.of('SPOT_PHOTO_BLURRY'),
        deadlineAt,
      },
    },
    nothingToDo: day,
    moreToDo: {
      ...day,
      failure: { itemRef: 'spot1', name: spot, reason: SHIPPED_REASONS.of('SPOT_PHOTO_BLURRY'), deadlineAt },
      more: 12,
    },
    withOthers: {
      ...day,
      failure: { itemRef: 'spot1', name: spot, reason: SHIPPED_REASONS.of('SPOT_PHOTO_BLURRY'), deadlineAt },
      other,
    },
    onlyOthers: { ...day, other: { ...NONE, inspections: other.inspections.slice(1, 2), inspectionCount: 1 } },
  },
  'review.reminder': {
    one: {
      failure: { itemRef: 'spot1', name: spot, reason: SHIPPED_REASONS.of('SPOT_PHOTO_BLURRY'), deadlineAt },
      failed: 1,
      other: NONE,
      timeZone,
    },
    many: {
      failure: {
        itemRef: 'spot1',
        name: { ...code, shop: 'The Very Long Name of a Coffee House by the River' },
        reason: SHIPPED_REASONS.of('SPOT_PHOTO_BLURRY'),
        deadlineAt,
      },
      failed: 12,
      other: NONE,
      timeZone,
    },
    noDeadline: {
      failure: {
        itemRef: 'store1',
        name: shop,
        reason: SHIPPED_REASONS.of('STOREFRONT_BLURRY'),
        deadlineAt: undefined,
      },
      failed: 1,
      other: NONE,
      timeZone,
    },
    everything: {
      failure: { itemRef: 'spot1', name: spot, reason: SHIPPED_REASONS.of('SPOT_PHOTO_BLURRY'), deadlineAt },
      failed: 2,
      other,
      timeZone,
    },
    inspection: {
      failed: 0,
      other: { ...NONE, inspections: other.inspections.slice(1, 2), inspectionCount: 1 },
      timeZone,
    },
    correction: {
      failed: 0,
      other: { ...NONE, inspections: other.inspections.slice(0, 1), inspectionCount: 1 },
      timeZone,
    },
    draft: { failed: 0, other: { ...NONE, drafts: other.drafts.slice(1, 2), draftCount: 1 }, timeZone },
    draftThatGoes: { failed: 0, other: { ...NONE, drafts: other.drafts.slice(0, 1), draftCount: 1 }, timeZone },
    done: { failure: undefined, failed: 0, other: NONE, timeZone },
  },
  'review.former': {
    some: {
      iso: 'Lotus Partners of the Whole South',
      stores: { ...day.stores, feeEligible: 2 },
      spots: { ...day.spots, feeEligible: 5 },
    },
  },
  'review.list': {
    failed: {
      of: 'failed',
      rows: [
        { ...row, state: 'REJECTED' },
        { ...row, itemRef: 'spot2', state: 'MODIFYING' },
        { ...row, itemRef: 'spot3', state: 'LAPSED' },
        { ...row, itemRef: 'spot4', state: 'APPEALING', unsent: true },
      ],
      page: 1,
      pages: 1,
      now,
      timeZone: 'Asia/Bangkok',
    },
    paged: {
      of: 'hand',
      rows: [
        { ...row, name: shop, itemRef: 'store1', state: 'PENDING', reason: undefined },
        { ...row, state: 'APPROVED' },
        { ...row, itemRef: 'spot4', state: 'REJECTED', other: 'Lek Boonmee' },
      ],
      page: 2,
      pages: 3,
      now,
      timeZone: 'Asia/Bangkok',
    },
    none: { of: 'failed', rows: [], page: 1, pages: 1, now, timeZone: 'Asia/Bangkok' },
  },
  'review.item': {
    failed: { ...failed, photo: { sha256: 'a'.repeat(64), slot: 'closeup', example: 'closeup' } },
    store: { ...failed, name: shop, reasons: [SHIPPED_REASONS.of('STORE_DUPLICATE')], remedies: ['APPEAL', 'MODIFY'] },
    words: {
      ...failed,
      name: code,
      reasons: [SHIPPED_REASONS.of('OTHER')],
      words: { text: 'No *photo* shows it.', language: 'fr' },
      remedies: ['APPEAL'],
    },
    noRemedy: { ...failed, reasons: [SHIPPED_REASONS.of('SPOT_EXCESSIVE_IN_STORE')], remedies: [] },
    fraud: { ...failed, reasons: [SHIPPED_REASONS.of('FRAUD_SUSPECTED')], words: { text: 'Same photo as elsewhere.' } },
    opened: {
      ...failed,
      history: [
        { what: 'sent', at: submittedAt, revision: 1 },
        { what: 'failed', at: now },
        { what: 'sent', at: now, revision: 2 },
        { what: 'appealSent', at: now },
        { what: 'appealDenied', at: now },
        { what: 'policy', clause: 'P5', product: 'MARKETING_CODE' },
      ],
    },
    examples: { ...failed, examples: { good: 'closeup.jpg', bad: 'context.jpg' } },
    inReview: { ...failed, state: 'PENDING', revision: 2, remedies: [] },
    approved: {
      ...failed,
      state: 'APPROVED',
      remedies: [],
      fee: 'ELIGIBLE',
      feeKind: { id: 'DEPLOYMENT', currency: 'THB' },
      says: [
        { kind: 'code', end: '8841' },
        { kind: 'photos', at: [submittedAt, submittedAt + 60_000] },
      ],
      decided: { what: 'approved', at: now },
    },
    withPhotos: {
      ...failed,
      state: 'APPROVED',
      remedies: [],
      fee: 'ELIGIBLE',
      says: [{ kind: 'code', end: '8841' }],
      decided: { what: 'approved', at: now },
      photos: ['a'.repeat(64), 'b'.repeat(64)],
    },
    withoutPhotos: { ...failed, state: 'LAPSED', remedies: [], decided: { what: 'failed', at: now }, photos: [] },
    approvedAlone: { ...failed, state: 'APPROVED', remedies: [] },
    invalidated: {
      ...failed,
      state: 'INVALIDATED',
      reasons: [SHIPPED_REASONS.of('INSPECTION_NOT_FOUND')],
      remedies: ['APPEAL', 'MODIFY'],
    },
    modifying: { ...failed, state: 'MODIFYING', remedies: [] },
    writingAppeal: { ...failed, state: 'APPEALING', appeal: 'draft', remedies: [] },
    appealing: { ...failed, state: 'APPEALING', appeal: 'filed', answerBy: deadlineAt, remedies: [] },
    appealingLate: {
      ...failed,
      state: 'APPEALING',
      appeal: 'filed',
      answerBy: now - 1,
      remedies: [],
      deadlineAt: now - 1,
    },
    forAnother: { ...failed, promotedBy: 'Lek Boonmee' },
    withAnother: { ...failed, inHandOf: 'Lek Boonmee' },
    appealedByAnother: { ...failed, state: 'APPEALING', appeal: 'filed', remedies: [], inHandOf: 'Lek Boonmee' },
    withNobody: { ...failed, inHandOf: '' },
    final: { ...failed, state: 'REJECTED_FINAL', remedies: [] },
    lapsed: { ...failed, state: 'LAPSED', remedies: [] },
  },
  'promotion.resubmit': {
    photo: {
      job,
      answers: [],
      codes: [],
      photos: [{ slot: 'closeup', was: 'a'.repeat(64), is: 'b'.repeat(64) }],
      canResubmit: true,
    },
    answers: {
      job: { ...job, notes: [{ code: 'spotDone', spot: door, short: '8842' }] },
      answers: [
        { step: 'spots', field: shippedField('spotType'), was: 'ENTRANCE_DOOR', is: 'CASHIER_COUNTER' },
        { step: 'spots', field: shippedField('fixedSecurely'), was: 'false', is: 'true' },
        { step: 'store', field: shippedField('nameLocal'), was: 'Baan Cofee', is: 'Baan Coffee' },
      ],
      photos: [{ slot: 'context', is: 'b'.repeat(64) }],
      codes: [{ was: '8841', is: '8842' }],
      canResubmit: true,
      doubt: { place: 'p', part: { kind: 'photos' }, state: 'doubt', reason: 'photoDark' },
    },
    nothing: { job, answers: [], codes: [], photos: [], canResubmit: false },
    missing: {
      job,
      answers: [],
      codes: [],
      photos: [],
      canResubmit: false,
      blocking: { place: 'p', part: { kind: 'photos' }, state: 'missing', reason: 'photo', photo: 'closeup' },
    },
    waiting: {
      job,
      answers: [],
      codes: [],
      photos: [],
      canResubmit: false,
      waiting: { place: 'p', part: { kind: 'photos' }, state: 'waiting', reason: 'beingChecked', photo: 'closeup' },
    },
  },
  'review.resent': {
    second: { name: spot, revision: 2, resultsFrom: now, timeZone },
    third: { name: shop, revision: 3, resultsFrom: now, timeZone },
  },
  'review.appeal': {
    why: { ...appealing, form: { why: '' } },
    empty: { ...appealing, form: { why: '', problems: [{ code: 'required', field: 'why' }] } },
    tooLong: {
      ...appealing,
      form: { why: 'x'.repeat(501), problems: [{ code: 'tooLong', field: 'why', limit: 500 }] },
    },
    onlyAppeal: { ...appealing, canModify: false, form: { why: '' } },
    photos: { ...appealing, statement: 'The *code* was there' },
    evidence: { ...appealing, statement: 'The code was there', evidence: ['context', 'closeup'] },
    kept: { ...appealing, statement: 'The code was there', photos: 2 },
    full: { ...appealing, statement: 'The code was there', photos: 5, note: 'note.onePhotoTooMany' },
  },
  'review.appealSent': {
    filed: {
      name: spot,
      itemRef: 'spot1',
      state: 'FILED',
      canWithdraw: true,
      answerBy: now + 86_400_000,
      now,
      timeZone,
    },
    late: { name: spot, itemRef: 'spot1', state: 'FILED', canWithdraw: false, answerBy: now - 1, now, timeZone },
    withdrawn: { name: spot, itemRef: 'spot1', state: 'WITHDRAWN', canWithdraw: false, now, timeZone },
    accepted: { name: shop, itemRef: 'store1', state: 'ACCEPTED', canWithdraw: false, now, timeZone },
    denied: { name: spot, itemRef: 'spot1', state: 'DENIED', canWithdraw: false, now, timeZone },
    expired: { name: spot, itemRef: 'spot1', state: 'EXPIRED', canWithdraw: false, now, timeZone },
  },
  'review.answer': {
    accepted: { name: spot, itemRef: 'spot1', accepted: true },
    denied: { name: spot, itemRef: 'spot1', accepted: false, words: { text: 'No photo shows it.', language: 'en' } },
  },
  'review.fraud': {
    spot: { name: spot, who: 'Nok Suda', words: { text: 'The same photo as in another shop.', language: 'en' } },
    silent: { name: shop, who: 'Nok Suda' },
  },
};
