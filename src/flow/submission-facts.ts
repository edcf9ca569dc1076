import { present } from '@field/kit/present';
import { isPosmForm, type PosmForm } from '../domain/posm-form.ts';
import { isSpotType, type SpotLabel, type SpotType } from '../domain/spot-label.ts';
import { type FieldName, stepOf } from './definition.ts';
import type { AnswerValue, Draft, DraftPhoto, DraftSpot, SpotCode } from './draft.ts';
import { countryOf } from './form.ts';
import { labelsOf, photoIn } from './lookup.ts';
import { canResubmit } from './modification.ts';
import { offer } from './offer.ts';

/** What a submitted revision contains: plain, complete, checked. */
export interface Submission {
  readonly store: SubmittedStore;
  readonly spots: readonly SubmittedSpot[];
  readonly merchant: SubmittedMerchant;
  /** Every photo in it, each once, with what it shows. */
  readonly photos: readonly SubmittedPhoto[];
}

export interface SubmittedStore {
  /** The known shop that was chosen. */
  readonly storeId: string | undefined;
  readonly nameLocal: string;
  readonly address: string;
  readonly city: string;
  readonly countryRegion: string;
  readonly paysWith: string;
  readonly acceptsOnlyAlipay: boolean;
  readonly managerName: string;
  readonly consent: true;
  /** Answers to optional questions, by field. */
  readonly more: Readonly<Partial<Record<FieldName, AnswerValue>>>;
  readonly storefront: SubmittedPhoto;
}

export interface SubmittedSpot extends SpotLabel {
  /** The spot's key in the draft. */
  readonly spot: string;
  readonly spotType: SpotType;
  readonly fixedSecurely: boolean;
  /** Of a product with codes only (domain A.12-2). */
  readonly code?: SpotCode | undefined;
  /** Of a product that comes in several forms. */
  readonly posmForm?: PosmForm | undefined;
  /** How many stand there; 1 where that is not asked. */
  readonly quantity: number;
  readonly context: SubmittedPhoto;
  readonly closeup: SubmittedPhoto;
}

export interface SubmittedMerchant {
  readonly tradingName: string;
  readonly contactName: string;
  readonly contactPhoneOrEmail: string;
  readonly more: Readonly<Partial<Record<FieldName, AnswerValue>>>;
  readonly licence: SubmittedPhoto | undefined;
}

export interface SubmittedPhoto {
  readonly photoId: string;
  readonly sha256: string;
  /** When it was sent, milliseconds. */
  readonly at: number;
}

/** The submission that a draft makes; undefined while something is missing. Violations are the caller's to refuse. */
export function toSubmission(draft: Draft): Submission | undefined {
  if (offer(draft).missing.length > 0) return undefined;
  const store = storeOf(draft);
  const spots = spotsOf(draft);
  const merchant = merchantOf(draft);
  if (!store || !spots || !merchant) return undefined;
  const photos = [store.storefront, ...spots.flatMap(({ context, closeup }) => [context, closeup])];
  return { store, spots, merchant, photos: merchant.licence ? [...photos, merchant.licence] : photos };
}

/** A store with its business as a modification leaves it; undefined while something is missing. */
export function toRevisedStore(draft: Draft): Pick<Submission, 'store' | 'merchant'> | undefined {
  const [store, merchant] = [storeOf(draft), merchantOf(draft)];
  return canResubmit(draft) && store && merchant ? { store, merchant } : undefined;
}

/** A spot with what stands there as a modification of either leaves it; undefined while something is missing. */
export function toRevisedSpot(draft: Draft): SubmittedSpot | undefined {
  return canResubmit(draft) ? spotsOf(draft)?.[0] : undefined;
}

function storeOf(draft: Draft): SubmittedStore | undefined {
  const answers = draft.answers.store ?? {};
  const storefront = photoAt(draft, 'storefront');
  if (answers.consent !== true || !storefront) return undefined;
  const paysWith = textOf(answers.paysWith);
  return {
    storeId: draft.storeId,
    nameLocal: textOf(answers.nameLocal),
    address: textOf(answers.address),
    city: textOf(answers.city),
    countryRegion: countryOf(draft),
    paysWith,
    acceptsOnlyAlipay: paysWith === 'ALIPAY_ONLY',
    managerName: textOf(answers.managerName),
    consent: true,
    more: optionalAnswers(draft, 'store'),
    storefront,
  };
}

function spotsOf(draft: Draft): readonly SubmittedSpot[] | undefined {
  const labels = labelsOf(draft);
  const spots = draft.spots.map((spot, index) => submittedSpot(draft, spot, labels[index]));
  return spots.every((spot) => spot !== undefined) ? spots : undefined;
}

function submittedSpot(draft: Draft, { key, answers, code }: DraftSpot, label: SpotLabel | undefined) {
  const context = photoAt(draft, 'context', key);
  const closeup = photoAt(draft, 'closeup', key);
  if (!label || !context || !closeup || !isSpotType(answers.spotType)) return undefined;
  return present({
    ...label,
    spot: key,
    fixedSecurely: answers.fixedSecurely === true,
    code,
    posmForm: isPosmForm(answers.posmForm) ? answers.posmForm : undefined,
    quantity: typeof answers.quantity === 'number' ? answers.quantity : 1,
    context,
    closeup,
  });
}

function merchantOf(draft: Draft): SubmittedMerchant | undefined {
  const answers = draft.answers.merchant;
  if (!answers) return undefined;
  return {
    tradingName: textOf(answers.tradingName),
    contactName: textOf(answers.contactName),
    contactPhoneOrEmail: textOf(answers.contactPhoneOrEmail),
    more: optionalAnswers(draft, 'merchant'),
    licence: photoAt(draft, 'licence'),
  };
}

function optionalAnswers(draft: Draft, step: 'store' | 'merchant') {
  const optional = new Set<string>(stepOf(draft, step).fields.flatMap((field) => (field.required ? [] : [field.name])));
  const answers = Object.entries(draft.answers[step] ?? {});
  return Object.fromEntries(answers.filter(([name, value]) => optional.has(name) && value !== undefined));
}

function photoAt(draft: Draft, name: 'storefront' | 'context' | 'closeup' | 'licence', spot?: string) {
  const photo = photoIn(draft, spot === undefined ? { name } : { name, spot });
  return photo && submittedPhoto(photo);
}

function submittedPhoto({ photoId, kept, at }: DraftPhoto): SubmittedPhoto | undefined {
  return kept && { photoId, sha256: kept.sha256, at };
}

function textOf(value: AnswerValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
