import { present } from '@field/kit/present';
import type { FieldRole } from '../domain/field-roles.ts';
import { isPosmForm, type PosmForm } from '../domain/posm-form.ts';
import { isSpotType, type SpotLabel, type SpotType } from '../domain/spot-label.ts';
import { type FieldName, type StepId, stepOf } from './definition.ts';
import type { AnswerValue, Draft, DraftPhoto, DraftSpot, SpotCode } from './draft.ts';
import { countryOf } from './form.ts';
import { labelsOf, photoIn } from './lookup.ts';
import { canResubmit } from './modification.ts';
import { offer } from './offer.ts';
import { answerAs, fieldThatIs, paysAs, spotAnswerAs, storeStepOf } from './roles.ts';

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
  const storefront = photoAt(draft, 'storefront');
  if (answerAs(draft, 'consent') !== true || !storefront) return undefined;
  return {
    storeId: draft.storeId,
    nameLocal: textAs(draft, 'storeName'),
    address: textAs(draft, 'storeAddress'),
    city: textAs(draft, 'storeCity'),
    countryRegion: countryOf(draft),
    paysWith: textAs(draft, 'paysWith'),
    acceptsOnlyAlipay: paysAs(draft, 'onlyAlipay'),
    managerName: textAs(draft, 'manager'),
    consent: true,
    more: optionalAnswers(draft, storeStepOf(draft)),
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
  const said = (role: FieldRole): AnswerValue | undefined => spotAnswerAs(draft, answers, role);
  const [posmForm, quantity] = [said('posmForm'), said('quantity')];
  if (!label || !context || !closeup || !isSpotType(said('spotType'))) return undefined;
  return present({
    ...label,
    spot: key,
    fixedSecurely: said('fixed') === true,
    code,
    posmForm: isPosmForm(posmForm) ? posmForm : undefined,
    quantity: typeof quantity === 'number' ? quantity : 1,
    context,
    closeup,
  });
}

function merchantOf(draft: Draft): SubmittedMerchant | undefined {
  const step = fieldThatIs(draft, 'contact')?.step.id;
  if (step === undefined || !draft.answers[step]) return undefined;
  return {
    tradingName: textAs(draft, 'tradingName'),
    contactName: textAs(draft, 'contactName'),
    contactPhoneOrEmail: textAs(draft, 'contact'),
    more: optionalAnswers(draft, step),
    licence: photoAt(draft, 'licence'),
  };
}

function optionalAnswers(draft: Draft, step: StepId) {
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

function textAs(draft: Draft, role: FieldRole): string {
  const answer = answerAs(draft, role);
  return typeof answer === 'string' ? answer : '';
}
