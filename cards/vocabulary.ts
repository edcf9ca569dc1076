import type { FeeKind } from '../src/domain/fee.ts';
import type { FieldDefinition, FieldWords, Product, SlotName, StepId } from '../src/domain/flows/definition.ts';
import type { Language } from '../src/domain/languages.ts';
import type { Reason } from '../src/domain/reasons.ts';
import type { SpotLabel } from '../src/domain/spot-label.ts';
import type {
  CannotReason,
  PaymentMode,
  PaymentResult,
  PaymentTool,
  SpotProblem,
  StoreDifference,
} from '../src/inspection/inspection.ts';
import { regionName } from './region-name.ts';
import { type T, textKey } from './text.ts';
import { isTextKey } from './text-key.ts';

/*
 * The programme's vocabulary in the reader's language. Its words are data of the programme, so their texts are found by their codes,
 * and this is the only file that puts the key of a text together; everywhere else a key stands written in full, for the compiler
 * and for whoever searches. A test holds the texts against the lists of codes, both ways.
 *
 *   field.<form>.<field>.label             fieldLabel
 *   field.<form>.<field>.placeholder       fieldPlaceholder
 *   option.<field>.<VALUE>                 optionText, and the typed ones below it
 */

/** `Alipay+ Marketing Code`; of a product that the programme does not have any more, the name in the store. */
export function productName(t: T, product: Product): string {
  return t.word(`products.${product}.name`) ?? product;
}

/** What the programme says of a product in a line: what it is, what to see to, where it stands, which codes are none of its own. */
export function productLine(t: T, product: Product, line: 'what' | 'checks' | 'where' | 'foreignCode'): string[] {
  return wordsAt(t, `products.${product}.${line}`);
}

/** What is needed before a promotion begins. */
export function beforeStart(t: T): string[] {
  return wordsAt(t, 'before');
}

function wordsAt(t: T, place: string): string[] {
  const word = t.word(place);
  return word === undefined ? [] : [word];
}

/** `Door, code`: what stands at a spot. */
export function posmName(t: T, product: Product, spot: SpotLabel): string {
  return t.word(`products.${product}.stands`, { spot: spotName(t, spot) }) ?? spotName(t, spot);
}

/** `not stuck on firmly`. */
export function notFixed(t: T, product: Product): string {
  return t.word(`products.${product}.notFixed`) ?? t('part.state.doubt');
}

/** `Deployment fee (THB)`: what is paid for, in which money where that is known. */
export function feeName(t: T, { id, currency }: FeeKind): string {
  const fee = t.word(`fees.${id}`) ?? t('fee.any');
  return currency === undefined ? fee : t('fee.in', { fee, currency });
}

/** One clause of the policy in one line, with its number. */
export function policyLine(t: T, clause: string, product: Product): string {
  return t.word(`products.${product}.policy.${clause}`) ?? t.word(`policy.${clause}`) ?? clause;
}

/** `Business`: a step that comes once. */
export function stepName(t: T, step: StepId): string {
  return t.word(`steps.${step}.name`) ?? step;
}

/** Why a step is asked, for the few that say so. */
export function stepWhy(t: T, step: StepId): string[] {
  return wordsAt(t, `steps.${step}.why`);
}

/** `Alipay+ Linker`: what is paid with in an inspection. */
export function toolName(t: T, tool: PaymentTool): string {
  return t.word(`tools.${tool}.name`) ?? tool;
}

/** `Cashier 1`; `Spot 1` where the programme has no name for it. */
export function spotName(t: T, { spotType, number }: SpotLabel): string {
  return t.word(`spots.${spotType}`, { number }) ?? t('place.spot', { number });
}

/** `Close-up`: what a photo shows, in a word; any photo where it is not known which. */
export function slotName(t: T, slot: SlotName | undefined): string {
  return t.word(`slots.${slot}.name`) ?? t('slot.any');
}

/** The name on top of the card that asks for a photo. */
export function slotTitle(t: T, slot: SlotName): string {
  return t.word(`slots.${slot}.title`) ?? slotName(t, slot);
}

/** How a photo is to be taken. */
export function slotHow(t: T, slot: SlotName): string[] {
  return wordsAt(t, `slots.${slot}.how`);
}

/** What the example picture of a photo shows. */
export function slotExample(t: T, slot: SlotName): string {
  return t.word(`slots.${slot}.example`) ?? slotName(t, slot);
}

/** `close-up missing`. */
export function slotMissing(t: T, slot: SlotName | undefined): string {
  if (slot === undefined) return t('part.state.missing');
  return t.word(`slots.${slot}.missing`) ?? t('reason.photo', { photo: lowerCase(t, slotName(t, slot)) });
}

/** `the close-up of the code`: a photo of a spot by its name and what it shows, in the list of what is to be sent. */
export function photoShows(t: T, product: Product, slot: SlotName): string {
  return t.word(`products.${product}.photos.${slot}.shows`) ?? slotName(t, slot);
}

/** `Counter`: a photo of a spot in the line of those that are there. */
export function photoInLine(t: T, product: Product, slot: SlotName): string {
  return t.word(`products.${product}.photos.${slot}.inLine`) ?? slotName(t, slot);
}

