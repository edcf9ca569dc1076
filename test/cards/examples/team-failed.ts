import type { ItemName } from '../../../cards/review/item-name.ts';
import type { FailedRow } from '../../../cards/team/failed.ts';
import type { StoryRow } from '../../../cards/team/story.ts';
import type { ReviewState } from '../../../src/domain/review-state.ts';
import { SHIPPED_REASONS } from '../../support/shipped-programme.ts';
import type { Faces } from './faces.ts';

const at = Date.UTC(2026, 4, 3, 10, 42);
const DAY_MS = 24 * 3_600_000;
const names = ['Nok Suda', 'Lek Boonmee', 'Mali Wong', 'Som Jai', 'Somchai Rattanakosin-Wongsawat', 'สมหญิง ใจดี'];
const MINUTE_MS = 60_000;
const onePage = { page: 1, pages: 1 };
const door: ItemName = { kind: 'spot', shop: 'Baan Coffee', spot: { spotType: 'ENTRANCE_DOOR', number: 1 } };
const failures = [['SPOT_NOT_FIXED'], ['FRAUD_SUSPECTED'], [], ['SPOT_PHOTO_BLURRY'], ['OTHER'], ['CODE_VOID']].map(
  (codes, index): FailedRow => ({
    itemRef: `i${index}`,
    name: door,
    reasons: (codes.length === 0 ? [undefined] : codes).map((code) => SHIPPED_REASONS.of(code)),
    staff: names[index] ?? '',
    deadlineAt: index === 5 ? undefined : at + index * DAY_MS,
  }),
);

function storyOf(state: ReviewState, pages: number, rows: readonly StoryRow[]) {
  return { itemRef: 'spot1', name: door, state, rows, pages, timeZone: 'Asia/Bangkok' };
}

