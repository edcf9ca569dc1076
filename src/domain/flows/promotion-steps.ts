import type { StepDefinition, StepOrders } from './definition.ts';
import { asked, LONG, more, SHORT } from './fields.ts';

const PAYS_WITH = ['ALIPAY_AND_OTHERS', 'ALIPAY_ONLY', 'NONE_YET'] as const;

const STORE_TYPES = ['STREET', 'MALL_UNIT', 'STALL', 'MOBILE', 'INDOOR_OFFICE'] as const;

/** Plain categories to choose from; the merchant category code (ISO 18245) that each one stands for follows it. */
const STORE_CATEGORIES = [
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

/** Countries and regions with Alipay+ merchants (domain A.8); stores are outside the Chinese mainland (domain A.1). */
const COUNTRY_REGIONS = [
  'TH',
  'SG',
  'MY',
  'HK',
  'MO',
  'KR',
  'JP',
  'PH',
  'ID',
  'VN',
  'LK',
  'KH',
  'LA',
  'TW',
  'AU',
  'NZ',
  'AE',
  'IT',
  'DE',
  'FR',
  'GB',
  'ES',
  'CH',
  'AT',
  'NL',
  'US',
] as const;

/** The guide's step a, of every product: which shop, that it takes Alipay+, that its manager agreed (policy P2, P4). */
export const STORE: StepDefinition = {
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

/** The guide's step c, of every product: the merchant supplement. */
export const MERCHANT: StepDefinition = {
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

/** The guide's step d. */
export const SUMMARY: StepDefinition = { id: 'summary', repeats: false, code: false, fields: [], slots: [] };

/** The guide's steps a to d; the verification of payments is no step of a promotion so far. */
export const ORDERS: StepOrders = {
  DEPLOY_THEN_VERIFY: ['store', 'spots', 'merchant', 'summary'],
  VERIFY_THEN_DEPLOY: ['store', 'spots', 'merchant', 'summary'],
};
