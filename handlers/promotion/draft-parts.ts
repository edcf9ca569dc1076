import type { PartModel } from '../../cards/promotion/parts.ts';
import type { Draft, Part, SpotKey } from '../../src/flow/draft.ts';
import { type Finding, type Offer, offer } from '../../src/flow/engine.ts';
import { isNamed, labelOf } from './job.ts';
import { placeName } from './place-name.ts';

/** Every part of a draft as the summary lists it, with the first thing that is missing, forbidden or doubtful in it. */
export function partsOf(draft: Draft): readonly PartModel[] {
  const found = offer(draft);
  const store = { kind: 'form', step: 'store', part: 'main' } as const;
  const front = { kind: 'photos', step: 'store' } as const;
  const merchant = { kind: 'form', step: 'merchant', part: 'main' } as const;
  return [
    { part: 'store', place: placeName(store), ...judged(found, (at) => at.step === 'store' && !isPhoto(at)) },
    { part: 'storefront', place: placeName(front), ...judged(found, (at) => at.step === 'store' && isPhoto(at)) },
    ...draft.spots.map(({ key }) => spotPart(draft, found, key)),
    { part: 'merchant', place: placeName(merchant), ...judged(found, (at) => at.step === 'merchant') },
  ];
}

function spotPart(draft: Draft, found: Offer, key: SpotKey): PartModel {
  const state = judged(found, (at) => at.spot === key);
  return { part: 'spot', place: placeName(partToOpen(key, state, draft)), spot: labelOf(draft, key), ...state };
}

/** What is wrong with a spot tells whether its form or its photos are opened. */
function partToOpen(spot: SpotKey, { state, reason }: Pick<PartModel, 'state' | 'reason'>, draft: Draft): Part {
  const aboutForm = state === 'done' || reason === 'form' || reason === 'notFixed' || !isNamed(draft, spot);
  return aboutForm ? { kind: 'form', step: 'spots', spot, part: 'main' } : { kind: 'photos', step: 'spots', spot };
}

function isPhoto({ slot, code }: Finding<string>): boolean {
  return slot !== undefined || code === 'storefront';
}

function judged(found: Offer, belongs: (at: Finding<string>) => boolean): Pick<PartModel, 'state' | 'reason'> {
  const missing = found.missing.find(belongs);
  if (missing !== undefined) return { state: 'missing', reason: missing.code };
  const violation = found.violations.find(belongs);
  if (violation !== undefined) return { state: 'violation', reason: violation.code };
  const doubt = found.doubts.find(belongs);
  return doubt === undefined ? { state: 'done' } : { state: 'doubt', reason: doubt.code };
}
