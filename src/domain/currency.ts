/** The money of the countries and regions where the programme is (domain A.8), ISO 3166-1 to ISO 4217. */
const CURRENCIES: Readonly<Record<string, string>> = {
  AE: 'AED',
  AU: 'AUD',
  CH: 'CHF',
  DE: 'EUR',
  ES: 'EUR',
  FR: 'EUR',
  GB: 'GBP',
  HK: 'HKD',
  ID: 'IDR',
  IT: 'EUR',
  JP: 'JPY',
  KH: 'KHR',
  KR: 'KRW',
  LK: 'LKR',
  MO: 'MOP',
  MY: 'MYR',
  NZ: 'NZD',
  PH: 'PHP',
  SG: 'SGD',
  TH: 'THB',
  TW: 'TWD',
  US: 'USD',
  VN: 'VND',
};

/** What people pay with there; undefined where we do not know. */
export function currencyOf(countryRegion: string): string | undefined {
  return Object.hasOwn(CURRENCIES, countryRegion) ? CURRENCIES[countryRegion] : undefined;
}
