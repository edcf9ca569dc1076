import { present } from '@field/kit/present';
import type { FieldRole } from '../domain/field-roles.ts';
import type { HandedOverDoubt, PolicyLimits } from '../domain/policy.ts';
import type { SpotLabel } from '../domain/spot-label.ts';
import { codesOf, isAmong, isCloseupOf } from './codes-at.ts';
import type { FieldDefinition, SlotName, StepDefinition } from './definition.ts';
import type { Answers, AnswerValue, Draft, DraftSpot, SpotCode } from './draft.ts';
import { countryOf } from './form.ts';
import { codesIn, labelsOf, photoIn } from './lookup.ts';
import { canResubmit } from './modification.ts';
import { offer } from './offer.ts';
import { answerAs, fieldThatIs, paysAs, spotAnswerAs, storeStepOf } from './roles.ts';
import { slotAt } from './screens.ts';
import { type SubmittedDoubts, submittedDoubts } from './submitted-doubts.ts';

/** What a submitted revision contains: plain, complete, checked. */
export interface Submission {
  readonly store: SubmittedStore;
  readonly spots: readonly SubmittedSpot[];
  /** Of a product that asks for it. */
  readonly merchant?: SubmittedMerchant | undefined;
}

/** What is not asked is absent. */
export interface SubmittedStore {
  /** The known shop that was chosen. */
  readonly storeId: string | undefined;
  readonly nameLocal: string;
  readonly address?: string | undefined;
  readonly city?: string | undefined;
  readonly countryRegion: string;
  readonly paysWith?: string | undefined;
  readonly acceptsOnlyAlipay: boolean;
  readonly managerName?: string | undefined;
  readonly consent?: true | undefined;
  /** Answers to all other questions of steps that come once, but for those of the merchant, by field. */
  readonly more: Answers;
  /** Of every step that comes once. */
  readonly photos: readonly SubmittedPhoto[];
  readonly doubts: readonly HandedOverDoubt[];
}

export interface SubmittedSpot extends SpotLabel {
  /** The spot's key in the draft. */
  readonly spot: string;
  readonly fixedSecurely?: boolean | undefined;
  /** Of a product with codes only (domain A.12-2). */
  readonly codes: readonly SubmittedCode[];
  /** Of a product that comes in several forms. */
  readonly posmForm?: string | undefined;
  /** How many stand there; 1 where that is not asked. */
  readonly quantity: number;
  /** Answers to all other questions about the place, and about what stands there, by field. */
  readonly more: Answers;
  readonly morePosm: Answers;
  /** Those of the place before those of what stands there. */
  readonly photos: readonly SubmittedPhoto[];
  /** What is in doubt of the place, and of what stands there. */
  readonly doubts: readonly HandedOverDoubt[];
  readonly doubtsOfPosm: readonly HandedOverDoubt[];
}

/** A code as it stands at a spot, and the close-up in which it was read; of one that was typed, the first. */
export interface SubmittedCode extends SpotCode {
  readonly photoId: string;
}

export interface SubmittedMerchant {
  readonly tradingName?: string | undefined;
  readonly contactName?: string | undefined;
  readonly contactPhoneOrEmail?: string | undefined;
  readonly more: Answers;
}

export interface SubmittedPhoto {
  readonly slot: SlotName;
  /** Whether it shows what stands at the spot, not the place. */
  readonly ofPosm: boolean;
  /** Whether the promotion could not be without it: then it backs what it was taken for. */
  readonly required: boolean;
  /** The one in which the code is read. */
  readonly showsCode: boolean;
  readonly photoId: string;
  readonly sha256: string;
  /** When it was sent, milliseconds. */
  readonly at: number;
}

/** What a line says of a store by names of its own, whatever the programme calls the field. */
const OF_STORE: readonly FieldRole[] = ['storeName', 'storeAddress', 'storeCity', 'paysWith', 'manager', 'consent'];
const OF_MERCHANT: readonly FieldRole[] = ['tradingName', 'contactName', 'contact'];
const OF_SPOT: readonly FieldRole[] = ['spotType', 'fixed', 'howMany', 'posmForm', 'quantity'];

/** The submission that a draft makes; undefined while something is missing. Violations are the caller's to refuse. */
export function toSubmission(draft: Draft, limits?: PolicyLimits): Submission | undefined {
  if (offer(draft).missing.length > 0) return undefined;
  return { store: storeOf(draft, limits), spots: spotsOf(draft), merchant: merchantOf(draft) };
}

/** A store with its business as a modification leaves it; undefined while something is missing. */
export function toRevisedStore(draft: Draft): Pick<Submission, 'store' | 'merchant'> | undefined {
  return canResubmit(draft) ? { store: storeOf(draft), merchant: merchantOf(draft) } : undefined;
}

/** A spot with what stands there as a modification of either leaves it; undefined while something is missing. */
export function toRevisedSpot(draft: Draft): SubmittedSpot | undefined {
  return canResubmit(draft) ? spotsOf(draft)[0] : undefined;
}

