import type { FlowId, Product } from '../products.ts';

/** A flow is data: steps in an order, each with one form of fields and the photos it needs (architecture 5). */
export interface FlowDefinition {
  readonly id: FlowId;
  readonly product: Product;
  readonly orders: StepOrders;
  readonly steps: readonly StepDefinition[];
}

/** The order of the steps for each way of working that an ISO may have agreed. */
export type StepOrders = Readonly<Record<DeploymentMethod, readonly StepId[]>>;

/** Agreed by each ISO before any deployment (domain A.3); it decides the order of the steps. */
export type DeploymentMethod = 'DEPLOY_THEN_VERIFY' | 'VERIFY_THEN_DEPLOY';

export type StepId = 'store' | 'spots' | 'merchant' | 'summary';

export interface StepDefinition {
  readonly id: StepId;
  /** Once for each spot. */
  readonly repeats: boolean;
  readonly fields: readonly FieldDefinition[];
  readonly slots: readonly SlotDefinition[];
  /** Whether a code is read from the photos of this step, or typed. */
  readonly code: boolean;
}

/** The first screen of a step, and the one with what is optional, opened by `More details`. */
export type FormPart = 'main' | 'more';

export type FieldType = 'text' | 'choice' | 'choices' | 'yesNo' | 'number' | 'phone' | 'contact' | 'date';

export interface FieldDefinition {
  readonly name: FieldName;
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
  /** What stands in it when nothing was answered. */
  readonly initial?: string | undefined;
  /** The name of its label where this flow asks for it in other words than the field's own name stands for. */
  readonly label?: string | undefined;
  /** The answer of another field that stands in it when nothing was answered, as `store.nameLocal`. */
  readonly prefill?: { readonly step: StepId; readonly field: FieldName } | undefined;
  /** Says something about a person: sealed in the store, never logged, never in a group. */
  readonly personal: boolean;
  /** Asked for the first spot only. */
  readonly firstSpotOnly?: boolean | undefined;
  /** Says what stands at the spot, so it is part of the POSM, which is judged by itself. */
  readonly ofPosm?: boolean | undefined;
}

export type FieldName =
  | 'nameLocal'
  | 'address'
  | 'city'
  | 'paysWith'
  | 'managerName'
  | 'consent'
  | 'countryRegion'
  | 'nameEn'
  | 'category'
  | 'storeType'
  | 'openingHours'
  | 'spotType'
  | 'posmForm'
  | 'quantity'
  | 'fixedSecurely'
  | 'howMany'
  | 'tradingName'
  | 'contactName'
  | 'contactPhoneOrEmail'
  | 'registrationNo'
  | 'legalName'
  | 'brandName'
  | 'branchName'
  | 'acquirerName'
  | 'posProvider'
  | 'website'
  /** Typed on the screen `Type the code`. */
  | 'code';

export type SlotName = 'storefront' | 'context' | 'closeup' | 'licence';

export interface SlotDefinition {
  readonly name: SlotName;
  /** An optional one is filled only when its own screen is open. */
  readonly required: boolean;
  /** The photo in which the code is read. */
  readonly showsCode: boolean;
  /** Shows what stands at the spot, so it is part of the POSM too. */
  readonly ofPosm?: boolean | undefined;
}
