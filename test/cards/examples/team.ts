import type { ViewName } from '../../../cards/registry.ts';
import type { Faces } from './faces.ts';

const at = Date.UTC(2026, 4, 3, 10, 42);
const phone = '+66812344821';
const names = ['Nok Suda', 'Lek Boonmee', 'Mali Wong', 'Som Jai', 'Somchai Rattanakosin-Wongsawat', 'สมหญิง ใจดี'];
const waiting = names.map((name, index) => ({ requestId: `r${index}`, name, phone, at }));
const states = ['stuck', 'expired', 'invited', 'paused', 'working', 'working'] as const;
const rows = states.map((state, index) => ({
  name: names[index] ?? '',
  admin: index === 5,
  state,
  requestId: `r${index}`,
}));
const month = { month: '2026-11', timeZone: 'Asia/Bangkok' };
const soon = Date.UTC(2026, 10, 26, 8);
const onePage = { page: 1, pages: 1 };

export const TEAM: Faces<Extract<ViewName, 'team' | `team.${string}`>> = {
  team: {
    busy: { iso: 'Lotus Partners', waiting: 7, stuck: 2, invited: 3 },
    quiet: { iso: 'Lotus Partners of the Whole South', waiting: 0, stuck: 0, invited: 0 },
  },
  'team.requests': {
    paged: { waiting, count: 7, page: 1, pages: 2, timeZone: 'Asia/Bangkok' },
    one: { waiting: waiting.slice(0, 1), count: 1, ...onePage, timeZone: 'Asia/Bangkok' },
    none: { waiting: [], count: 0, ...onePage, timeZone: 'Asia/Bangkok' },
  },
  'team.approve': {
    all: { waiting, count: 6 },
    first: { waiting, count: 26 },
    none: { waiting: [], count: 0 },
  },
  'team.dataNotice': {
    unknownReason: { kind: 'unknownReason', what: 'MOON_IN_PICTURE' },
    conflict: { kind: 'conflict', what: 'review_20261123_001.csv' },
  },
  'team.people': {
    paged: { rows, count: 14, page: 2, pages: 3, find: '', search: true },
    found: { rows: rows.slice(0, 1), count: 1, ...onePage, find: 'nok', search: true },
    nobody: { rows: [], count: 0, ...onePage, find: '', search: false },
  },
  'team.poster': {
    code: { pages: { join: 'https://field.example.com/join/t', poster: 'https://field.example.com/poster/t' } },
    noAddress: {},
  },
  'team.search': { empty: {} },
  'team.more': { all: {} },
  'team.limits': {
    lasts: { ...month, pushes: { used: 1_204, limit: 3_000 }, calls: { used: 2_250, limit: 5_000 } },
    both: {
      ...month,
      pushes: { used: 3_000, limit: 3_000, runsOutAt: soon },
      calls: { used: 4_499, limit: 5_000, runsOutAt: soon },
    },
  },
  'team.limitNotice': {
    lasts: { ...month, what: 'pushes', percent: 70, used: 2_100, limit: 3_000 },
    soon: { ...month, what: 'calls', percent: 90, used: 4_511, limit: 5_000, runsOutAt: soon },
    pushes: { ...month, what: 'pushes', percent: 100, used: 3_004, limit: 3_000, runsOutAt: soon },
    calls: { ...month, what: 'calls', percent: 100, used: 5_000, limit: 5_000, runsOutAt: soon },
  },
  'team.invite': {
    empty: { values: {} },
    mistaken: { values: { name: 'Nok', phone: '12' }, problems: [{ field: 'phone', code: 'notAPhone' }] },
    done: { values: {}, invited: { invited: 2, known: [], wrong: [], rest: [] } },
    partly: {
      values: {},
      invited: {
        ...{ invited: 12, known: ['Nok Suda', 'Lek Boonmee', 'Mali Wong'] },
        wrong: [
          { typed: 'Somchai', problem: 'noPhone' },
          { typed: 'Nok 081 234 48', problem: 'notAPhone' },
        ],
        rest: ['Mali 081 234 4829'],
      },
    },
    tooMuch: {
      values: {},
      invited: {
        ...{ invited: 0, known: [], wrong: [] },
        rest: Array.from({ length: 90 }, (_, n) => `Nok ${n} 081 234 4821`),
      },
    },
  },
};
