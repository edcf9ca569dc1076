import { AppError } from '@field/kit/errors';
import { z } from 'zod';

/**
 * The longest and the most of anything that a frame says (architecture 4), far above what people and our own cards send. What is
 * longer costs nothing behind the edge: an id is none, a text ends here.
 */
export const LONGEST = { id: 200, name: 200, code: 4_000, text: 20_000 } as const;
export const MOST = { fields: 60, choices: 60, params: 30, pictures: 100 } as const;

/** An id, as a required one. */
export const anId = z.string().min(1).max(LONGEST.id);

/** An id or a word of a protocol: what is longer than any is none. */
export const someId = anId.optional().catch(undefined);

/** The id by which what is pushed again is known; without one, it is `frame.malformed`: it would be taken for any other without one. */
export function named(id: string): string {
  if (id === '') throw new AppError('frame.malformed', { reason: 'noId' });
  return id;
}

/** What people call themselves, a group, or a file: cut where no screen shows it any more. */
export const someName = upTo(LONGEST.name);

/** What leads to a file at DingTalk. */
export const someDownloadCode = z.string().min(1).max(LONGEST.code).optional().catch(undefined);

/** What was typed or said. */
export const someLongText = upTo(LONGEST.text);

function upTo(length: number) {
  return z
    .string()
    .min(1)
    .transform((text) => cut(text, length))
    .optional()
    .catch(undefined);
}

/** The beginning of a text, never half of a character. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
