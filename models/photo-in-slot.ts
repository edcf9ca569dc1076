import type { SlotName } from '../src/domain/flows/definition.ts';

/** A photo as it was submitted last, by what the programme calls it. */
export interface PhotoInSlot {
  readonly slot: SlotName;
  readonly photoId: string;
  /** When it was sent, milliseconds. */
  readonly at: number;
}

export function inSlots(photos: readonly PhotoInSlot[]): readonly PhotoInSlot[] {
  return photos.map(({ slot, photoId, at }) => ({ slot, photoId, at }));
}
