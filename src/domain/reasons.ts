import type { Language } from './languages.ts';

/** What a person may do about a failure: send it again with what was wrong put right, or say why the decision is wrong. */
export const REMEDIES = ['MODIFY', 'APPEAL', 'NONE'] as const;
export type Remedy = (typeof REMEDIES)[number];

/** What a reason is said of. */
export const REASON_SCOPES = ['store', 'spot', 'posm', 'inspection', 'iso', 'any'] as const;
type ReasonScope = (typeof REASON_SCOPES)[number];

/** Why something failed, in one language. */
export interface ReasonWords {
  /** In a few plain words, inside a sentence: `photo too dark`. */
  readonly short: string;
  /** More of it, for who wants to know. */
  readonly what?: string | undefined;
}

/** Why something failed the review, as the programme says it (domain A.10). */
export interface Reason {
  /** By which result files name it. */
  readonly code: string;
  readonly scope: ReasonScope;
  /** Advised first; the other way stays open unless a row says otherwise. */
  readonly remedy: Remedy;
  /** The clauses of the deployment policy behind it. */
  readonly clauses: readonly string[];
  /** What `Modify` asks for, and nothing else: names of steps (their form), fields and photos; `code`, `inspection`. */
  readonly asks: readonly string[];
  /** The photos that help an appeal, by name. */
  readonly evidence: readonly string[];
  /** Pictures of how it should be, and how not, by the names of their files. */
  readonly examples: { readonly good?: string | undefined; readonly bad?: string | undefined };
  /** How many days there are to put it right, where that is not what the programme says of all. */
  readonly days?: number | undefined;
  /** Whether it is said of the code that stands there that it must not: another one is needed. */
  readonly forbidsCode: boolean;
  /** Said to the promoter alone, whatever else a row says, and to the admins at once: a suspicion. */
  readonly saidAlone: boolean;
  /** By language, that for who reads another one first. */
  readonly words: Readonly<Partial<Record<Language, ReasonWords>>>;
}

/** The reasons of one version of the programme. */
export interface Reasons {
  knows(code: string): boolean;
  /** A code that nobody knows here is another reason, as which the programme counts it; its own words are kept beside it. */
  of(code: string | undefined): Reason;
}

/** What a failed item offers: the way that is advised first, and the other one. Only a row's own `remedy` takes one away. */
export function remediesFor(advised: Remedy, explicit?: Remedy): readonly Exclude<Remedy, 'NONE'>[] {
  if (explicit === 'NONE') return [];
  if (explicit !== undefined) return [explicit];
  return advised === 'MODIFY' ? ['MODIFY', 'APPEAL'] : ['APPEAL', 'MODIFY'];
}

/** Whether one of them is a suspicion. */
export function isSuspected(reasons: readonly Pick<Reason, 'saidAlone'>[]): boolean {
  return reasons.some(({ saidAlone }) => saidAlone);
}

/** What its promoter reads of several: a suspicion alone, else all of them, the first one first. */
export function saidOf<Said extends Pick<Reason, 'saidAlone'>>(reasons: readonly Said[]): readonly Said[] {
  const alone = reasons.find(({ saidAlone }) => saidAlone);
  return alone === undefined ? reasons : [alone];
}
