import type { FaceName } from '../../cards/views.ts';
import { ACCOUNT } from './examples/account.ts';
import { ASSOCIATION } from './examples/association.ts';
import { CHECK_AND_SUBMIT } from './examples/check-and-submit.ts';
import { DIGEST_EXAMPLES } from './examples/digest.ts';
import type { Faces } from './examples/faces.ts';
import { HAND_OVER } from './examples/hand-over.ts';
import { INSPECTION } from './examples/inspection.ts';
import { LISTS } from './examples/lists.ts';
import { OWN_FEES } from './examples/own-fees.ts';
import { PHOTOS_EXAMPLES } from './examples/photos.ts';
import { PROMOTION_EXAMPLES } from './examples/promotion.ts';
import { PROMOTION_DATA_EXAMPLES } from './examples/promotion-data.ts';
import { RESULT_EXAMPLES } from './examples/results.ts';
import { REVIEW_EXAMPLES } from './examples/review.ts';
import { STOCK } from './examples/stock.ts';
import { TEAM } from './examples/team.ts';
import { TEAM_FAILED } from './examples/team-failed.ts';
import { TEAM_FEES } from './examples/team-fees.ts';
import { TEAM_STORIES } from './examples/team-stories.ts';

/** What a menu offers. */
const PRODUCTS = ['MARKETING_CODE', 'PRIMARY_POSM'];

const member = { admin: 'Ploy', iso: 'Lotus Partners' };

const TODAY = { now: Date.UTC(2026, 10, 24, 3), timeZone: 'Asia/Bangkok' };

const ASKED_AT = TODAY.now - 3_600_000;
const TALK = {
  name: 'Nok Suda',
  asked: [{ at: ASKED_AT, statement: 'The owner wants two codes. May I?', shop: 'Baan Coffee' }],
  answers: [],
  timeZone: 'Asia/Bangkok',
};
const TALK_ANSWERS = [{ at: ASKED_AT + 600_000, statement: 'Yes, one at each cashier.', to: 1 }];
const ASKED_AGAIN = { at: ASKED_AT + 900_000, statement: 'And at the door?' };
const ASKED_OF_FEE = {
  at: ASKED_AT + 960_000,
  statement: 'Why was it taken back?',
  shop: 'Som Tam House',
  about: { line: 'l1', fee: 'DEPLOYMENT', month: '202611' },
};

/** As long as a shop's name stands in a line (`namedShop`). */
const LONG_SHOP = 'Baan Coffee by the B…';

