import type { FaceName } from '../../../cards/views.ts';
import type { Faces } from './faces.ts';
import { MONTH_WITH_SITES, SITES } from './sites.ts';

const noData = { results: 'no', approved: 0, failed: 0, notUnderstood: 0, others: [] } as const;
const at = Date.UTC(2026, 4, 3, 10, 42);
const phone = '+66812344821';
const names = ['Nok Suda', 'Lek Boonmee', 'Mali Wong', 'Som Jai', 'Somchai Rattanakosin-Wongsawat', 'สมหญิง ใจดี'];
const waiting = names.map((name, index) => ({ requestId: `r${index}`, name, phone, at }));
const states = ['stuck', 'invited', 'left', 'paused', 'working', 'working'] as const;
const roles = ['STAFF', 'STAFF', 'STAFF', 'STAFF', 'SUPERVISOR', 'ADMIN'] as const;
const rows = states.map((state, index) => ({
  name: names[index] ?? '',
  role: roles[index] ?? 'STAFF',
  state,
  opens: index < 2 ? { association: `r${index}` } : { person: `p${index}` },
}));
const expired = { name: 'Kit', role: 'STAFF', state: 'expired', opens: { association: 'r9' } } as const;
const tally = { promoted: 31, approved: 25, failed: 3, inReview: 3 };
const none = { promoted: 0, approved: 0, failed: 0, inReview: 0 };
const nothingOpen = { drafts: 0, failed: 0, appeals: 0, tasks: 0, soon: 0 };
const open = { drafts: 2, failed: 13, appeals: 1, tasks: 24, soon: 11 };
const long = 'Somchai Rattanakosin-Wongsawat';
const nok = {
  userId: 'nok',
  name: 'Nok Suda',
  role: 'STAFF',
  state: 'working',
  timeZone: 'Asia/Bangkok',
} as const;
const month = { month: '2026-11', timeZone: 'Asia/Bangkok' };
const soon = Date.UTC(2026, 10, 26, 8);
const DAY_MS = 24 * 3_600_000;
const yesterday = { active: 31, of: 40, stores: 52, spots: 118 };
const nobody = { active: 0, of: 40, stores: 0, spots: 0 };
const quiet = {
  iso: 'Lotus Partners of the Whole South',
  everybody: true,
  waiting: 0,
  urgent: 0,
  urgentBy: '20261126',
  stuck: 0,
  fraud: 0,
  tasksDue: 0,
  lateAppeals: 0,
  withoutHands: 0,
  accounts: 0,
  invited: 0,
  yesterday: nobody,
};
const onePage = { page: 1, pages: 1 };

const CODE_FLAGS = ['unknown', 'refused', 'clash'] as const;
const AT_ENTRANCE = { shop: 'Baan Coffee', spot: { spotType: 'ENTRANCE', number: 2 } };
const CODE_AT_ENTRANCE = { ...AT_ENTRANCE, kind: 'posm', product: 'MARKETING_CODE' } as const;

type OfItsOwn =
  | 'team.failed'
  | 'team.failedItem'
  | 'team.story'
  | 'team.personStory'
  | 'team.files'
  | 'team.fileStory'
  | 'team.found'
  | 'team.appeals'
  | 'team.fees'
  | 'team.feeLines'
  | 'team.feeLine'
  | 'team.staffFees'
  | 'team.payRate'
  | 'team.lists'
  | 'team.export'
  | 'team.promotionData'
  | 'team.stock'
  | 'team.allot'
  | 'team.allotPhotos'
  | 'team.bookedOver';

