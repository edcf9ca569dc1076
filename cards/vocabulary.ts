import type { FieldDefinition, FieldWords, SlotName } from '../src/domain/flows/definition.ts';
import type { Language } from '../src/domain/languages.ts';
import type { PosmForm } from '../src/domain/posm-form.ts';
import type { Product } from '../src/domain/products.ts';
import type { Reason } from '../src/domain/reasons.ts';
import type { SpotLabel } from '../src/domain/spot-label.ts';
import type {
  CannotReason,
  PaymentResult,
  PaymentTool,
  SpotProblem,
  StoreDifference,
} from '../src/inspection/inspection.ts';
import { type T, textKey } from './text.ts';
import { isTextKey, type TextKey } from './text-key.ts';

/*
 * The programme's vocabulary in the reader's language. Its words are data of the programme, so their texts are found by their codes,
 * and this is the only file that puts the key of a text together; everywhere else a key stands written in full, for the compiler
 * and for whoever searches. A test holds the texts against the lists of codes, both ways.
 *
 *   name.<PRODUCT>, name.<TOOL>            productName, toolName
 *   spot.<SPOT TYPE>                       spotName
 *   slot.<photo>                           slotName
 *   reason.<photo>                         slotMissing
 *   field.<form>.<field>.label             fieldLabel
 *   field.<form>.<field>.placeholder       fieldPlaceholder
 *   option.<field>.<VALUE>                 optionText, and the typed ones below it
 */

/** `Alipay+ Marketing Code`. */
export function productName(t: T, product: Product): string {
  return t(`name.${product}`);
}

/** `Alipay+ Linker`: what is paid with in an inspection. */
export function toolName(t: T, tool: PaymentTool): string {
  return t(`name.${tool}`);
}

/** `Cashier 1`; all but the cashiers are numbered from the second on. */
export function spotName(t: T, { spotType, number }: SpotLabel): string {
  return t(`spot.${spotType}`, { number });
}

/** `Close-up`: what a photo shows, in a word; any photo where it is not known which. */
export function slotName(t: T, slot: SlotName | undefined): string {
  return t(keyOr(`slot.${slot}`, 'slot.any'));
}

/** The programme may have a photo that has no words here. */
function keyOr(key: string, other: TextKey): TextKey {
  return isTextKey(key) ? key : other;
}

/** `close-up missing`. */
export function slotMissing(t: T, slot: SlotName | undefined): string {
  return t(keyOr(`reason.${slot}`, 'part.state.missing'));
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

/** What can be chosen in a field; countries and regions by their common names. Throws `bug.unexpected` where an option has no text. */
export function optionText(
  t: T,
  { name, is, words }: Pick<FieldDefinition, 'name' | 'is' | 'words'>,
  value: string,
): string {
  const written = wordsOf(t, words)?.options?.[value];
  if (written !== undefined) return written;
  if (is !== 'country') return t(textKey(`option.${name}.${value}`));
  return new Intl.DisplayNames(t.language, { type: 'region' }).of(value) ?? value;
}

/** `Floor stand`. */
export function posmFormName(t: T, form: PosmForm): string {
  return t(`option.posmForm.${form}`);
}

/** `Not there`: what is wrong at a spot. */
export function spotProblem(t: T, problem: SpotProblem): string {
  return t(`option.problems.${problem}`);
}

/** `The address`: what of a shop is not as it was submitted. */
export function storeDifference(t: T, difference: StoreDifference): string {
  return t(`option.differs.${difference}`);
}

/** `Closed today`: why a shop could not be inspected. */
export function cannotReason(t: T, reason: CannotReason): string {
  return t(`option.cannot.${reason}`);
}

/** `Payment refused`: what came of one way of paying. */
export function paymentResult(t: T, result: PaymentResult): string {
  return t(`option.result.${result}`);
}