/** Each view in each of its faces. */
export const EXAMPLES: Faces<FaceName> = {
  ...ASSOCIATION,
  ...TEAM,
  ...DIGEST_EXAMPLES,
  ...HAND_OVER,
  ...INSPECTION,
  ...ACCOUNT,
  ...PHOTOS_EXAMPLES,
  language: { member: { back: true }, stranger: { back: false } },
  'language.offer': {
    open: { offered: 'ja', settled: false },
    chinese: { offered: 'zh-HK', settled: false },
    settled: { offered: 'th', settled: true },
  },
  menu: {
    fresh: { name: 'Nok', products: PRODUCTS, drafts: [], inspections: 2, inCharge: true, ...TODAY },
    resume: {
      name: 'Nok',
      products: PRODUCTS,
      drafts: [{ draftId: 'd1', product: 'MARKETING_CODE', shop: 'Baan Coffee', step: 2, of: 4 }],
      inspections: 0,
      inCharge: false,
      ...TODAY,
    },
    unnamed: {
      name: 'Nok',
      products: PRODUCTS,
      drafts: [{ draftId: 'd1', product: 'MARKETING_CODE', shop: '', step: 1, of: 4 }],
      inspections: 0,
      inCharge: false,
      ...TODAY,
    },
    failed: {
      name: 'Nok',
      products: PRODUCTS,
      drafts: [{ draftId: 'd1', product: 'MARKETING_CODE', shop: 'Nine Mart', step: 2, of: 4 }],
      failures: {
        count: 1,
        onlySpots: true,
        itemRef: 'spot1',
        deadlineAt: TODAY.now + 3 * 86_400_000,
        itemName: { kind: 'spot', shop: 'Baan Coffee', spot: { spotType: 'ENTRANCE_DOOR', number: 1 } },
      },
      inspections: 4,
      inCharge: true,
      ...TODAY,
    },
    failedShops: {
      name: 'Nok',
      products: PRODUCTS,
      drafts: [],
      failures: {
        count: 2,
        onlySpots: false,
        itemRef: 'store1',
        deadlineAt: undefined,
        itemName: { kind: 'store', shop: 'Baan Coffee' },
      },
      inspections: 4,
      inCharge: false,
      ...TODAY,
    },
    failedToday: {
      name: 'Nok',
      products: PRODUCTS,
      drafts: [],
      failures: {
        count: 2,
        onlySpots: true,
        itemRef: 'spot1',
        deadlineAt: TODAY.now + 3_600_000,
        itemName: { kind: 'spot', shop: 'Baan Coffee', spot: { spotType: 'ENTRANCE_DOOR', number: 1 } },
      },
      inspections: 0,
      inCharge: false,
      ...TODAY,
    },
    twoProducts: {
      name: 'Nok',
      products: PRODUCTS,
      drafts: [
        { draftId: 'd1', product: 'MARKETING_CODE', shop: 'Baan Coffee', step: 2, of: 4 },
        { draftId: 'd2', product: 'PRIMARY_POSM', shop: 'Baan Coffee', step: 1, of: 4 },
      ],
      inspections: 0,
      inCharge: false,
      ...TODAY,
    },
  },
  'help.ask': {
    asked: {},
    aboutFee: {
      about: { line: 'l1', fee: 'DEPLOYMENT', month: '202611', name: { kind: 'store', shop: 'Som Tam House' } },
    },
  },
  'help.question': {
    asked: { ...TALK, mayAnswer: true },
    grown: { ...TALK, asked: [...TALK.asked, ASKED_AGAIN], admin: 'Ploy', answers: TALK_ANSWERS, mayAnswer: true },
    answered: { ...TALK, admin: 'Ploy', answers: TALK_ANSWERS, mayAnswer: false },
    aboutFee: { ...TALK, asked: [...TALK.asked, ASKED_OF_FEE], mayAnswer: true },
  },
  'help.answer': { asked: TALK },
  'help.answered': {
    answered: { ...TALK, admin: 'Ploy Rattanakosin', answers: TALK_ANSWERS },
    erased: { ...TALK, admin: '', answers: TALK_ANSWERS },
  },
  help: {
    member: { admin: 'Ploy', iso: 'Lotus Partners', canAsk: true },
    stranger: {},
    moved: { admin: 'Ploy', former: true },
    photos: {
      ...member,
      here: {
        shop: 'The Very Long Name of a Coffee House',
        spot: { spotType: 'CASHIER_COUNTER', number: 1 },
        wants: { kind: 'photos', product: 'MARKETING_CODE', slots: ['context', 'closeup'] },
        goOn: { draft: 'd1' },
      },
    },
    front: {
      ...member,
      here: {
        shop: 'Baan Coffee',
        wants: { kind: 'photos', product: 'MARKETING_CODE', slots: ['storefront'] },
        goOn: { draft: 'd1' },
      },
    },
    form: { ...member, here: { shop: '', wants: { kind: 'form', step: 'store' }, goOn: { draft: 'd1' } } },
    inspection: { ...member, here: { shop: 'Som Tam House', wants: { kind: 'spotPhoto' }, goOn: { task: 't1' } } },
    cannot: { ...member, here: { shop: 'Som Tam House', wants: { kind: 'cannotPhoto' }, goOn: { task: 't1' } } },
    paid: { ...member, here: { shop: 'Som Tam House', wants: { kind: 'paymentPhoto' }, goOn: { task: 't1' } } },
    appeal: { ...member, here: { shop: 'Baan Coffee', wants: { kind: 'appeal' }, goOn: { item: 'i1' } } },
  },
  'help.photos': {
    all: {
      examples: [
        { slot: 'storefront', example: 'storefront' },
        { slot: 'closeup', example: 'closeup' },
      ],
    },
  },
  line: {
    finish: { key: 'line.finishForm' },
    photos: { key: 'line.photosKeptFinishForm', args: { count: 2 } },
    continued: { key: 'folded.continued' },
    continuedOfSpot: { key: 'folded.continued', asked: { title: 'Step 2 of 4 · Cashier 1', about: LONG_SHOP } },
    continuedOfList: { key: 'folded.continued', asked: { title: 'Help' } },
    photosFor: { key: 'line.photosKeptFor', args: { count: 12, shop: LONG_SHOP } },
    foldedPhotosFor: {
      key: 'folded.photosKeptFor',
      args: { count: 12, shop: LONG_SHOP },
      asked: { title: 'Step 2 of 4 · Storefront photo', about: LONG_SHOP },
    },
    cameLate: { key: 'line.photoCameLate', args: { count: 12, shop: LONG_SHOP, named: 'yes' } },
    cameLateUnnamed: { key: 'line.photoCameLate', args: { count: 1, shop: '', named: 'no' } },
    needsShop: { key: 'line.photoNeedsShop' },
    notTaken: { key: 'line.photoNotTaken', args: { shop: LONG_SHOP, named: 'yes' } },
    notTakenUnnamed: { key: 'line.photoNotTaken', args: { shop: '', named: 'no' } },
    submitted: { key: 'line.photoTooLate', args: { shop: LONG_SHOP, named: 'yes', how: 'submitted' } },
    discarded: { key: 'line.photoTooLate', args: { shop: '', named: 'no', how: 'discarded' } },
    over: { key: 'line.photoTooLate', args: { shop: LONG_SHOP, named: 'yes', how: 'over' } },
  },
  notice: {
    suspended: { kind: 'suspended', name: 'Ploy' },
    nobody: { kind: 'suspended' },
    leaving: { kind: 'suspended', name: 'Ploy', leaves: 'Lotus Partners' },
    oldCard: { kind: 'oldCard' },
    othersCard: { kind: 'othersCard', name: 'Lek' },
    unsafe: { kind: 'unsafe' },
    checking: { kind: 'checking' },
    trouble: { kind: 'trouble' },
  },
  ...PROMOTION_EXAMPLES,
  ...CHECK_AND_SUBMIT,
  ...TEAM_FAILED,
  ...TEAM_FEES,
  ...TEAM_STORIES,
  ...LISTS,
  ...STOCK,
  ...OWN_FEES,
  ...REVIEW_EXAMPLES,
  ...RESULT_EXAMPLES,
  ...PROMOTION_DATA_EXAMPLES,
};
