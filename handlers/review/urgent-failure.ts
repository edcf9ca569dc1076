import type { UrgentFailure } from '../../cards/review/failure-lines.ts';
import { inQuestion } from '../../cards/review/item.ts';
import { findIso } from '../../models/isos.ts';
import type { Item } from '../../models/item-rows.ts';
import type { Reads } from '../../models/single-write.ts';
import { nameOf } from './item-model.ts';
import { examplesOf, photoInQuestion } from './load-item.ts';
import { reasonsOfItem } from './reasons-of-item.ts';

/** What a card says of the most urgent of some failures, by the clock of its ISO, and the picture that `Fix Door` shows. */
export async function urgentFailure(urgent: Item | undefined, seen?: Reads) {
  if (urgent === undefined) return { failure: undefined, timeZone: 'UTC', soon: undefined };
  const [photo, iso, reasons] = await Promise.all([
    photoInQuestion(urgent),
    findIso(urgent.isoId, seen),
    reasonsOfItem(urgent),
  ]);
  const { itemRef, deadlineAt } = urgent;
  const failure: UrgentFailure = { itemRef, name: nameOf(urgent), reason: reasons[0], deadlineAt };
  return { failure, timeZone: iso?.timeZone ?? 'UTC', soon: photo && [inQuestion(photo, examplesOf(reasons))] };
}
