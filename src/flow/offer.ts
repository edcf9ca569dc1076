import { checkPolicy, type Findings, type PhotoFacts, type PolicyLimits } from '../domain/policy.ts';
import { withQuestion } from './change.ts';
import type { DoubtCode, MissingCode, NotedCode, ViolationCode, WaitingCode } from './codes.ts';
import { codesOf } from './codes-at.ts';
import { isHeld, type SlotDefinition, type SlotName, type StepId, stepOf, stepsOf } from './definition.ts';
import type { Draft, DraftPhoto, SpotKey } from './draft.ts';
import { formIsComplete } from './form.ts';
import { photoIn, spotOf } from './lookup.ts';
import { answerAs, paysAs, spotAnswerAs, spotStepOf, storeStepOf } from './roles.ts';
import { codeIsWanted, paymentsLack, screensOf, slotsWanted } from './screens.ts';

/** Something missing, forbidden or doubtful, and in which part. */
export interface Finding<Code extends string> {
  readonly code: Code;
  readonly step: StepId;
  readonly spot?: SpotKey | undefined;
  readonly slot?: SlotName | undefined;
  /** A doubt about a photo that the person has seen and keeps: it is handed over, and not asked about again. */
  readonly answered?: true | undefined;
}

/** What a draft would be as a submission. */
export interface Offer {
  readonly missing: readonly Finding<MissingCode>[];
  readonly violations: readonly Finding<ViolationCode>[];
  /** What can be put right in the shop; `doubtsToAsk` are asked about before it is submitted. */
  readonly doubts: readonly Finding<DoubtCode>[];
  /** What only its reviewers and admins read. */
  readonly noted: readonly Finding<NotedCode>[];
  /** Photos that have no verdict yet and a slot to fill; the slot is named where it is known which. */
  readonly waiting: readonly Finding<WaitingCode>[];
  /** Exactly when nothing is missing, nothing is forbidden, nothing waits, and the product is promoted. */
  readonly canSubmit: boolean;
  /** `2 of 3 parts will pass`: the store, each spot, the business. */
  readonly parts: { readonly passing: number; readonly total: number };
}

/** Judges a draft against its flow and the policy. */
export function offer(draft: Draft, limits: PolicyLimits = limitsOf(draft)): Offer {
  const missing = missingIn(draft);
  const { violations, doubts, noted } = policyOn(draft, limits);
  const waiting = waitingIn(draft);
  const found = { missing, violations, waiting, doubts: [...doubts, ...unpaidIn(draft), ...unsavedIn(draft)] };
  const canSubmit = !isHeld(draft) && [missing, violations, waiting].every(({ length }) => length === 0);
  return { ...found, noted, canSubmit, parts: partsOf(draft, found) };
}

/** What a store may have of the draft's product, as long as nothing is known of earlier promotions. */
export function limitsOf({ flow }: Draft): PolicyLimits {
  return { maxSpotsPerStore: flow.spotsPerStore, spotsAlreadyInStore: 0 };
}

/** The doubts that nobody has answered yet. */
export function doubtsToAsk({ doubts }: Pick<Offer, 'doubts'>): readonly Finding<DoubtCode>[] {
  return doubts.filter(({ answered }) => answered !== true);
}

/** Submit was tapped with doubts: the bot asks once more. The same draft when there is nothing to ask. */
export function askToConfirm(draft: Draft, limits?: PolicyLimits): Draft {
  const found = offer(draft, limits);
  return found.canSubmit && doubtsToAsk(found).length > 0 ? withQuestion(draft, { kind: 'confirmDoubts' }) : draft;
}

function missingIn(draft: Draft): readonly Finding<MissingCode>[] {
  const found: Finding<MissingCode>[] = [];
  for (const { kind, step, spot } of screensOf(draft)) {
    const at = { step, spot };
    if (kind === 'payments') {
      if (paymentsLack(draft) && draft.payments?.state !== 'waiting') found.push({ code: 'payments', step });
      continue;
    }
    if (kind === 'form') {
      if (!formIsComplete(draft, { ...at, part: 'main' })) found.push({ code: 'form', ...at });
      continue;
    }
    const wanted = slotsWanted(draft, step, spot);
    for (const slot of wanted) found.push({ code: 'photo', ...at, slot });
    const isRead = ({ name, showsCode }: SlotDefinition): boolean => showsCode && !wanted.includes(name);
    if (codeIsWanted(draft, step, spot) && stepOf(draft, step).slots.some(isRead)) found.push({ code: 'code', ...at });
  }
  const asks = draft.questions.some(({ kind }) => kind === 'sameShop');
  return asks ? [...found, { code: 'answerToQuestion', step: storeStepOf(draft) }] : found;
}

/** One finding a photo: what it would replace, or what is still wanted where the person stood when it was sent. */
function waitingIn(draft: Draft): readonly Finding<WaitingCode>[] {
  const step = stepsOf(draft).find(({ verifies }) => verifies)?.id;
  const isPaymentLookedAt = step !== undefined && draft.payments?.state === 'waiting';
  const ofPayments: readonly Finding<WaitingCode>[] = isPaymentLookedAt ? [{ code: 'beingChecked', step }] : [];
  return [...ofPayments, ...photosWaitedFor(draft)];
}