/** What failed in a team, as its admin reads it. */
export const TEAM_FAILED: Faces<'team.failed' | 'team.failedItem' | 'team.story' | 'team.found' | 'team.appeals'> = {
  'team.appeals': {
    late: {
      rows: failures.map(({ name, staff }, index) => ({
        name,
        staff: index === 2 ? '' : staff,
        answerBy: at - index * DAY_MS,
      })),
      count: 8,
      page: 1,
      pages: 2,
      timeZone: 'Asia/Bangkok',
    },
    none: { rows: [], count: 0, ...onePage, timeZone: 'Asia/Bangkok' },
  },
  'team.story': {
    begun: {
      ...storyOf('REJECTED', 3, [
        { deed: 'begun', at: at - 2 * DAY_MS, who: 'Nok Suda' },
        { deed: 'photo', slot: 'closeup', at: at - 2 * DAY_MS + MINUTE_MS, who: '' },
        { deed: 'codeUp', code: '8841', at: at - 2 * DAY_MS + 2 * MINUTE_MS, who: 'Nok Suda' },
        { deed: 'sent', revision: 1, at: at - 2 * DAY_MS + 2 * MINUTE_MS, who: 'Nok Suda' },
        {
          deed: 'judged',
          state: 'REJECTED',
          reasons: [SHIPPED_REASONS.of('SPOT_NOT_FIXED')],
          file: 'review_20261123_001.csv',
          row: 1_204,
          source: 'sftp',
          at: at - DAY_MS,
          who: '',
        },
        { deed: 'card', to: 'Somchai Rattanakosin-Wongsawat', arrived: true, at: at - DAY_MS, who: '' },
      ]),
      page: 1,
    },
    goesOn: {
      ...storyOf('MODIFYING', 3, [
        { deed: 'given', to: 'Lek Boonmee', at: at - DAY_MS, who: 'Anong Chai' },
        { deed: 'modifyBegun', at: at - DAY_MS, who: 'Lek Boonmee' },
        { deed: 'photoMoved', at, who: 'Lek Boonmee' },
        { deed: 'modifyStopped', at, who: 'Lek Boonmee' },
        { deed: 'sent', revision: 2, at, who: 'Lek Boonmee' },
        { deed: 'codeDown', code: '8841', at, who: 'Lek Boonmee' },
      ]),
      page: 2,
    },
    ends: {
      ...storyOf('APPROVED', 1, [
        { deed: 'appealBegun', at, who: 'Nok Suda' },
        { deed: 'appealSent', at, who: 'Nok Suda' },
        { deed: 'appealAccepted', at, who: '', file: 'review_20261124_001.csv', row: 12, source: 'https' },
        {
          deed: 'settled',
          fee: 'CONFIRMED',
          at,
          who: '',
          file: 'settlement_20261124_001.csv',
          row: 2,
          source: 'folder',
        },
        { deed: 'card', to: 'Nok Suda', arrived: false, at, who: '' },
      ]),
      page: 1,
    },
    rare: {
      ...storyOf('LAPSED', 1, [
        { deed: 'unpaid', at, who: 'Nok Suda' },
        { deed: 'codeChecked', at, who: '' },
        { deed: 'photoPutAside', at, who: 'Nok Suda' },
        { deed: 'appealTakenBack', at, who: 'Nok Suda' },
        { deed: 'given', to: '', at, who: '' },
        { deed: 'tooLate', at, who: '' },
      ]),
      page: 1,
    },
    searched: { ...storyOf('APPROVED', 1, [{ deed: 'begun', at, who: 'Nok Suda' }]), page: 1, fromSearch: true },
    ofFile: {
      ...storyOf('APPROVED', 1, [{ deed: 'begun', at, who: 'Nok Suda' }]),
      page: 1,
      fromFile: 'review_20261123_001.csv',
    },
    denied: { ...storyOf('REJECTED_FINAL', 1, [{ deed: 'appealDenied', at, who: '' }]), page: 1 },
    nothing: { ...storyOf('PENDING', 1, []), page: 1 },
  },
  'team.found': {
    promotion: {
      rows: (['APPROVED', 'PENDING', 'REJECTED', 'APPROVED', 'APPEALING', 'LAPSED'] as const).map((state, index) => ({
        itemRef: `i${index}`,
        name: door,
        state,
        staff: names[index] ?? '',
      })),
      count: 9,
      page: 1,
      pages: 2,
      find: 'P-7K3M',
    },
    nobodys: {
      rows: [{ itemRef: 'i1', name: door, state: 'APPROVED', staff: '' }],
      count: 1,
      ...onePage,
      find: 'p-7k3m',
    },
    people: {
      rows: [
        { userId: 'nok', name: 'Nok Suda', role: 'STAFF', state: 'working' },
        { userId: 'lek', name: 'Lek Boonmee', role: 'SUPERVISOR', state: 'paused' },
      ],
      count: 2,
      ...onePage,
      find: '8841',
    },
    files: {
      rows: [{ file: 'review_20261123_001.csv', outcomes: { applied: 12, unmatched: 1 } }],
      count: 1,
      ...onePage,
      find: 'review 20261123',
    },
    none: { rows: [], count: 0, ...onePage, find: 'https://qr.example/not-ours' },
  },
  'team.failed': {
    paged: {
      rows: failures,
      count: 14,
      page: 1,
      pages: 3,
      find: '',
      search: true,
      now: at,
      timeZone: 'Asia/Bangkok',
    },
    found: {
      rows: failures.slice(0, 1),
      count: 1,
      ...onePage,
      find: 'baan',
      search: true,
      now: at,
      timeZone: 'Asia/Bangkok',
    },
    searched: {
      rows: failures,
      count: 13,
      page: 1,
      pages: 3,
      find: 'baan',
      searched: 2_000,
      search: true,
      now: at,
      timeZone: 'Asia/Bangkok',
    },
    nobodys: {
      rows: failures.slice(0, 1).map((row) => ({ ...row, staff: '' })),
      count: 1,
      ...onePage,
      find: '',
      search: false,
      now: at,
      timeZone: 'Asia/Bangkok',
    },
    none: { rows: [], count: 0, ...onePage, find: '', search: false, now: at, timeZone: 'Asia/Bangkok' },
  },
  'team.failedItem': {
    rejected: {
      itemRef: 'spot1',
      name: door,
      state: 'REJECTED',
      reasons: [SHIPPED_REASONS.of('SPOT_NOT_FIXED')],
      staff: 'Nok Suda',
      inHandOf: 'Nok Suda',
      submittedAt: at - 2 * DAY_MS,
      deadlineAt: at + 3 * DAY_MS,
      now: at,
      timeZone: 'Asia/Bangkok',
    },
    fraud: {
      itemRef: 'store1',
      name: { kind: 'store', shop: 'Baan Coffee' },
      state: 'REJECTED',
      reasons: [SHIPPED_REASONS.of('OTHER'), SHIPPED_REASONS.of('FRAUD_SUSPECTED')],
      words: { text: 'Nobody knows this shop.', language: 'en' },
      staff: 'Somchai Rattanakosin-Wongsawat',
      inHandOf: 'Somchai Rattanakosin-Wongsawat',
      submittedAt: at - 2 * DAY_MS,
      deadlineAt: at + DAY_MS / 2,
      now: at,
      timeZone: 'Asia/Bangkok',
    },
    modifying: {
      itemRef: 'spot1',
      name: door,
      state: 'MODIFYING',
      reasons: [SHIPPED_REASONS.of('SPOT_NOT_FIXED')],
      staff: 'Nok Suda',
      inHandOf: 'Lek Boonmee',
      submittedAt: at,
      now: at,
      timeZone: 'Asia/Bangkok',
    },
    nobodys: {
      itemRef: 'spot1',
      name: door,
      state: 'REJECTED',
      reasons: [SHIPPED_REASONS.of('SPOT_NOT_FIXED')],
      staff: 'Nok Suda',
      inHandOf: '',
      submittedAt: at,
      deadlineAt: at + 3 * DAY_MS,
      now: at,
      timeZone: 'Asia/Bangkok',
    },
  },
};