function storeOf(draft: Draft, limits?: PolicyLimits): SubmittedStore {
  const once = draft.flow.steps.filter(({ repeats }) => !repeats);
  const merchant = merchantStepOf(draft);
  const others = once.filter((step) => step !== merchant);
  return {
    storeId: draft.storeId,
    nameLocal: textAs(draft, 'storeName') ?? '',
    address: textAs(draft, 'storeAddress'),
    city: textAs(draft, 'storeCity'),
    countryRegion: countryOf(draft),
    paysWith: textAs(draft, 'paysWith'),
    acceptsOnlyAlipay: paysAs(draft, 'onlyAlipay'),
    managerName: textAs(draft, 'manager'),
    consent: answerAs(draft, 'consent') === true ? true : undefined,
    more: Object.assign({}, ...others.map((step) => otherAnswers(draft.answers[step.id], step))),
    photos: once.flatMap((step) => photosOf(draft, step)),
    doubts: submittedDoubts(draft, limits).store,
  };
}

function spotsOf(draft: Draft): readonly SubmittedSpot[] {
  const labels = labelsOf(draft);
  const doubts = submittedDoubts(draft);
  return draft.spots.map((spot, index) =>
    submittedSpot(draft, spot, labels[index] ?? { spotType: '', number: 1 }, doubts),
  );
}

function submittedSpot(draft: Draft, spot: DraftSpot, label: SpotLabel, doubts: SubmittedDoubts): SubmittedSpot {
  const { key, answers } = spot;
  const said = (role: FieldRole): AnswerValue | undefined => spotAnswerAs(draft, answers, role);
  const [fixed, posmForm, quantity] = [said('fixed'), said('posmForm'), said('quantity')];
  // what failed may be only a part of the spot: all of it stays
  const step = draft.flow.steps.find(({ repeats }) => repeats);
  const photos = step === undefined ? [] : photosOf(draft, step, key);
  return present({
    ...label,
    spot: key,
    fixedSecurely: typeof fixed === 'boolean' ? fixed : undefined,
    codes: codesOf(draft, spot).map((code) => ({ ...code, photoId: closeupOf(draft, key, code, photos) })),
    posmForm: typeof posmForm === 'string' ? posmForm : undefined,
    quantity: typeof quantity === 'number' ? quantity : 1,
    more: otherAnswers(answers, step, ({ ofPosm }) => ofPosm !== true),
    morePosm: otherAnswers(answers, step, ({ ofPosm }) => ofPosm === true),
    photos: [...photos.filter(({ ofPosm }) => !ofPosm), ...photos.filter(({ ofPosm }) => ofPosm)],
    doubts: doubts.spot(key),
    doubtsOfPosm: doubts.posm(key),
  });
}

/** A stored version may say of no photo that it shows the code: then it is the one in which it was read, or that of what stands there. */
function closeupOf(draft: Draft, spot: string, code: SpotCode, photos: readonly SubmittedPhoto[]): string {
  const isRead = ({ photoId }: SubmittedPhoto): boolean =>
    isAmong(codesIn(draft.photos.find((photo) => photo.photoId === photoId)), code);
  const proofs = [
    draft.photos.find((photo) => isCloseupOf(draft, photo, spot, code)),
    photos.find(({ showsCode }) => showsCode),
    photos.find(isRead),
    photos.find(({ ofPosm }) => ofPosm),
    photos.at(-1),
  ];
  return proofs.find((photo) => photo !== undefined)?.photoId ?? '';
}

function merchantOf(draft: Draft): SubmittedMerchant | undefined {
  if (fieldThatIs(draft, 'contact') === undefined) return undefined;
  const step = merchantStepOf(draft);
  return present({
    tradingName: textAs(draft, 'tradingName'),
    contactName: textAs(draft, 'contactName'),
    contactPhoneOrEmail: textAs(draft, 'contact'),
    more: step === undefined ? {} : otherAnswers(draft.answers[step.id], step),
  });
}

/** The step about the business behind the shop, where that is another one than the shop's. */
function merchantStepOf(draft: Draft): StepDefinition | undefined {
  const step = fieldThatIs(draft, 'contact')?.step;
  return step === undefined || step.repeats || step.id === storeStepOf(draft) ? undefined : step;
}

/** Answers that no line has a name of its own for; of questions that are asked now. */
function otherAnswers(
  answers: Answers = {},
  step?: StepDefinition,
  belongs: (field: FieldDefinition) => boolean = () => true,
): Answers {
  const named = new Set<FieldRole | undefined>([...OF_STORE, ...OF_MERCHANT, ...OF_SPOT]);
  const fields = step?.fields.filter((field) => belongs(field) && (field.is === undefined || !named.has(field.is)));
  const others = new Set(fields?.map(({ name }) => name));
  return Object.fromEntries(Object.entries(answers).filter(([name, value]) => others.has(name) && value !== undefined));
}

function photosOf(draft: Draft, { slots }: StepDefinition, spot?: string): readonly SubmittedPhoto[] {
  return slots.flatMap(({ name: slot, required, showsCode, ofPosm = false }) => {
    const photo = photoIn(draft, slotAt(slot, spot));
    if (photo?.kept === undefined) return [];
    const { photoId, kept, at } = photo;
    return [{ slot, required, showsCode, ofPosm, photoId, sha256: kept.sha256, at }];
  });
}

function textAs(draft: Draft, role: FieldRole): string | undefined {
  const answer = answerAs(draft, role);
  return typeof answer === 'string' ? answer : undefined;
}
