import { type DataDate, isDataDate } from '@field/kit/calendar';
import { z } from 'zod';

const LONGEST_KEY = 200;

/** A cell that must say something. */
export const key = z.string().min(1, 'is empty').max(LONGEST_KEY, `is longer than ${LONGEST_KEY} characters`);

/** An ISO 8601 time with its zone, as milliseconds. Without a zone nobody knows which moment it is. */
export const instant = z.iso
  .datetime({ offset: true, error: 'is not an ISO 8601 time with a time zone' })
  .transform((text) => Date.parse(text));

/** `2026-05-03` or `20260503`. */
export const dataDate = z.string().transform((text, context): DataDate => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text.replaceAll('-', '') : text;
  if (isDataDate(day)) return day;
  context.addIssue({ code: 'custom', message: 'is not a day' });
  return z.NEVER;
});

/** One of these words. */
export function oneOf<const Word extends string>(words: readonly [Word, ...Word[]]) {
  return z.enum(words, `is not one of ${words.join(', ')}`);
}

/** `true` or `false`. */
export const flag = oneOf(['true', 'false']).transform((word) => word === 'true');

/** An empty cell is absent. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((cell) => (cell === '' ? undefined : cell), schema.optional());
}

/** Values separated by `|`. */
export const list = z.string().transform((text) => text.split('|').flatMap((part) => part.trim() || []));

/** Why a row is malformed: its first bad column, and what is wrong with it. */
export function faultOf({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is malformed'}`.trim();
}
