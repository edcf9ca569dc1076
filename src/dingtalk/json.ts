import { z } from 'zod';

/** JSON text as a value, or undefined when it is none. DingTalk nests JSON in JSON; a value that already is one passes. */
export function parseJson(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A name or id: text with something in it. What else stands there counts as absent. */
export const someText = z.string().min(1).optional().catch(undefined);

const textOrNumber = z.union([z.string(), z.number()]).optional().catch(undefined);

/** Milliseconds since the epoch, which DingTalk sends as a number in one place and as text in another. */
export const someTime = textOrNumber.transform((value) => {
  const ms = value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isSafeInteger(ms) && ms > 0 ? ms : undefined;
});

/** A number or its text, as text: error codes come as both. */
export const someCode = textOrNumber.transform((value) => (value === undefined ? undefined : String(value)));
