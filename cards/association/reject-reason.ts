import { escapeMarkdown } from '../markdown.ts';
import type { T } from '../text.ts';
import { optionText } from '../vocabulary.ts';

/** Why an ISO does not take somebody: to choose from; own words are possible too. */
export const REJECT_REASONS = ['NOT_STAFF', 'WRONG_NAME', 'WRONG_PHONE', 'ALREADY_IN'] as const;

/** A reason in the reader's language, as markdown: a code by its text, own words as they are. */
export function reasonText(t: T, reason: string): string {
  return chosenReason(t, reason) ?? escapeMarkdown(reason);
}

/** The text of a reason that was chosen; undefined where it is the admin's own words. */
export function chosenReason(t: T, reason: string): string | undefined {
  return REJECT_REASONS.some((code) => code === reason) ? optionText(t, { name: 'reason' }, reason) : undefined;
}