function photosWaitedFor(draft: Draft): readonly Finding<WaitingCode>[] {
  return draft.photos.flatMap((photo): Finding<WaitingCode>[] => {
    if (photo.where.kind !== 'checking') return [];
    const { step, spot } = photo.aim;
    const [slot, ...others] = slotsToFill(draft, photo);
    if (step === undefined || slot === undefined) return [];
    return [{ code: 'beingChecked', step, spot, slot: others.length === 0 ? slot : undefined }];
  });
}

function slotsToFill(draft: Draft, { aim }: DraftPhoto): readonly SlotName[] {
  const { step, spot, replaces = [] } = aim;
  if (step === undefined || (spot !== undefined && spotOf(draft, spot) === undefined)) return [];
  return replaces.length > 0 ? replaces.map(({ name }) => name) : slotsWanted(draft, step, spot);
}

function policyOn(draft: Draft, limits: PolicyLimits) {
  const consent = answerAs(draft, 'consent');
  const photos = draft.photos.flatMap(({ where, kept }): PhotoFacts[] => {
    if (where.kind !== 'slot' || !kept) return [];
    const { name, spot } = where.slot;
    return [{ slot: name, spot, sha256: kept.sha256, weaknesses: kept.weaknesses }];
  });
  const spots = draft.spots.map((spot) => {
    const { key, answers } = spot;
    const fixed = spotAnswerAs(draft, answers, 'fixed');
    const codes = codesOf(draft, spot);
    return {
      spot: key,
      fixedSecurely: typeof fixed === 'boolean' ? fixed : undefined,
      says: codes.map(({ canonicalUrl }) => canonicalUrl),
      boundHere: codes.some(({ ownership }) => ownership === 'boundHere'),
      notOfIso: codes.some(({ ownership }) => ownership === 'notOfIso'),
      unknown: codes.some(({ unknown }) => unknown === true),
    };
  });
  const facts = {
    consent: typeof consent === 'boolean' ? consent : undefined,
    accepting: !paysAs(draft, 'notAccepting'),
    photos,
    spots,
  };
  return inParts(draft, checkPolicy(facts, limits));
}

/** Findings of the policy, each with the step that it belongs to. */
function inParts(draft: Draft, { violations, doubts, noted }: Findings) {
  const place = <Code extends string>({
    code,
    spot,
    slot,
  }: {
    code: Code;
    spot?: string | undefined;
    slot?: string | undefined;
  }) => {
    const step = stepsOf(draft).find(({ slots }) => slots.some(({ name }) => name === slot));
    const name = step?.slots.find((one) => one.name === slot)?.name;
    return {
      code,
      step: step?.id ?? (spot === undefined ? storeStepOf(draft) : spotStepOf(draft)),
      spot,
      slot: name,
    };
  };
  return {
    violations: violations.map(place),
    doubts: doubts.map(place).map((doubt) => ({ ...doubt, ...answeredIn(draft, doubt) })),
    noted: noted.map(place),
  };
}

function answeredIn(draft: Draft, { slot: name, spot }: Finding<DoubtCode>): Pick<Finding<DoubtCode>, 'answered'> {
  const isKept = name !== undefined && photoIn(draft, { name, spot })?.kept?.accepted === true;
  return isKept ? { answered: true } : {};
}

/** Everything is deployed, and a payment did not work. */
function unpaidIn(draft: Draft): readonly Finding<DoubtCode>[] {
  const step = stepsOf(draft).find(({ verifies }) => verifies)?.id;
  const isDoubt = draft.payments?.state === 'failed' && !paymentsLack(draft);
  return step !== undefined && isDoubt ? [{ code: 'paymentFailed', step }] : [];
}

/** Forms whose last typing was refused and never mended: what was saved before would be sent. */
function unsavedIn(draft: Draft): readonly Finding<DoubtCode>[] {
  return Object.keys(draft.typed).flatMap((key): Finding<DoubtCode>[] => {
    const [form, spot = ''] = key.split(':');
    const step = stepsOf(draft).find(({ id }) => id === form)?.id;
    return step ? [{ code: 'typedNotSaved', step, spot: spot === '' ? undefined : spot }] : [];
  });
}

function partsOf(draft: Draft, found: Omit<Offer, 'noted' | 'canSubmit' | 'parts'>): Offer['parts'] {
  const all = [...found.missing, ...found.violations, ...found.waiting, ...found.doubts];
  const parts = stepsOf(draft)
    .filter(({ fields, verifies }) => fields.length > 0 || verifies)
    .flatMap(({ id, repeats }) => (repeats ? draft.spots.map(({ key }) => ({ step: id, spot: key })) : [{ step: id }]));
  const passes = (part: { step: StepId; spot?: SpotKey | undefined }) =>
    all.every(({ step, spot }) => step !== part.step || (spot !== undefined && spot !== part.spot));
  return { passing: parts.filter(passes).length, total: parts.length };
}
