import { SPOT_TYPES } from '../spot-label.ts';
import type { FieldDefinition, FieldName, FlowDefinition, StepDefinition } from './definition.ts';

export const PAYS_WITH = ['ALIPAY_AND_OTHERS', 'ALIPAY_ONLY', 'NONE_YET'] as const;

export const STORE_TYPES = ['STREET', 'MALL_UNIT', 'STALL', 'MOBILE', 'INDOOR_OFFICE'] as const;

/** Plain categories to choose from; the merchant category code (ISO 18245) that each one stands for follows it. */
export const STORE_CATEGORIES = [
  'RESTAURANT_5812',
  'FAST_FOOD_5814',
  'CONVENIENCE_5499',
  'SUPERMARKET_5411',
  'CLOTHING_5651',
  'COSMETICS_5977',
  'PHARMACY_5912',
  'SOUVENIRS_5947',
  'ELECTRONICS_5732',
  'HOTEL_7011',
  'TRANSPORT_4111',
  'ATTRACTION_7991',
  'OTHER_5999',
] as const;

/** Countries and regions with Alipay+ merchants (domain A.8); stores are outside the Chinese mainland (A.1). */
export const COUNTRY_REGIONS = [
  ...['TH', 'SG', 'MY', 'HK', 'MO', 'KR', 'JP', 'PH', 'ID', 'VN', 'LK', 'KH', 'LA', 'TW', 'AU', 'NZ', 'AE'],
  ...['IT', 'DE', 'FR', 'GB', 'ES', 'CH', 'AT', 'NL', 'US'],
] as const;

const SHORT = 80;
const LONG = 200;

type Extra = Partial<Omit<FieldDefinition, 'name' | 'type' | 'part' | 'required'>>;

/** A field that must be answered, on the step's first form. */
function asked(name: FieldName, type: FieldDefinition['type'], extra: Extra = {}): FieldDefinition {
  return { personal: false, ...extra, name, type, part: 'main', required: true };
}

/** A field behind `More details`. */
function more(name: FieldName, type: FieldDefinition['type'], extra: Extra = {}): FieldDefinition {
  return { personal: false, ...extra, name, type, part: 'more', required: false };
}

const STORE: StepDefinition = {
  id: 'store',
  repeats: false,
  code: false,
  fields: [
    asked('nameLocal', 'text', { maxLength: SHORT }),
    asked('address', 'text', { maxLength: LONG }),
    asked('city', 'text', { maxLength: SHORT }),
    asked('paysWith', 'choice', { options: PAYS_WITH }),
    asked('managerName', 'text', { maxLength: SHORT, personal: true }),
    asked('consent', 'yesNo', { mustAgree: true }),
    more('countryRegion', 'choice', { options: COUNTRY_REGIONS }),
    more('nameEn', 'text', { maxLength: SHORT }),
    more('category', 'choice', { options: STORE_CATEGORIES }),
    more('storeType', 'choice', { options: STORE_TYPES }),
    more('openingHours', 'text', { maxLength: SHORT }),
  ],
  slots: [{ name: 'storefront', required: true, showsCode: false }],
};

const SPOTS: StepDefinition = {
  id: 'spots',
  repeats: true,
  code: true,
  fields: [
    asked('spotType', 'choice', { options: SPOT_TYPES, initial: SPOT_TYPES[0] }),
    asked('fixedSecurely', 'yesNo'),
    asked('howMany', 'number', { min: 1, max: 5, initial: '1', firstSpotOnly: true }),
  ],
  slots: [
    { name: 'context', required: true, showsCode: false },
    { name: 'closeup', required: true, showsCode: true },
  ],
};

const MERCHANT: StepDefinition = {
  id: 'merchant',
  repeats: false,
  code: false,
  fields: [
    asked('tradingName', 'text', { maxLength: SHORT, prefill: { step: 'store', field: 'nameLocal' } }),
    asked('contactName', 'text', {
      maxLength: SHORT,
      personal: true,
      prefill: { step: 'store', field: 'managerName' },
    }),
    asked('contactPhoneOrEmail', 'contact', { maxLength: 254, personal: true }),
    { ...more('registrationNo', 'text', { maxLength: 64, personal: true }), part: 'main' },
    more('legalName', 'text', { maxLength: SHORT }),
    more('brandName', 'text', { maxLength: SHORT }),
    more('branchName', 'text', { maxLength: SHORT }),
    more('acquirerName', 'text', { maxLength: SHORT }),
    more('posProvider', 'text', { maxLength: SHORT }),
    more('website', 'text', { maxLength: LONG }),
  ],
  slots: [{ name: 'licence', required: false, showsCode: false }],
};

const SUMMARY: StepDefinition = { id: 'summary', repeats: false, code: false, fields: [], slots: [] };

/** Promotion of Alipay+ Marketing Codes in a store: the guide's steps a to d. */
export const MARKETING_CODE_FLOW: FlowDefinition = {
  id: 'promotion.marketingCode',
  product: 'MARKETING_CODE',
  orders: {
    DEPLOY_THEN_VERIFY: ['store', 'spots', 'merchant', 'summary'],
    VERIFY_THEN_DEPLOY: ['store', 'spots', 'merchant', 'summary'],
  },
  steps: [STORE, SPOTS, MERCHANT, SUMMARY],
};
