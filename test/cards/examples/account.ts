import type { AccountRow } from '../../../cards/account/list.ts';
import type { FaceName } from '../../../cards/views.ts';
import type { Faces } from './faces.ts';

const at = Date.UTC(2026, 10, 24, 3, 42);
const timeZone = 'Asia/Bangkok';
const long = 'Somchai Rattanakosin-Wongsawat';
const email = 'al••04@lotus-partners-of-the-south.example';
const asked = { askId: 'k1', name: 'Nok Suda', askedAt: at, mayAnswer: true, opened: false, timeZone } as const;
const rows: readonly AccountRow[] = [
  { opens: { ask: 'k1' }, state: 'asks', name: 'Nok Suda', at },
  { opens: { account: 'a2' }, account: 'TH-09', state: 'asks', name: long, at },
  { opens: { account: 'a3' }, account: 'TH-04', state: 'back', at },
  { opens: { account: 'a4' }, account: email, state: 'given', name: 'Lek Boonmee', at },
  { opens: { account: 'a5' }, account: '••• 5678', state: 'given', name: 'สมหญิง ใจดี', at },
  { opens: { account: 'a6' }, account: 'TH-10', state: 'free' },
];

export const ACCOUNT: Faces<Extract<FaceName, `account.${string}`>> = {
  'account.list': {
    paged: { rows, count: 15, page: 1, pages: 3, find: '', search: true, everybody: true, timeZone },
    found: {
      rows: rows.slice(0, 1),
      count: 1,
      page: 1,
      pages: 1,
      find: 'Nok',
      search: true,
      everybody: true,
      timeZone,
    },
    none: { rows: [], count: 0, page: 1, pages: 1, find: '', search: false, everybody: true, timeZone },
    team: {
      rows: rows.filter(({ state }) => state === 'given').map(({ opens: _, ...row }) => row),
      count: 2,
      page: 1,
      pages: 1,
      find: '',
      search: false,
      everybody: false,
      timeZone,
    },
    emptyTeam: { rows: [], count: 0, page: 1, pages: 1, find: '', search: false, everybody: false, timeZone },
  },
  'account.detail': {
    free: { accountId: 'a', account: 'TH-10', state: 'free', changed: { by: 'Ploy', at }, timeZone },
    given: { accountId: 'a', account: 'TH-04', state: 'given', name: 'Nok Suda', since: at, timeZone },
    asked: {
      accountId: 'a',
      account: 'alipay.test.04@lotus-partners.example',
      state: 'given',
      name: long,
      since: at,
      told: { by: long, at },
      ask: { askId: 'k1', at },
      timeZone,
    },
    back: { accountId: 'a', account: 'TH-04', state: 'back', back: { name: long, back: 'gaveBack', at }, timeZone },
    retired: { accountId: 'a', account: 'TH-04', state: 'retired', timeZone },
  },
  'account.request': {
    account: { ...asked, state: 'account', shop: 'Som Tam House', free: { accountId: 'a', name: email } },
    noneFree: { ...asked, state: 'account', shop: 'Som Tam House', opened: true },
    password: { ...asked, name: long, state: 'password', shop: 'The Second Som Tam House of Silom', account: email },
    own: { ...asked, state: 'password', account: 'TH-04', mayAnswer: false, opened: true },
    given: { ...asked, name: long, state: 'given', account: email, given: { by: long, at } },
    over: { ...asked, state: 'over' },
  },
  'account.choose': {
    some: { askId: 'k1', name: 'Nok Suda', free: [{ accountId: 'a', name: 'TH-10' }] },
    none: { askId: 'k1', name: 'Nok Suda', free: [] },
  },
  'account.whom': {
    some: { account: email, people: [{ userId: 'nok', name: 'Nok Suda' }] },
    nobody: { account: 'TH-10', people: [] },
  },
  'account.new': { list: {}, asked: { name: long } },
  'account.sure': {
    takeBack: { accountId: 'a', account: email, change: 'takeBack', name: long },
    retire: { accountId: 'a', account: 'TH-04', change: 'retire', name: '' },
    giveBack: { accountId: 'a', account: 'TH-04', change: 'giveBack', name: 'Nok Suda' },
  },
  'account.returned': {
    gaveBack: { account: email, back: { name: long, back: 'gaveBack', at }, timeZone },
    takenBack: { account: 'TH-04', back: { name: long, back: 'takenBack', at }, timeZone },
    paused: { account: 'TH-04', back: { name: long, back: 'paused', at }, timeZone },
    left: { account: 'TH-04', back: { name: long, back: 'left', at }, timeZone },
    changed: { account: 'TH-04', changed: { by: long, at }, timeZone },
    retired: { account: 'TH-04', timeZone },
  },
  'account.given': {
    fresh: { accountId: 'a', account: 'TH-04', opened: false, timeZone },
    asked: { accountId: 'a', account: 'TH-04', askedAt: at, opened: true, timeZone },
    told: {
      accountId: 'a',
      account: 'alipay.test.04@lotus-partners.example',
      told: { by: long, at },
      opened: false,
      timeZone,
    },
    gone: { accountId: 'a', opened: false, timeZone },
  },
};
