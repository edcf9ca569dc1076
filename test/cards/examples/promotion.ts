import type { JobModel } from '../../../cards/promotion/job.ts';
import type { ItemName } from '../../../cards/review/item-name.ts';
import type { FaceName } from '../../../cards/views.ts';
import type { FormPart, Product, StepId } from '../../../src/domain/flows/definition.ts';
import type { SpotLabel } from '../../../src/domain/spot-label.ts';
import { fieldsOf } from '../../../src/flow/definition.ts';
import { shippedFlow } from '../../support/shipped-programme.ts';
import { parts } from './check-and-submit.ts';
import type { Faces } from './faces.ts';

const cashier: SpotLabel = { spotType: 'CASHIER_COUNTER', number: 1 };
const door: SpotLabel = { spotType: 'ENTRANCE_DOOR', number: 1 };

const at = Date.UTC(2026, 4, 3, 10, 42);
const timeZone = 'Asia/Bangkok';
const shop = 'Baan Coffee';

const job = (step: number, spot?: SpotLabel) => {
  return { product: 'MARKETING_CODE' as const, step, of: 4, shop, spot };
};
const posmJob = (step: number, spot?: SpotLabel) => ({ ...job(step, spot), product: 'PRIMARY_POSM' as const });

/** A form of the flow itself, so that a new field is drawn by these examples too. */
export function flowForm(id: StepId, part: FormPart, firstSpot = true, product: Product = 'MARKETING_CODE') {
  const step = shippedFlow(product).steps.find((found) => found.id === id);
  if (step === undefined) throw new Error(`no step ${id}`);
  return { step: id, fields: fieldsOf(step, part, firstSpot), values: {} };
}

/** Questions behind `More details`. */
const payingJob = { shop, step: 2, percent: 40, notes: [], ofPromotion: { step: 2, of: 5 } } as const;

const MORE = { more: true, photos: [] };

const store = { storeId: 'store1', name: shop, address: 'Silom Rd 12', by: 'Lek', at };
const atCashier = { job: job(2, cashier), spot: cashier, readsCode: true, codesLeft: 1, reopened: false };

/** Both photos of a spot. */
const codeRead = { codeEnd: '8841', codesLeft: 0 };
const kept = (counter: boolean, closeUp: boolean, unread = false) => [
  { slot: 'context', kept: counter, unread: false },
  { slot: 'closeup', kept: closeUp, unread },
];
const posmAtCashier = { ...atCashier, job: posmJob(2, cashier), readsCode: false, codesLeft: 0 };

const toModify = (name: ItemName, ...asks: string[]): JobModel => ({
  ...job(1, name.kind === 'store' ? undefined : door),
  modifies: { name, asks: asks.length > 0 ? asks : undefined },
});
const failedSpot = { kind: 'spot', shop, spot: door } as const;
const failedCode = { kind: 'posm', shop, spot: door, product: 'MARKETING_CODE' } as const;
const failedShop = { kind: 'store', shop } as const;

/** Everything that a promotion asks and says, and what it asks and says where something of one is put right. */
export const PROMOTION_EXAMPLES: Faces<
  Exclude<Extract<FaceName, `promotion.${string}`>, 'promotion.resubmit' | 'promotion.summary' | 'promotion.submitted'>
