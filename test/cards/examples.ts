import type { ViewModels, ViewName } from '../../cards/registry.ts';
import type { FormPart, StepId } from '../../src/domain/flows/definition.ts';
import { MARKETING_CODE_FLOW } from '../../src/domain/flows/marketing-code.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { fieldsOf } from '../../src/flow/definition.ts';

export const cashier: SpotLabel = { spotType: 'CASHIER_COUNTER', number: 1 };
export const door: SpotLabel = { spotType: 'ENTRANCE_DOOR', number: 1 };

const at = Date.UTC(2026, 4, 3, 10, 42);
const timeZone = 'Asia/Bangkok';
const job = (step: number, spot?: SpotLabel) => ({ step, of: 4, shop: 'Baan Coffee', ...(spot && { spot }) });

/** A form of the flow itself, so that a new field is drawn by these examples too. */
export function flowForm(id: StepId, part: FormPart, firstSpot = true) {
  const step = MARKETING_CODE_FLOW.steps.find((found) => found.id === id);
  if (step === undefined) throw new Error(`no step ${id}`);
  return { step: id, fields: fieldsOf(step, part, firstSpot), values: {} };
}

type Examples = { readonly [Name in ViewName]: Readonly<Record<string, ViewModels[Name]>> };

const parts = {
  store: { place: 'store', part: 'store', state: 'done' },
  storefront: { place: 'storefront', part: 'storefront', state: 'done' },
  cashier: { place: 's1', part: 'spot', spot: cashier, state: 'done' },
  doubtful: { place: 's2', part: 'spot', spot: door, state: 'doubt', reason: 'notFixed' },
  lacking: { place: 's2', part: 'spot', spot: door, state: 'missing', reason: 'closeup' },
  merchant: { place: 'merchant', part: 'merchant', state: 'done' },
} as const;

const request = { name: 'Nok Suda', phone: '+66812344821', at, timeZone } as const;
const store = { storeId: 'store1', name: 'Baan Coffee', address: 'Silom Rd 12', by: 'Lek', at };

