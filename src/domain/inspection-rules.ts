import type { CodeRules } from './code.ts';

/** Merchant-presented: the shop shows the code. User-presented: the person who pays shows it (domain A.6). */
export type PaymentMode = 'MPM' | 'UPM';

/** What can be chosen, and what rules of ours know it as. */
export interface Choice<Role extends string> {
  readonly id: string;
  readonly is?: Role | undefined;
}

/** What may come of a payment. */
export interface ResultChoice extends Choice<'success' | 'notTried' | 'notAccepted'> {
  /** No screen shows it: no photo of one is asked for. */
  readonly photo?: 'none' | undefined;
}

/** What is paid with. */
export interface PaymentApp {
  readonly id: string;
  /** In a shop that takes only Alipay, or in any other. */
  readonly when: 'onlyAlipay' | 'other';
  /** Where it is to be had, by the system of the phone. */
  readonly links: {
    readonly ios?: string | undefined;
    readonly android?: string | undefined;
    readonly other?: string | undefined;
  };
  /** Whether a test account of the ISO's is needed. */
  readonly account: boolean;
}

/** What the programme says of payments and inspections (docs/programme.md); it rides on what is to be inspected. */
export interface InspectionRules {
  readonly tools: readonly PaymentApp[];
  readonly modes: readonly PaymentMode[];
  readonly results: readonly ResultChoice[];
  readonly differs: readonly Choice<'name' | 'address' | 'closedToday' | 'notAccepting'>[];
  readonly problems: readonly Choice<'missing' | 'hidden' | 'damaged' | 'otherCode'>[];
  readonly cannot: readonly string[];
  /** Which codes are read in photos. */
  readonly codes: CodeRules;
}

/** The choice that a rule asks for; undefined where the programme has none. */
export function idThatIs<Role extends string>(choices: readonly Choice<Role>[], role: Role): string | undefined {
  return choices.find(({ is }) => is === role)?.id;
}

/** Whether a screen shows this result, so that a photo of it is asked for; of a payment that was not tried there is none. */
export function isOnScreen(results: InspectionRules['results'], result: string): boolean {
  const choice = results.find(({ id }) => id === result);
  return choice?.photo !== 'none' && choice?.is !== 'notTried';
}

/** Whether one of what was said is what a rule asks for. */
export function saysOne<Role extends string>(
  said: readonly string[] | undefined,
  choices: readonly Choice<Role>[],
  role: Role,
): boolean {
  return choices.some(({ id, is }) => is === role && said?.includes(id) === true);
}