/** `Now the close-up of the code.` */
export function photoNext(t: T, product: Product, slot: SlotName): string {
  const next = t.word(`products.${product}.photos.${slot}.next`);
  return next ?? t('photos.next', { photo: photoShows(t, product, slot) });
}

/** `A new photo replaces the close-up.` */
export function photoReplaces(t: T, slot: SlotName): string {
  return t.word(`slots.${slot}.replaces`) ?? t('photos.replaces', { photo: slotName(t, slot) });
}

/** `New close-up`. */
export function newPhoto(t: T, slot: SlotName): string {
  return t('button.newPhoto', { photo: lowerCase(t, slotName(t, slot)) });
}

/** What Modify asks for again, in the middle of a sentence: a step, a field, a photo, or the code. */
export function partAsked(t: T, part: string): string {
  return t.word(`parts.${part}`) ?? t('modify.part.other');
}

function lowerCase(t: T, text: string): string {
  return text.toLocaleLowerCase(t.language);
}

/** Why something failed, with its words in the programme's languages. */
export type SaidReason = Pick<Reason, 'code' | 'words' | 'saidAlone'>;

/** Why something failed, in a few plain words: `photo too dark`. */
export function reviewReason(t: T, { code, words }: SaidReason): string {
  return spokenTo(t, words)?.short ?? code;
}

/** More of why something failed, where the programme says more. */
export function moreOfReason(t: T, { words }: SaidReason): string | undefined {
  return spokenTo(t, words)?.what;
}

/** Which field of which form; `label` where a flow asks for it in other words than the field's own name stands for. */
type NamedField = Pick<FieldDefinition, 'name' | 'label' | 'words'>;

function wordsOf(t: T, words: FieldDefinition['words'] = {}): FieldWords | undefined {
  return spokenTo(t, words);
}

/** What the programme says in the reader's language; in its first one where it does not speak that. */
function spokenTo<Words>(t: T, words: Readonly<Partial<Record<Language, Words>>>): Words | undefined {
  return words[t.language] ?? Object.values(words)[0];
}

/** `Name on the sign`; throws `bug.unexpected` where a field has no text. */
export function fieldLabel(t: T, form: string, { name, label = name, words }: NamedField): string {
  return wordsOf(t, words)?.label ?? t(textKey(`field.${form}.${label}.label`));
}

/** `street and number`, for the few fields that have one. */
export function fieldPlaceholder(t: T, form: string, { name, words }: NamedField): string | undefined {
  if (words !== undefined) return wordsOf(t, words)?.placeholder;
  const key = `field.${form}.${name}.placeholder`;
  return isTextKey(key) ? t(key) : undefined;
}

export interface WordedOptions {
  /** Where the programme's words have what can be chosen: `inspection.differs`. */
  readonly optionsAt?: string | undefined;
}

/** What can be chosen in a field; countries and regions by their common names. Throws `bug.unexpected` where an option has no text. */
export function optionText(
  t: T,
  { name, is, words, optionsAt }: Pick<FieldDefinition, 'name' | 'is' | 'words'> & WordedOptions,
  value: string,
): string {
  const written = optionsAt === undefined ? wordsOf(t, words)?.options?.[value] : t.word(`${optionsAt}.${value}`);
  if (written !== undefined) return written;
  if (is !== 'country') return t(textKey(`option.${name}.${value}`));
  return regionName(t.language, value);
}

/** `Not there`: what is wrong at a spot. */
export function spotProblem(t: T, problem: SpotProblem): string {
  return t.word(`inspection.problems.${problem}`) ?? problem;
}

/** `The address`: what of a shop is not as it was submitted. */
export function storeDifference(t: T, difference: StoreDifference): string {
  return t.word(`inspection.differs.${difference}`) ?? difference;
}

/** `Closed today`: why a shop could not be inspected. */
export function cannotReason(t: T, reason: CannotReason): string {
  return t.word(`inspection.cannot.${reason}`) ?? reason;
}

/** When a tool is used: `This shop takes only Alipay: use Alipay.` */
export function toolRule(t: T, tool: PaymentTool): string {
  return t.word(`tools.${tool}.rule`) ?? '';
}

/** How to get ready to pay with a tool, step by step. */
export function toolSteps(t: T, tool: PaymentTool): readonly string[] {
  const steps: string[] = [];
  for (;;) {
    const step = t.word(`tools.${tool}.steps.${steps.length}`);
    if (step === undefined) return steps;
    steps.push(step);
  }
}

/** `Shop shows the code`: a way of paying. */
export function paymentWay(t: T, mode: PaymentMode): string {
  return t.word(`modes.${mode}.name`) ?? mode;
}

/** `Merchant-presented mode`: a way of paying by the programme's own name, where it has one. */
export function paymentMode(t: T, mode: PaymentMode): string {
  return t.word(`modes.${mode}.official`) ?? paymentWay(t, mode);
}

/** What the photo of a payment shows. */
export function paymentPhoto(t: T, mode: PaymentMode): string {
  return t.word(`modes.${mode}.photo`) ?? mode;
}

/** `Payment refused`: what came of one way of paying. */
export function paymentResult(t: T, result: PaymentResult): string {
  return t.word(`results.${result}`) ?? result;
}