> = {
  'promotion.intro': {
    marketingCode: { product: 'MARKETING_CODE' },
    primaryPosms: { product: 'PRIMARY_POSM' },
    first: { product: 'MARKETING_CODE', agrees: 1 },
    codes: { product: 'MARKETING_CODE', codes: 12 },
    sites: { product: 'MARKETING_CODE', sites: { left: 12, per: 'month' } },
    lastSite: { product: 'MARKETING_CODE', sites: { left: 1, per: 'quarter' } },
    noSite: { product: 'MARKETING_CODE', sites: { left: 0, per: 'year' } },
  },
  'promotion.held': {
    named: { job: { product: 'MARKETING_CODE', shop: 'Baan Coffee' } },
    unnamed: { job: { product: 'RED_PACKET', shop: '' } },
  },
  'promotion.noSites': { month: { product: 'MARKETING_CODE', agreed: 1_200, per: 'month' } },
  'promotion.policy': {
    marketingCode: {
      product: 'MARKETING_CODE',
      clauses: shippedFlow('MARKETING_CODE').clauses,
      link: 'https://global.alipay.com/policy',
      agrees: { version: 1, isNew: false },
    },
    primaryPosms: {
      product: 'PRIMARY_POSM',
      clauses: shippedFlow('PRIMARY_POSM').clauses,
      link: 'https://global.alipay.com/policy',
      agreed: { at, timeZone },
    },
    newer: {
      product: 'MARKETING_CODE',
      clauses: shippedFlow('MARKETING_CODE').clauses,
      link: 'https://global.alipay.com/policy',
      agrees: { version: 2, isNew: true },
    },
  },
  'promotion.store': {
    first: {
      job: { ...job(1), shop: '' },
      form: flowForm('store', 'main'),
      known: [store],
      further: MORE,
      back: false,
    },
    mistaken: {
      job: job(1),
      form: { ...flowForm('store', 'main'), problems: [{ code: 'tooLong', field: 'address', limit: 200 }] },
      known: [],
      further: MORE,
      back: true,
    },
    blocked: { job: job(1), form: flowForm('store', 'main'), known: [], blocked: true, further: MORE, back: false },
    modify: {
      job: toModify(failedShop, 'store'),
      form: flowForm('store', 'main'),
      known: [],
      further: MORE,
      back: false,
    },
  },
  'promotion.details': {
    store: { job: job(1), form: flowForm('store', 'more') },
    merchant: { job: job(3), form: flowForm('merchant', 'more') },
  },
  'promotion.sameShop': {
    one: { job: job(1), step: 'store', stores: [store], timeZone },
    two: { job: job(1), step: 'store', stores: [store, { ...store, storeId: 'store2' }], timeZone },
  },
  'promotion.photo': {
    empty: { job: job(1), slot: 'storefront', example: 'storefront', kept: false },
    refused: {
      job: { ...job(1), notes: [{ code: 'photoTooBig' }] },
      slot: 'storefront',
      example: 'storefront',
      kept: false,
    },
    kept: { job: job(1), slot: 'storefront', example: 'storefront', kept: true },
    licence: { job: job(3), slot: 'licence', kept: false },
    modify: { job: toModify(failedShop, 'storefront'), slot: 'storefront', example: 'storefront', kept: false },
  },
  'promotion.spot': {
    first: { job: job(2), index: 1, form: flowForm('spots', 'main'), back: false },
    modify: {
      job: toModify(failedSpot, 'spots', 'context'),
      index: 1,
      spot: door,
      form: flowForm('spots', 'main', false),
      back: false,
    },
    reopened: {
      job: job(2, cashier),
      index: 2,
      spot: cashier,
      form: flowForm('spots', 'main', false),
      back: true,
      removable: 's2',
    },
    posm: { job: posmJob(2), index: 1, form: flowForm('spots', 'main', true, 'PRIMARY_POSM'), back: false },
    lastOne: { job: job(2), index: 1, form: flowForm('spots', 'main'), back: false, room: 1 },
    full: { job: job(2), index: 1, form: flowForm('spots', 'main'), back: false, room: 0 },
    posmMistaken: {
      job: posmJob(2),
      index: 1,
      form: {
        ...flowForm('spots', 'main', true, 'PRIMARY_POSM'),
        problems: [
          { code: 'tooHigh', field: 'quantity', limit: 99 },
          { code: 'required', field: 'posmForm' },
        ],
      },
      back: false,
    },
  },
  'promotion.photos': {
    none: { ...atCashier, photos: kept(false, false) },
    counter: { ...atCashier, photos: kept(true, false) },
    second: {
      ...atCashier,
      job: { ...job(2, door), spotAt: { number: 2, of: 3 } },
      spot: door,
      photos: kept(false, false),
    },
    modify: {
      job: toModify(failedSpot, 'closeup'),
      spot: door,
      readsCode: true,
      codesLeft: 1,
      reopened: false,
      photos: kept(true, false),
    },
    modifyCode: {
      job: { ...toModify(failedCode, 'closeup', 'code'), notes: [{ code: 'codeFailed' }] },
      spot: door,
      readsCode: true,
      codesLeft: 1,
      reopened: false,
      photos: kept(true, false),
    },
    closeUp: {
      ...atCashier,
      job: { ...job(2, cashier), notes: [{ code: 'photoKept', slot: 'closeup' }] },
      photos: kept(false, true),
      ...codeRead,
    },
    unreadable: {
      ...atCashier,
      job: { ...job(2, cashier), notes: [{ code: 'codeUnreadable' }] },
      photos: kept(true, true, true),
    },
    firstOfTwo: { ...atCashier, photos: kept(true, true), codeEnd: '8841' },
    bothCodes: { ...atCashier, photos: kept(false, true), codeEnd: '8841, …8842', codesLeft: 0 },
    reopened: { ...atCashier, photos: kept(true, true), ...codeRead, reopened: true },
    closeUpAgain: {
      ...atCashier,
      photos: kept(true, true),
      ...codeRead,
      reopened: true,
      replaces: 'closeup',
    },
    posmNone: { ...posmAtCashier, photos: kept(false, false) },
    posmCounter: { ...posmAtCashier, photos: kept(true, false) },
    posmCloseUp: { ...posmAtCashier, photos: kept(false, true) },
    posmReopened: {
      ...posmAtCashier,
      photos: [
        { slot: 'context', kept: true, unread: false },
        { slot: 'closeup', kept: true, unread: false, place: 'photos:spots:s1:closeup' },
      ],
      reopened: true,
      replaces: 'context',
    },
  },
  'promotion.typeCode': {
    empty: { job: job(2, cashier), spot: cashier, form: { values: {} } },
    foreign: {
      job: job(2, cashier),
      spot: cashier,
      form: { values: { code: 'hello' }, problems: [{ code: 'codeForeign', field: 'code' }] },
    },
  },
  'promotion.twoCodes': {
    two: {
      job: job(2, cashier),
      spot: cashier,
      codes: [
        { codeId: 'ABCDEFGH8841', short: '8841' },
        { codeId: 'ABCDEFGH8842', short: '8842' },
      ],
    },
  },
  'promotion.moveCode': {
    elsewhere: {
      job: job(2, cashier),
      spot: cashier,
      ...codeRead,
      where: { store: 'Baan Coffee', spotType: 'ENTRANCE_DOOR', number: 1, by: 'Lek', at },
      timeZone,
    },
  },
  'promotion.weakPhoto': {
    dark: { job: job(2, cashier), slot: 'closeup', weaknesses: ['dark'] },
    unread: {
      job: { ...job(2, cashier), notes: [{ code: 'codeUnreadable' }] },
      slot: 'closeup',
      weaknesses: ['blurry'],
    },
    storefront: { job: job(1), slot: 'storefront', weaknesses: ['blurry', 'small'] },
  },
  'promotion.step': {
    first: { job: job(3), form: flowForm('merchant', 'main'), further: MORE, back: false },
    afterSpot: {
      job: { ...job(3), notes: [{ code: 'spotDone', spot: cashier, short: '8841' }] },
      form: { ...flowForm('merchant', 'main'), values: { tradingName: 'Baan Coffee' } },
      further: MORE,
      back: true,
    },
    afterPosm: {
      job: { ...posmJob(3), notes: [{ code: 'spotDone', spot: cashier }] },
      form: flowForm('merchant', 'main'),
      further: MORE,
      back: false,
    },
  },
  'promotion.change': {
    modify: {
      job: toModify(failedSpot),
      parts: [
        { place: 'form:spots:s1:main', part: { kind: 'spot', spot: door }, state: 'done' },
        { place: 'photos:spots:s1', part: { kind: 'photos' }, state: 'done' },
      ],
      canAddSpot: false,
    },
    full: {
      job: job(4),
      parts: [parts.store, parts.storefront, parts.cashier, parts.doubtful, parts.merchant],
      canAddSpot: true,
    },
  },
  'promotion.confirmDoubts': { one: { job: job(4), doubts: [parts.doubtful] } },
  'promotion.notPaid': {
    stopped: { job: payingJob, failed: [{ mode: 'MPM', result: 'DECLINED' }], stops: true },
    untried: { job: payingJob, failed: [{ mode: 'UPM', result: 'NOT_ATTEMPTED' }], stops: false },
  },
  'promotion.unpaid': {
    fails: { shop, by: 'Nok', at, timeZone, failed: [{ mode: 'MPM', result: 'DECLINED' }] },
    works: { shop, by: 'Nok', at, timeZone, failed: [] },
  },
  'promotion.discard': { asked: { job: job(2) } },
};
