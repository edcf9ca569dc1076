import type { CodeRules } from '../code.ts';
import type { FieldRole, FieldType, OptionRole } from '../field-roles.ts';
import type { Language } from '../languages.ts';

/** A flow is data of the programme: steps in an order, each with one form of fields and the photos it needs (architecture 5). */
export interface FlowDefinition {
  readonly product: Product;
  /** Whether it is promoted now. What was begun before is held where it is not. */
  readonly isOffered: boolean;
  /** In the order in which they are done. */
  readonly steps: readonly StepDefinition[];
  /** Spots of the product in one store, those of earlier promotions included. */
  readonly spotsPerStore: number;
  /** Which codes count, where any is read. */
  readonly codes: CodeRules;
  /** Clauses of the policy that are read and agreed, in their order. */
  readonly clauses: readonly string[];
}

/*
 * Names that the programme gives (docs/programme.md). A rule of ours never asks for a field by its name, but for what it is (`FieldRole`).
 */
export type Product = string;
export type StepId = string;
export type FieldName = string;
export type SlotName = string;

export interface StepDefinition {
  readonly id: StepId;
  /** Once for each spot. */
  readonly repeats: boolean;
  readonly fields: readonly FieldDefinition[];
  readonly slots: readonly SlotDefinition[];
  /** Whether a code is read from the photos of this step, or typed. */
  readonly code: boolean;
  /** How many of them at each spot, where it is more than one. */
  readonly codesPerSpot?: number | undefined;
  /** Payments are verified in it (`src/inspection`): what is said of them stands beside the answers. */
  readonly verifies?: true | undefined;
}

/** The first screen of a step, and the one with what is optional, opened by `More details`. */
export type FormPart = 'main' | 'more';

export interface FieldDefinition {
  readonly name: FieldName;
  /** What rules know it as, where one needs to. */
  readonly is?: FieldRole | undefined;
  readonly type: FieldType;
  readonly part: FormPart;
  readonly required: boolean;
  /** A box that must be ticked: consent. */
  readonly mustAgree?: boolean | undefined;
  readonly maxLength?: number | undefined;
  /** A number of money: with up to two decimals. */
  readonly isAmount?: boolean | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly options?: readonly string[] | undefined;
  /** Those of `options` of which a rule needs to know what they stand for. */
  readonly optionsThatAre?: Readonly<Partial<Record<OptionRole, readonly string[]>>> | undefined;
  /** What stands in it when nothing was answered. */
  readonly initial?: string | undefined;
  /** The name of its label where this flow asks for it in other words than the field's own name stands for. */
  readonly label?: string | undefined;
  /** The answer of another field that stands in it when nothing was answered, as `store.nameLocal`. */
  readonly prefill?: { readonly step: StepId; readonly field: FieldName } | undefined;
  /** What people read of it, in the languages of the programme; the first of them is for whoever reads another one. */
  readonly words?: Readonly<Partial<Record<Language, FieldWords>>> | undefined;
  /** Says something about a person in the shop: it is erased with them. */
  readonly personal: boolean;
  /** Asked for the first spot only. */
  readonly firstSpotOnly?: boolean | undefined;
  /** Says what stands at the spot, so it is part of the POSM, which is judged by itself. */
  readonly ofPosm?: boolean | undefined;
}

/** A field in one language. */
export interface FieldWords {
  readonly label: string;
  readonly placeholder?: string | undefined;
  /** By the values that can be chosen. */
  readonly options?: Readonly<Record<string, string>> | undefined;
}

export interface SlotDefinition {
  readonly name: SlotName;
  /** An optional one is filled only when its own screen is open. */
  readonly required: boolean;
  /** The photo in which the code is read. */
  readonly showsCode: boolean;
  /** Shows what stands at the spot, so it is part of the POSM too. */
  readonly ofPosm?: boolean | undefined;
  /** The picture of the programme that shows how it should be. */
  readonly example?: string | undefined;
}
