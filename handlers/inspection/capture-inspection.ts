import type { CaptureAskModel } from '../../cards/capture/asks.ts';
import type { NoteCode } from '../../src/flow/codes.ts';
import type { Assignment, Inspection, PhotoSlot } from '../../src/inspection/inspection.ts';
import { workParts } from '../../src/inspection/parts.ts';
import { REFUSED } from '../../src/inspection/photos.ts';
import { placeOf, slotOf } from '../../src/inspection/place.ts';
import { keptIn, photosBeingChecked, sameSlot } from '../../src/inspection/slots.ts';
import type { PhotoTarget } from '../photos/photo-target.ts';
import { type InspectedShop, inspectedShop, spotIn } from './inspected-shop.ts';
import { atHand } from './task-at-hand.ts';

/** What the page beside the chat can take for an inspection: its codes are read in photos only, which show where they stand. */
export const capturesInspection: Pick<PhotoTarget, 'asks' | 'forms' | 'scanned' | 'filledIn'> = {
  async asks(asking, taskId) {
    const found = await atHand(asking, taskId);
    if (found === undefined) return [];
    const { task, assignment } = found;
    const shop = await inspectedShop(task, asking.tx);
    return slotsAsked(task.inspection, assignment).map((slot) => askModel(task.inspection, shop, slot));
  },

  forms: async () => [],
  scanned: async () => undefined,
  filledIn: async () => undefined,
};

/** `front`, `spot:s1`, `payment:MPM`, `cannot`: undefined for what the task does not have. */
export function slotOfCapture(key: string, { spots, rules, onlyPayments }: Assignment): PhotoSlot | undefined {
  const [kind, ...rest] = key.split(':');
  const of = rest.join(':');
  const mode = rules.modes.find((one) => one === of);
  if (kind === 'payment') return mode && { kind, mode };
  if (onlyPayments) return undefined;
  if (kind === 'front' || kind === 'cannot') return { kind };
  return kind === 'spot' && spots.some(({ spotRef }) => spotRef === of) ? { kind, spotRef: of } : undefined;
}

function slotKey(slot: PhotoSlot): string {
  if (slot.kind === 'spot') return `spot:${slot.spotRef}`;
  return slot.kind === 'payment' ? `payment:${slot.mode}` : slot.kind;
}

/** The shop and all its spots in any order; a payment, or why nothing can be looked at, once the card asks for its photo. */
function slotsAsked(inspection: Inspection, assignment: Assignment): readonly PhotoSlot[] {
  const now = slotOf(placeOf(inspection, assignment), assignment);
  if (now?.kind === 'cannot') return [now];
  const parts = inspection.cannot === undefined ? workParts(assignment) : [];
  const ofShop = parts.flatMap((part): readonly PhotoSlot[] => {
    if (part.kind === 'store') return [{ kind: 'front' }];
    return part.kind === 'spot' ? [{ kind: 'spot', spotRef: part.spotRef }] : [];
  });
  return now?.kind === 'payment' ? [...ofShop, now] : ofShop;
}

function askModel(inspection: Inspection, shop: InspectedShop, slot: PhotoSlot): CaptureAskModel {
  const code = whyNotTaken(inspection, slot);
  return {
    slot: slotKey(slot),
    of: whatIsTaken(shop, slot),
    takes: 'photo',
    most: 1,
    have: Math.min(1, keptIn(inspection, slot).length),
    checking: photosBeingChecked(inspection).filter((photo) => sameSlot(photo.slot, slot)).length,
    says: code && { kind: 'note', code },
  };
}

function whatIsTaken(shop: InspectedShop, slot: PhotoSlot): CaptureAskModel['of'] {
  if (slot.kind === 'payment') return { in: 'payment', mode: slot.mode };
  if (slot.kind === 'spot') return { in: 'spot', spot: spotIn(shop, slot.spotRef).spot };
  return { in: slot.kind };
}

/** What is said of the last photo for it, where that is of no use. */
function whyNotTaken({ photos }: Inspection, slot: PhotoSlot): NoteCode | undefined {
  const last = photos.findLast((photo) => sameSlot(photo.slot, slot));
  if (last?.where.kind === 'refused') return REFUSED[last.where.why];
  if (last?.where.kind !== 'setAside') return undefined;
  return last.where.why === 'repeated' ? 'samePhoto' : last.where.why === 'usedBefore' ? 'photoUsedBefore' : undefined;
}
