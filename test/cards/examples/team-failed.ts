import type { ItemName } from '../../../cards/review/item-name.ts';
import type { FailedRow } from '../../../cards/team/failed.ts';
import { SHIPPED_REASONS } from '../../support/shipped-programme.ts';
import type { Faces } from './faces.ts';

const at = Date.UTC(2026, 4, 3, 10, 42);
const DAY_MS = 24 * 3_600_000;
const names = ['Nok Suda', 'Lek Boonmee', 'Mali Wong', 'Som Jai', 'Somchai Rattanakosin-Wongsawat', 'สมหญิง ใจดี'];
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

/** What failed in a team, as its admin reads it. */
export const TEAM_FAILED: Faces<'team.failed' | 'team.failedItem' | 'team.appeals'> = {
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
