import type { Product, SlotName, StepId } from '../../src/domain/flows/definition.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import type { DoubtCode, MissingCode, ViolationCode, WaitingCode } from '../../src/flow/codes.ts';
import { shownDay } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import { notFixed, slotMissing, slotName, slotTitle, spotName, stepName } from '../vocabulary.ts';
import { type SaidModel, saidLine } from './part-says.ts';

type PartOfPromotion =
  | { readonly kind: 'step'; readonly step: StepId }
  /** The photos of a step that comes once: the one, or all of them. */
  | { readonly kind: 'photo'; readonly slot: SlotName }
  | { readonly kind: 'photos' }
  /** Verified before, where that counts: when. */
  | { readonly kind: 'payments'; readonly before?: { readonly at: number; readonly timeZone: string } | undefined }
  | { readonly kind: 'spot'; readonly spot: SpotLabel };

/** A part of a promotion as the summary sees it. */
export interface PartModel {
  /** What `promotion.open` takes to open it. */
  readonly place: string;
  readonly part: PartOfPromotion;
  /** `missing` and `violation` keep it from being submitted, `waiting` until a photo was checked; a `doubt` does not. */
  readonly state: 'done' | 'missing' | 'violation' | 'waiting' | 'doubt';
  /** What is missing or may fail. */
  readonly reason?: MissingCode | ViolationCode | WaitingCode | DoubtCode | undefined;
  /** Which photo is missing or being checked, where that is known. */
  readonly photo?: SlotName | undefined;
  /** What of it is there and will be sent. */
  readonly says?: readonly SaidModel[] | undefined;
}

const STATES: Readonly<Record<PartModel['state'], TextKey>> = {
  done: 'part.state.done',
  missing: 'part.state.missing',
  violation: 'part.state.violation',
  waiting: 'part.state.waiting',
  doubt: 'part.state.doubt',
};

const REASONS: Readonly<Record<Exclude<NonNullable<PartModel['reason']>, 'notFixed' | 'photo'>, TextKey>> = {
  form: 'reason.form',
  code: 'reason.code',
  payments: 'reason.payments',
  paymentFailed: 'reason.paymentFailed',
  answerToQuestion: 'reason.answerToQuestion',
  consentMissing: 'reason.consentMissing',
  storeNotAccepting: 'reason.storeNotAccepting',
  tooManySpots: 'reason.tooManySpots',
  codeUsedTwice: 'reason.codeUsedTwice',
  codeBoundHere: 'reason.codeBoundHere',
  photoUsedTwice: 'reason.photoUsedTwice',
  codeNotOfIso: 'reason.codeNotOfIso',
  photoDark: 'reason.photoDark',
  photoBlurry: 'reason.photoBlurry',
  photoSmall: 'reason.photoSmall',
  typedNotSaved: 'reason.typedNotSaved',
  beingChecked: 'part.state.waiting',
};

/** `Store`, `Front photo`, `Cashier 1`, `Business`. */
export function partName(t: T, { part }: PartModel): string {
  switch (part.kind) {
    case 'step':
      return stepName(t, part.step);
    case 'photo':
      return slotTitle(t, part.slot);
    case 'photos':
      return t('part.photos');
    case 'payments':
      return t('part.payments');
    case 'spot':
      return spotName(t, part.spot);
  }
}

/** `not stuck on firmly`: as plain text for labels and facts. */
export function partReason(t: T, product: Product, { state, reason, photo, part }: PartModel): string {
  if (part.kind === 'payments' && part.before !== undefined) {
    return t('part.verifiedBefore', { day: shownDay(t.language, part.before.at, part.before.timeZone) });
  }
  if (reason === undefined) return t(STATES[state]);
  if (reason === 'photo') return slotMissing(t, photo);
  return reason === 'notFixed' ? notFixed(t, product) : t(REASONS[reason]);
}

const ICONS: Readonly<Record<PartModel['state'], string>> = {
  done: '✓',
  doubt: '!',
  violation: '!',
  missing: '○',
  waiting: '…',
};

/** `✓ code …8841 · photos 10:42, 10:43`, `! not stuck on firmly · code …8841`, `○ close-up missing`: icon, word, and what is there. */
export function partState(t: T, product: Product, part: PartModel, timeZone: string): string {
  const { state, part: what, says = [] } = part;
  const there = saidLine(t, says, timeZone);
  const saysOnlyDone = part.reason === undefined && what.kind !== 'payments';
  const reason = partReason(t, product, part);
  const ofPhoto = state === 'waiting' && what.kind === 'spot';
  const standing = ofPhoto ? t('said.of', { name: slotName(t, part.photo), said: reason }) : reason;
  const shown = saysOnlyDone && there !== '' ? [there] : [standing, ...(there === '' ? [] : [there])];
  return `${ICONS[state]} ${shown.join(' · ')}`;
}

/** `Door may fail: not stuck on firmly.` as markdown. */
export function doubtLine(t: T, product: Product, part: PartModel): string {
  return markdownText(t, 'summary.doubt', { part: partName(t, part), reason: partReason(t, product, part) });
}

/** `! Door: close-up missing.` as markdown. */
export function blockedLine(t: T, product: Product, part: PartModel): string {
  return markdownText(t, 'summary.blocked', { part: partName(t, part), reason: partReason(t, product, part) });
}

/** `… Cashier 1 · Close-up is being checked.`, and that Submit comes then, as markdown. */
export function waitingLines(t: T, part: PartModel): string[] {
  const photo = slotName(t, part.photo);
  if (part.part.kind === 'payments')
    return [markdownText(t, 'summary.waiting', { photo: partName(t, part) }), t('summary.submitThen')];
  const what = part.part.kind === 'spot' ? `${spotName(t, part.part.spot)} · ${photo}` : photo;
  return [markdownText(t, 'summary.waiting', { photo: what }), t('summary.submitThen')];
}
