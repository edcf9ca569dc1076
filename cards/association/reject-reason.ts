import { escapeMarkdown } from '../markdown.ts';
import type { T } from '../text.ts';

/** Why an ISO does not take somebody: to choose from; own words are possible too. */
export const REJECT_REASONS = ['NOT_STAFF', 'WRONG_NAME', 'WRONG_PHONE', 'ALREADY_IN'] as const;

/** A reason in the reader's language: a code by its text, own words as they are. */
export function reasonText(t: T, reason: string): string {
  const key = `option.reason.${reason}`;
  return t.has(key) ? t(key) : escapeMarkdown(reason);
}