/** Each view in each of its faces. */
export const EXAMPLES: Examples = {
  'association.join': {
    empty: { values: { name: 'Nok' } },
    mistaken: {
      values: { isoEmail: 'demo', name: 'Nok', phone: '12' },
      problems: [{ field: 'isoEmail', code: 'notAnEmail' }],
    },
  },
  'association.sent': { waiting: { isoEmail: 'demo@iso.example' } },
  'association.rejected': { byCode: { reason: 'WRONG_NAME' }, byWords: { reason: '[smile] Ask *Ploy*' }, silent: {} },
  'association.request': {
    pending: { ...request, state: 'PENDING' },
    asking: { ...request, state: 'PENDING', askingReason: true },
    approved: { ...request, state: 'ACTIVE', decidedBy: 'Ploy', decidedAt: at },
    rejected: { ...request, state: 'REJECTED', decidedBy: 'Ploy', decidedAt: at, reason: 'NOT_STAFF' },
    withdrawn: { ...request, state: 'WITHDRAWN' },
    expired: { ...request, state: 'EXPIRED' },
  },
  language: { member: { back: true }, stranger: { back: false } },
  menu: {
    fresh: { name: 'Nok', drafts: [] },
    resume: { name: 'Nok', drafts: [{ draftId: 'd1', shop: 'Baan Coffee', step: 2, of: 4 }] },
    unnamed: { name: 'Nok', drafts: [{ draftId: 'd1', shop: '', step: 1, of: 4 }] },
  },
  help: { member: { admin: 'Ploy' }, stranger: {} },
  line: { finish: { key: 'line.finishForm' }, photos: { key: 'line.photosKeptFinishForm', args: { count: 2 } } },
  folded: { storefront: { key: 'folded.continued' }, continued: { key: 'folded.continued' } },
  notice: {
    suspended: { kind: 'suspended', name: 'Ploy' },
    nobody: { kind: 'suspended' },
    oldCard: { kind: 'oldCard' },
    othersCard: { kind: 'othersCard', name: 'Lek' },
    limit: { kind: 'limit', name: 'Ploy' },
    checking: { kind: 'checking' },
    trouble: { kind: 'trouble' },
  },
  'promotion.intro': { marketingCode: { product: 'MARKETING_CODE' } },
  'promotion.policy': { marketingCode: { product: 'MARKETING_CODE' } },
  'promotion.store': {
    first: {
      job: { ...job(1), shop: '' },
      form: flowForm('store', 'main'),
      known: [store],
      more: true,
      back: false,
    },
    mistaken: {
      job: job(1),
      form: { ...flowForm('store', 'main'), problems: [{ code: 'tooLong', field: 'address', limit: 200 }] },
      known: [],
      more: true,
      back: true,
    },
    blocked: { job: job(1), form: flowForm('store', 'main'), known: [], blocked: true, more: true, back: false },
  },
  'promotion.details': {
    store: { job: job(1), form: flowForm('store', 'more'), of: 'store' },
    merchant: { job: job(3), form: flowForm('merchant', 'more'), of: 'merchant' },
  },
  'promotion.sameShop': {
    one: { job: job(1), stores: [store], timeZone },
    two: { job: job(1), stores: [store, { ...store, storeId: 'store2' }], timeZone },
  },
  'promotion.storefront': {
    empty: { job: job(1), slot: 'storefront', kept: false },
    refused: { job: { ...job(1), notes: [{ code: 'photoTooBig' }] }, slot: 'storefront', kept: false },
    kept: { job: job(1), slot: 'storefront', kept: true },
    licence: { job: job(3), slot: 'licence', kept: false },
  },
  'promotion.spot': {
    first: { job: job(2), index: 1, form: flowForm('spots', 'main'), back: false },
    reopened: {
      job: job(2, cashier),
      index: 2,
      spot: cashier,
      form: flowForm('spots', 'main', false),
      back: true,
      removable: 's2',
    },
  },
  'promotion.photos': {
    none: { job: job(2, cashier), spot: cashier, counter: false, closeUp: false, reopened: false },
    counter: { job: job(2, cashier), spot: cashier, counter: true, closeUp: false, reopened: false },
    closeUp: {
      job: { ...job(2, cashier), notes: [{ code: 'photoKept', slot: 'closeup' }] },
      spot: cashier,
      counter: false,
      closeUp: true,
      codeEnd: '8841',
      reopened: false,
    },
    unreadable: {
      job: { ...job(2, cashier), notes: [{ code: 'codeUnreadable' }] },
      spot: cashier,
      counter: true,
      closeUp: true,
      reopened: false,
    },
    reopened: { job: job(2, cashier), spot: cashier, counter: true, closeUp: true, codeEnd: '8841', reopened: true },
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
      codeEnd: '8841',
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
  'promotion.merchant': {
    first: { job: job(3), form: flowForm('merchant', 'main'), back: false },
    afterSpot: {
      job: { ...job(3), notes: [{ code: 'spotDone', spot: cashier, short: '8841' }] },
      form: { ...flowForm('merchant', 'main'), values: { tradingName: 'Baan Coffee' } },
      back: true,
    },
  },
  'promotion.summary': {
    ready: { job: job(4), parts: [parts.store, parts.storefront, parts.cashier, parts.merchant], canSubmit: true },
    doubt: { job: job(4), parts: [parts.store, parts.cashier, parts.doubtful, parts.merchant], canSubmit: true },
    missing: { job: job(4), parts: [parts.store, parts.cashier, parts.lacking, parts.merchant], canSubmit: false },
  },
  'promotion.change': {
    full: {
      job: job(4),
      parts: [parts.store, parts.storefront, parts.cashier, parts.doubtful, parts.merchant],
      canAddSpot: true,
    },
  },
  'promotion.confirmDoubts': { one: { job: job(4), doubts: [parts.doubtful] } },
  'promotion.submitted': {
    fresh: {
      number: 'P-7K3M',
      shop: 'Baan Coffee',
      spots: [
        { spot: cashier, codeEnd: '8841' },
        { spot: door, codeEnd: '8842' },
      ],
      resultsFrom: Date.UTC(2026, 10, 24, 1),
      timeZone: 'Asia/Shanghai',
    },
    opened: {
      number: 'P-7K3M',
      shop: 'Baan Coffee',
      spots: [{ spot: cashier, codeEnd: '8841' }],
      resultsFrom: Date.UTC(2026, 10, 24, 1),
      timeZone: 'Asia/Shanghai',
      opened: true,
    },
  },
  'promotion.discard': { asked: { job: job(2) } },
};
