import { text } from './fields.ts';

/** In whose hands something open is, beside who did it: an item, an appeal. */
export const OWNERSHIP = {
  /** Who may act on it, and hears of it. */
  ownerId: text().optional(),
  /** Who had it before whoever has it now; while nobody has it, who had it last. */
  formerId: text().optional(),
};

interface Owned {
  readonly ownerId?: string | undefined;
  readonly formerId?: string | undefined;
}

/** Who has a stored row in hand; a release before this one wrote only its author, who has it then. Undefined: nobody. */
export function ownerOf({ ownerId, formerId }: Owned, author: string): string | undefined {
  return ownerId ?? (formerId === undefined ? author : undefined);
}

/** Of the rows of an author those that a release before this one wrote: they are in the author's hands. */
export const WRITTEN_BEFORE = { ownerId: { $exists: false }, formerId: { $exists: false } } as const;

/** The index of what was given on in an ISO, or is in nobody's hands; a filter by it says `formerId: { $exists: true }`. */
export const GIVEN_ON = [{ isoId: 1, state: 1 }, { partialFilterExpression: { formerId: { $exists: true } } }] as const;
