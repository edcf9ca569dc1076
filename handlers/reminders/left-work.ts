import { openDraftsOf, type StoredDraft } from '../../models/drafts.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { Reads } from '../../models/single-write.ts';
import { isHeld } from '../../src/flow/definition.ts';

/** Whether it is a promotion with something said or sent in it that can be gone on with. */
export function isLeft({ draft }: StoredDraft): boolean {
  const { modifies, storeId, answers, spots, photos, typed } = draft;
  if (modifies !== undefined || isHeld(draft)) return false;
  const said = [answers, typed, ...spots.map((spot) => spot.answers)].some((one) => Object.keys(one).length > 0);
  return said || storeId !== undefined || photos.length > 0;
}

/** The promotions in a person's hands of which they were told that they are half done, with no step since; the last one first. */
export async function draftsToldOf(
  { userId, isoId }: { readonly userId: string; readonly isoId: string },
  tx?: Reads,
): Promise<readonly StoredDraft[]> {
  if (currentProgramme().programme.reminders.halfDone.length === 0) return [];
  const open = await openDraftsOf(userId, tx);
  return open.filter((draft) => draft.isoId === isoId && draft.told?.of === draft.updatedAt && isLeft(draft));
}