export const TEAM: Faces<Exclude<Extract<FaceName, 'team' | `team.${string}`>, OfItsOwn>> = {
  team: {
    busy: {
      iso: 'Lotus Partners',
      everybody: true,
      waiting: 17,
      urgent: 13,
      urgentBy: '20261126',
      stuck: 12,
      fraud: 2,
      tasksDue: 2,
      lateAppeals: 11,
      withoutHands: 4,
      accounts: 12,
      invited: 3,
      data: { day: '20261123', state: 'in', approved: 91 },
      yesterday,
    },
    late: { ...quiet, urgent: 1, data: { day: '20261123', state: 'late' } },
    early: { ...quiet, data: { day: '20261123', state: 'coming' } },
    undecided: { ...quiet, fraud: 1, data: { day: '20261123', state: 'in' }, yesterday },
    quiet,
    ordered: { ...quiet, order: { order: 'verify-then-deploy', agreedOn: '2026-11-24' } },
    deploysFirst: { ...quiet, order: { order: 'deploy-then-verify', agreedOn: '2026-11-24' } },
    plain: { ...quiet, order: { order: 'plain', agreedOn: '2026-11-24' } },
    supervisor: { ...quiet, everybody: false, urgent: 2, yesterday },
    withoutTeam: { ...quiet, everybody: false, yesterday: { ...nobody, of: 0 } },
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
  'team.cameIn': {
    late: {
      days: [
        { ...noData, day: '20261127', results: 'late', others: ['stock'] },
        {
          ...noData,
          day: '20261126',
          results: 'in',
          approved: 1_204,
          failed: 36,
          others: ['tasks', 'fees', 'stock', 'scans'],
        },
        { ...noData, day: '20261125', results: 'in', approved: 9, failed: 0, notUnderstood: 12, others: ['fees'] },
        { ...noData, day: '20261124', results: 'none' },
        { ...noData, day: '20261123' },
      ],
      dueAt: Date.UTC(2026, 10, 28, 2),
      timeZone: 'Asia/Bangkok',
    },
    coming: {
      days: [
        { ...noData, day: '20261127', results: 'coming' },
        { ...noData, day: '20261126', results: 'none', notUnderstood: 3 },
      ],
      dueAt: Date.UTC(2026, 10, 28, 2),
      timeZone: 'Asia/Bangkok',
    },
  },
  'team.dataNotice': {
    unknownReason: { kind: 'unknownReason', what: 'MOON_IN_PICTURE' },
    conflict: { kind: 'conflict', what: 'review_20261123_001.csv' },
    lateResults: { kind: 'lateResults', what: '20261127' },
  },
  'team.people': {
    paged: { rows, count: 14, page: 2, pages: 3, find: '', search: true, everybody: true },
    found: { rows: [expired], count: 1, ...onePage, find: 'kit', search: true, everybody: true },
    nobody: { rows: [], count: 0, ...onePage, find: '', search: false, everybody: true },
    team: { rows: rows.slice(3, 5), count: 2, ...onePage, find: '', search: false, everybody: false },
    emptyTeam: { rows: [], count: 0, ...onePage, find: '', search: false, everybody: false },
  },
  'team.member': {
    working: {
      ...nok,
      phone,
      language: 'th',
      since: at,
      activeAt: at + 20 * DAY_MS,
      supervisor: long,
      open,
      stores: tally,
      spots: tally,
      can: 'pause',
    },
    paused: { ...nok, name: long, state: 'paused', phone, open, stores: none, spots: none, can: 'resume' },
    left: { ...nok, state: 'left', phone, open: nothingOpen, stores: none, spots: none, can: 'more' },
    own: { ...nok, role: 'ADMIN', open: nothingOpen, stores: none, spots: none, can: undefined },
  },
  'team.memberMore': {
    staff: { ...nok, changes: ['makeAdmin', 'makeSupervisor', 'remove'], team: true },
    admin: { ...nok, role: 'ADMIN', changes: ['makeSupervisor', 'makeStaff', 'remove'], team: false },
  },
  'team.memberChange': {
    pause: { userId: 'nok', name: long, change: 'pause', open, account: 'al••04@lotus-partners.example' },
    resume: { userId: 'nok', name: long, change: 'resume', open },
    makeAdmin: { userId: 'nok', name: long, change: 'makeAdmin', open },
    makeSupervisor: { userId: 'nok', name: long, change: 'makeSupervisor', open },
    makeStaff: { userId: 'nok', name: long, change: 'makeStaff', open },
    remove: { userId: 'nok', name: long, change: 'remove', open: nothingOpen, account: undefined },
    removeAndGive: {
      userId: 'nok',
      name: long,
      change: 'remove',
      open,
      heirs: { people: [{ userId: 'mali', name: 'Mali Wong' }], supervisorId: 'mali' },
    },
  },
  'team.chooseTeam': {
    some: { userId: 'nok', name: long, supervisors: [{ userId: 'mali', name: 'Mali Wong' }], supervisorId: 'mali' },
    none: { userId: 'nok', name: 'Nok', supervisors: [{ userId: 'mali', name: 'Mali Wong' }] },
  },
  'team.poster': {
    code: { pages: { join: 'https://field.example.com/join/t', poster: 'https://field.example.com/poster/t' } },
    noAddress: {},
  },
  'team.tasks': {
    paged: {
      rows: [
        { shop: 'Som Tam House', assignee: undefined, dueAt: at - 1, state: 'ASSIGNED', promotedThere: false },
        { shop: 'Baan Coffee', assignee: 'Nok Suda', dueAt: at + 1, state: 'DEPLOYMENT_CHECKED', promotedThere: true },
        { shop: 'Nine Mart', assignee: 'Lek Boonmee', dueAt: at + 3 * DAY_MS, state: 'REJECTED', promotedThere: false },
        {
          shop: 'Nine Mart',
          assignee: 'Lek Boonmee',
          dueAt: at + 4 * DAY_MS,
          state: 'CANNOT_INSPECT',
          promotedThere: false,
        },
      ],
      count: 10,
      page: 2,
      pages: 2,
      find: '',
      search: true,
      now: at,
      timeZone: 'Asia/Bangkok',
    },
    found: {
      rows: [],
      count: 0,
      ...onePage,
      find: 'nine',
      search: true,
      now: at,
      timeZone: 'Asia/Bangkok',
    },
    none: { rows: [], count: 0, ...onePage, find: '', search: false, now: at, timeZone: 'Asia/Bangkok' },
  },
  'team.groups': {
    none: { groups: [], count: 0, ...onePage },
    some: {
      groups: [
        { id: 'g1', title: 'Team South', version: 2 },
        { id: 'g2', title: 'Everybody at Lotus Partners in Bangkok', version: 1 },
        { id: 'g3', title: '', version: 1 },
      ],
      count: 3,
      ...onePage,
    },
  },
  'team.search': {
    people: { list: 'people' },
    failed: { list: 'failed' },
    tasks: { list: 'tasks' },
    items: { list: 'items' },
  },
  'team.more': { all: {} },
  'team.limits': {
    lasts: { ...month, isLent: true, pushes: { used: 1_204, limit: 3_000 }, calls: { used: 2_250, limit: 5_000 } },
    lent: {
      ...month,
      isLent: true,
      pushes: { used: 204, limit: 950 },
      calls: { used: 1_600, limit: 1_583, runsOutAt: soon },
    },
    spent: {
      ...month,
      isLent: false,
      pushes: { used: 961, limit: 950, runsOutAt: soon },
      calls: { used: 1_600, limit: 1_583, runsOutAt: soon },
    },
    both: {
      ...MONTH_WITH_SITES,
      isLent: true,
      pushes: { used: 3_000, limit: 3_000, runsOutAt: soon },
      calls: { used: 4_499, limit: 5_000, runsOutAt: soon },
    },
  },
  'team.reject': {
    some: {
      waiting: [{ requestId: 'r1', name: 'Nok Suda', phone: '+66812344821' }],
      count: 1,
      hours: [],
      timeZone: 'Asia/Bangkok',
    },
    crowd: {
      waiting: [{ requestId: 'r1', name: 'Nok Suda', phone: '+66812344821' }],
      count: 612,
      hours: [
        { from: Date.UTC(2026, 4, 3, 10), count: 604 },
        { from: Date.UTC(2026, 4, 3, 9), count: 8 },
      ],
      timeZone: 'Asia/Bangkok',
    },
    nobody: { waiting: [], count: 0, hours: [], timeZone: 'Asia/Bangkok' },
  },
  'team.renewPoster': { asked: {} },
  'team.left': {
    known: { name: 'Nok Suda', iso: 'Lotus Partners' },
    unknown: { name: '', iso: 'Lotus Partners' },
  },
  'team.farAbove': {
    one: { userId: 'nok', name: 'Nok Suda', month: '2026-11', pushes: 612, limit: 3_000, canPause: true },
    own: { userId: 'ploy', name: '', month: '2026-11', pushes: 301, limit: 3_000, canPause: false },
  },
  'team.limitNotice': {
    lasts: { ...month, what: 'pushes', percent: 70, used: 2_100, limit: 3_000 },
    soon: { ...month, what: 'calls', percent: 90, used: 4_511, limit: 5_000, runsOutAt: soon },
    pushes: { ...month, what: 'pushes', percent: 100, used: 3_004, limit: 3_000, runsOutAt: soon },
    calls: { ...month, what: 'calls', percent: 100, used: 5_000, limit: 5_000, runsOutAt: soon },
  },
  'team.sites': SITES,
  'team.refusedWords': {
    one: { name: 'Nok Suda', inGroup: false },
    group: { name: 'Bangkok team', inGroup: true },
    unnamed: { name: '', inGroup: true },
  },
  'team.photos': {
    some: {
      rows: [
        { name: { kind: 'store', shop: 'Nine Mart' }, flag: 'TAKEN_LONG_BEFORE', staff: 'Nok Suda', at },
        { name: { ...AT_ENTRANCE, kind: 'spot' }, flag: 'TAKEN_AFTER', staff: 'Lek Boonmee', at },
        { name: { kind: 'store', shop: 'Ten Cafe' }, flag: 'LIKE_ANOTHER', like: 'Nine Mart', staff: 'Lek', at },
        { name: { kind: 'store', shop: 'Ten Cafe' }, flag: 'FAR_FROM_OTHERS', metres: 5_870, staff: 'Lek Boonmee', at },
        { name: { ...AT_ENTRANCE, kind: 'spot' }, flag: 'PLACE_MADE_UP', staff: 'Lek Boonmee', at },
        ...CODE_FLAGS.map((flag) => ({ name: CODE_AT_ENTRANCE, flag, staff: 'Lek Boonmee', at })),
      ],
      count: 8,
      page: 1,
      pages: 1,
      timeZone: 'Asia/Bangkok',
    },
    none: { rows: [], count: 0, page: 1, pages: 1, timeZone: 'Asia/Bangkok' },
  },
  'team.unanswered': {
    some: {
      iso: 'Lotus Partners',
      rows: [
        { requestId: 'r1', name: 'Nok Suda', phone: '+66812344821', at },
        { requestId: 'r2', name: 'Lek Boonmee', phone: '+66812344822', at },
      ],
      count: 2,
      today: { limit: 20, left: 18 },
      timeZone: 'Asia/Bangkok',
    },
    nobody: { iso: 'Lotus Partners', rows: [], count: 0, today: { limit: 20, left: 20 }, timeZone: 'Asia/Bangkok' },
  },
  'team.invite': {
    empty: { values: {}, today: { limit: 20, left: 17 } },
    usedUp: { values: {}, today: { limit: 20, left: 0 } },
    held: {
      values: {},
      today: { limit: 20, left: 0 },
      invited: { invited: 20, known: [], wrong: [], rest: ['Nok +66812344821', 'Lek +66812344822'], held: 2 },
    },
    mistaken: {
      values: { name: 'Nok', phone: '12' },
      problems: [{ field: 'phone', code: 'notAPhone' }],
      today: { limit: 20, left: 20 },
    },
    done: { values: {}, today: { limit: 20, left: 18 }, invited: { invited: 2, known: [], wrong: [], rest: [] } },
    partly: {
      values: {},
      today: { limit: 20, left: 8 },
      invited: {
        invited: 12,
        known: ['Nok Suda', 'Lek Boonmee', 'Mali Wong'],
        wrong: [
          { typed: 'Somchai', problem: 'noPhone' },
          { typed: 'Nok 081 234 48', problem: 'notAPhone' },
        ],
        rest: ['Mali 081 234 4829'],
      },
    },
    tooMuch: {
      values: {},
      today: { limit: 20, left: 20 },
      invited: {
        invited: 0,
        known: [],
        wrong: [],
        rest: Array.from({ length: 90 }, (_, n) => `Nok ${n} 081 234 4821`),
      },
    },
  },
};
