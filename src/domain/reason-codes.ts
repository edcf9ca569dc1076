/** What a person may do about a failure: send it again with what was wrong put right, or say why the decision is wrong. */
export const REMEDIES = ['MODIFY', 'APPEAL', 'NONE'] as const;
export type Remedy = (typeof REMEDIES)[number];

/** What a reason asks to be done again; `Modify` asks for this and nothing else. */
export type ModifyPart =
  | 'storeForm'
  | 'consent'
  | 'storefront'
  | 'merchantForm'
  | 'spotForm'
  | 'context'
  | 'closeup'
  | 'code'
  | 'inspection';

/** What of a promotion can be asked for again. */
export type PromotionPart = Exclude<ModifyPart, 'inspection'>;

export type ReasonScope = 'store' | 'spot' | 'posm' | 'inspection' | 'iso' | 'any';

interface Reason {
  readonly scope: ReasonScope;
  /** Advised first; the other way stays open unless a row says otherwise. */
  readonly remedy: Remedy;
  /** The clause of the deployment policy behind it. */
  readonly policy?: string | undefined;
  readonly asks: readonly ModifyPart[];
}

const store = (remedy: Remedy, policy: string, ...asks: ModifyPart[]): Reason => ({
  scope: 'store',
  remedy,
  policy,
  asks,
});
const spot = (remedy: Remedy, policy: string, ...asks: ModifyPart[]): Reason => ({
  scope: 'spot',
  remedy,
  policy,
  asks,
});
const posm = (policy: string, ...asks: ModifyPart[]): Reason => ({ scope: 'posm', remedy: 'MODIFY', policy, asks });
const inspection = (policy: string): Reason => ({
  scope: 'inspection',
  remedy: 'MODIFY',
  policy,
  asks: ['inspection'],
});

/** Why something failed the review (domain A.10). The texts are `reviewReason.<code>`. */
export const REASONS = {
  STORE_NAME_MISMATCH: store('MODIFY', 'P4', 'storeForm'),
  STORE_ADDRESS_INCOMPLETE: store('MODIFY', 'P4', 'storeForm'),
  STORE_ADDRESS_MISMATCH: store('MODIFY', 'P4', 'storeForm'),
  STORE_CATEGORY_WRONG: store('MODIFY', 'P4', 'storeForm'),
  STOREFRONT_BLURRY: store('MODIFY', 'P5', 'storefront'),
  STOREFRONT_NIGHT: store('MODIFY', 'P5', 'storefront'),
  STOREFRONT_SIGN_CUT: store('MODIFY', 'P5', 'storefront'),
  STOREFRONT_SCREENSHOT: store('MODIFY', 'P5', 'storefront'),
  STOREFRONT_WRONG_STORE: store('MODIFY', 'P5', 'storefront'),
  STORE_DUPLICATE: store('APPEAL', 'P7', 'storeForm'),
  STORE_NOT_REAL: store('APPEAL', 'P4', 'storeForm', 'storefront'),
  STORE_CLOSED_DOWN: store('APPEAL', 'P4', 'storefront'),
  STORE_NOT_ACCEPTING_ALIPAYPLUS: store('APPEAL', 'P4', 'storeForm'),
  STORE_OUT_OF_SCOPE_REGION: store('NONE', 'FEE', 'storeForm'),
  CONSENT_MISSING: store('MODIFY', 'P2', 'consent'),
  MERCHANT_INFO_INCOMPLETE: store('MODIFY', '', 'merchantForm'),
  MERCHANT_REGISTRATION_MISMATCH: store('MODIFY', '', 'merchantForm'),
  SPOT_PHOTO_BLURRY: spot('MODIFY', 'P5', 'closeup'),
  SPOT_PHOTO_NO_CONTEXT: spot('MODIFY', 'P5', 'context'),
  SPOT_PHOTO_POSM_NOT_VISIBLE: spot('MODIFY', 'P5', 'context', 'closeup'),
  SPOT_PHOTO_REUSED: spot('APPEAL', 'P7', 'context', 'closeup'),
  SPOT_PHOTO_EDITED: spot('APPEAL', 'P7', 'context', 'closeup'),
  SPOT_NOT_PROMINENT: spot('MODIFY', 'P3', 'spotForm', 'context'),
  SPOT_NOT_FIXED: spot('MODIFY', 'P3', 'spotForm', 'context'),
  SPOT_OBSTRUCTED: spot('MODIFY', 'P3', 'context', 'closeup'),
  SPOT_EXCESSIVE_IN_STORE: spot('NONE', 'P7'),
  SPOT_ALREADY_COVERED: spot('APPEAL', 'P7', 'context'),
  CODE_UNREADABLE: posm('P5', 'closeup', 'code'),
  CODE_NOT_IN_PHOTO: posm('P5', 'closeup', 'code'),
  CODE_ALREADY_BOUND: posm('P7', 'closeup', 'code'),
  CODE_NOT_OF_ISO: posm('P7', 'closeup', 'code'),
  CODE_VOID: posm('P7', 'closeup', 'code'),
  POSM_WRONG_PRODUCT: posm('', 'spotForm', 'closeup'),
  POSM_OUTDATED_DESIGN: posm('', 'closeup'),
  PAYMENT_MPM_FAILED: inspection('P4'),
  PAYMENT_UPM_FAILED: inspection('P4'),
  PAYMENT_PROOF_MISSING: inspection('P4'),
  INSPECTION_NOT_FOUND: spot('APPEAL', 'P6', 'context', 'closeup'),
  INSPECTION_DAMAGED: spot('APPEAL', 'P6', 'context', 'closeup'),
  INSPECTION_MOVED: spot('APPEAL', 'P6', 'spotForm', 'context'),
  INSPECTION_CODE_MISMATCH: spot('APPEAL', 'P6', 'closeup', 'code'),
  INSPECTION_FEEDBACK_INCOMPLETE: inspection(''),
  INSPECTION_PHOTO_INVALID: inspection(''),
  QUOTA_EXCEEDED: { scope: 'iso', remedy: 'NONE', policy: 'P1', asks: [] },
  FRAUD_SUSPECTED: { scope: 'any', remedy: 'APPEAL', policy: 'P4, P7', asks: [] },
  OTHER: { scope: 'any', remedy: 'APPEAL', asks: [] },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof REASONS;

/** Whether it is said of the code that stands there that it must not: another one is needed. */
export function forbidsCode(reason: string): boolean {
  return reason === 'CODE_ALREADY_BOUND' || reason === 'CODE_NOT_OF_ISO' || reason === 'CODE_VOID';
}

/** A code that nobody knows here is taken as OTHER; its own words are kept beside it (domain A.10). */
export function reasonOf(code: string): { readonly code: ReasonCode } & Reason {
  const known: ReasonCode = isReasonCode(code) ? code : 'OTHER';
  return { code: known, ...REASONS[known] };
}

export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASONS, code);
}

/** What a failed item offers: the way that is advised first, and the other one. Only a row's own `remedy` takes one away. */
export function remediesFor(codes: readonly string[], explicit?: Remedy): readonly Exclude<Remedy, 'NONE'>[] {
  if (explicit === 'NONE') return [];
  if (explicit !== undefined) return [explicit];
  const [first] = codes;
  const advised = first === undefined ? 'APPEAL' : reasonOf(first).remedy;
  return advised === 'MODIFY' ? ['MODIFY', 'APPEAL'] : ['APPEAL', 'MODIFY'];
}
