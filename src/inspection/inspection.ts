import type { Code } from '../domain/code.ts';
import type { InspectionRules, PaymentMode } from '../domain/inspection-rules.ts';
import type { InspectionState } from '../domain/inspection-state.ts';
import type { NoteCode, Refusal, Weakness } from '../flow/codes.ts';
import type { Problem, RawValue } from '../flow/draft.ts';

/**
 * Everything an inspector has told and sent for one task. Plain JSON; where the person stands follows from what is there
 * (`placeOf`), as in the flows of promotion. Only the functions of this folder make a new one from an old one.
 */
export interface Inspection {
  /** What was found of the shop itself; absent until it was said. */
  readonly store?: StoreFinding | undefined;
  /** What was found at each spot that was looked at. */
  readonly spots: readonly SpotFinding[];
  /** Why nothing can be looked at. */
  readonly cannot?: CannotFinding | undefined;
  /** Whether the shop takes only Alipay, where the task said it otherwise. */
  readonly onlyAlipay?: boolean | undefined;
  /** The app that was chosen to pay with. */
  readonly tool?: PaymentTool | undefined;
  readonly payments: readonly Payment[];
  /** Every photo that was sent for it, by running number; none is dropped, but one can be moved to other work. */
  readonly photos: readonly InspectionPhoto[];
  /** What was typed in a form and refused, by `partKey`, until that form is saved. */
  readonly typed: Readonly<Record<string, TypedForm>>;
  /** The form, the question or the part that was opened: it is the place until it is answered or left. */
  readonly opened?: Part | undefined;
  /** Parts that a correction asks again (`partKey`), though they were answered. */
  readonly again: readonly string[];
  /** When each part was said last (`Saying.of`): what was tapped before and comes later does not undo it. */
  readonly saidAt?: Readonly<Record<string, number>> | undefined;
  /** What came after something later about the same part: kept as typed, the newest last. */
  readonly overtaken?: readonly Saying[] | undefined;
  /** What just happened, for the next card; cleared by the next answer or tap. */
  readonly notes: readonly InspectionNote[];
}

/** What a task says is to be inspected; it may change until something is submitted. */
export interface Assignment {
  readonly spots: readonly AssignedSpot[];
  readonly acceptsOnlyAlipay: boolean;
  /** The version of the programme that says how. */
  readonly programme: number;
  /** What it says, not kept with it. */
  readonly rules: InspectionRules;
  /** Payments are a step of a promotion: neither shop nor spots are looked at. */
  readonly onlyPayments?: true | undefined;
}

export interface AssignedSpot {
  readonly spotRef: string;
  /** The codes that were submitted for it: their `codeHash`, and what a person compares. None when it has none, or they are not known here. */
  readonly codes: readonly { readonly hash: string; readonly short: string }[];
}

/** By its name in the programme, as what follows: `ALIPAY`. */
export type PaymentTool = string;

export type { PaymentMode };

export type StoreDifference = string;
export type SpotProblem = string;
export type CannotReason = string;
export type PaymentResult = string;

/** `differs` is empty when everything matches. */
export interface StoreFinding {
  readonly differs: readonly StoreDifference[];
  readonly note?: string | undefined;
}

/** `problems` is empty for a good one. */
export interface SpotFinding {
  readonly spotRef: string;
  readonly problems: readonly SpotProblem[];
  readonly note?: string | undefined;
}

export interface CannotFinding {
  readonly reason: CannotReason;
  readonly note?: string | undefined;
}

/** One way of paying, as it was tried with one tool. */
export interface Payment {
  readonly mode: PaymentMode;
  readonly tool: PaymentTool;
  readonly result: PaymentResult;
  /** In the money of the shop's country. */
  readonly amount?: number | undefined;
}

/** What a photo shows: the front, a spot, why it cannot be inspected, or a payment. */
export type PhotoSlot =
  | { readonly kind: 'front' | 'cannot' }
  | { readonly kind: 'spot'; readonly spotRef: string }
  | { readonly kind: 'payment'; readonly mode: PaymentMode };

export interface InspectionPhoto {
  readonly photoId: string;
  readonly seq: number;
  /** When it was sent, milliseconds. */
  readonly at: number;
  /** Absent where nothing was asked for. */
  readonly slot?: PhotoSlot | undefined;
  readonly where: PhotoWhere;
}

export type PhotoWhere =
  | { readonly kind: 'checking' }
  | {
      readonly kind: 'kept';
      readonly sha256: string;
      /** The programme's codes that were read in it. */
      readonly codes: readonly Code[];
      /** What other QR codes in it say, as they are. Absent where a release before 0.3 kept it. */
      readonly others?: readonly string[] | undefined;
      readonly weaknesses: readonly Weakness[];
      /** The reviewer did not accept it: another one is asked for. */
      readonly rejected?: true | undefined;
    }
  | { readonly kind: 'setAside'; readonly why: 'usedBefore' | 'repeated' | 'notAsked' | 'notThisShop' }
  | { readonly kind: 'refused'; readonly why: Refusal };

type Whole<Kind> = Kind extends string ? { readonly kind: Kind } : never;
type AtSpot<Kind> = Kind extends string ? { readonly kind: Kind; readonly spotRef: string } : never;
type InMode<Kind> = Kind extends string ? { readonly kind: Kind; readonly mode: PaymentMode } : never;

/** A part that can be opened: what is looked at, a form about it, a question. */
export type Part =
  | Whole<'store' | 'differs' | 'cannot' | 'tool'>
  /** The list of parts, at one of its pages. */
  | { readonly kind: 'change'; readonly page?: number | undefined }
  | AtSpot<'spot' | 'problem'>
  | InMode<'payment' | 'paymentPhoto'>
  /** *Does the shop take only Alipay?*, asked because of the tool that was chosen against the rule. */
  | { readonly kind: 'onlyAlipay'; readonly instead: PaymentTool };

export interface TypedForm {
  readonly values: Readonly<Record<string, RawValue>>;
  readonly problems: readonly Problem<string>[];
}

/** What a person says of a part, and when: milliseconds. */
export interface Saying {
  /** What it is about: `store`, `spot:<ref>`, `cannot`, `tool`, `payment:<mode>`. */
  readonly of: string;
  readonly at: number;
  /** As it came, to be kept where a later one stays. */
  readonly typed: Readonly<Record<string, unknown>>;
}

/** One line about what just happened. */
export type InspectionNote =
  | { readonly code: NoteCode; readonly photoId: string }
  | { readonly code: 'photoNotNeeded'; readonly photoId: string }
  | { readonly code: 'saidLater' }
  | { readonly code: 'weak'; readonly photoId: string; readonly weakness: Weakness }
  /** The code in it told to which spot it belongs. */
  | { readonly code: 'photoForSpot'; readonly photoId: string; readonly spotRef: string };

/** A task is at work in one of these. */
export type WorkState = Extract<
  InspectionState,
  'STARTED' | 'DEPLOYMENT_CHECKED' | 'PAYMENT_VERIFIED' | 'CANNOT_INSPECT'
>;

/** Nothing said, nothing sent. */
export function newInspection(): Inspection {
  return { spots: [], payments: [], photos: [], typed: {}, again: [], notes: [] };
}
