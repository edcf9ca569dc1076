/** What a rule of ours needs to know of an answer: not what a programme calls its field, but what it is. */
export const FIELD_ROLES = [
  'storeName',
  'storeAddress',
  'storeCity',
  'country',
  'paysWith',
  'manager',
  'consent',
  'category',
  'openingHours',
  'spotType',
  'posmForm',
  'quantity',
  'fixed',
  'howMany',
  'tradingName',
  'contactName',
  'contact',
  'registration',
] as const;
export type FieldRole = (typeof FIELD_ROLES)[number];

/** How a field is answered. */
export const FIELD_TYPES = ['text', 'choice', 'choices', 'yesNo', 'number', 'phone', 'contact', 'date'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** The types that a field of each role may have: what rules can read. */
export const TYPES_OF_ROLE: Readonly<Record<FieldRole, readonly FieldType[]>> = {
  storeName: ['text'],
  storeAddress: ['text'],
  storeCity: ['text'],
  country: ['choice'],
  paysWith: ['choice'],
  manager: ['text'],
  consent: ['yesNo'],
  category: ['choice'],
  openingHours: ['text'],
  spotType: ['choice'],
  posmForm: ['choice'],
  quantity: ['number'],
  fixed: ['yesNo'],
  howMany: ['number'],
  tradingName: ['text'],
  contactName: ['text'],
  contact: ['contact', 'phone'],
  registration: ['text'],
};

/** What a rule needs to know of one answer among several. */
export const OPTION_ROLES = ['notAccepting', 'onlyAlipay'] as const;
export type OptionRole = (typeof OPTION_ROLES)[number];

/** Whose options may have a role: it says something about what the shop takes. */
export const ROLE_WITH_OPTION_ROLES: FieldRole = 'paysWith';
