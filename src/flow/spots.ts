import { acted, closed, withoutTyped, withSpot } from './change.ts';
import type { Draft, DraftPhoto, DraftSpot, Outcome, SpotKey } from './draft.ts';
import { spotOf } from './lookup.ts';
import { reconciled } from './reconcile.ts';
import { spotIsComplete } from './screens.ts';

/** One more spot; `limit` is what the policy allows in a store. */
export function addSpot(draft: Draft, limit: number = draft.flow.spotsPerStore): Outcome {
  if (draft.modifies !== undefined) return { draft, problems: [{ code: 'nothingThere' }] };
  if (draft.spots.length >= limit) return { draft, problems: [{ code: 'tooManySpots', limit }] };
  return { draft: reconciled(draft, closed(grown(acted(draft)))), problems: [] };
}

/** Takes a spot out, with what was said about it; its photos are kept aside. A promotion has one spot at least. */
export function removeSpot(draft: Draft, key: SpotKey): Outcome {
  if (!spotOf(draft, key)) return { draft, problems: [{ code: 'nothingThere' }] };
  if (draft.spots.length === 1) return { draft, problems: [{ code: 'lastSpot' }] };
  return { draft: reconciled(draft, withoutSpot(acted(draft), key)), problems: [] };
}

/** Puts a spot off until the summary. One that is complete stays as it is. */
export function skipSpot(draft: Draft, key: SpotKey): Outcome {
  if (!spotOf(draft, key) || draft.modifies !== undefined) return { draft, problems: [{ code: 'nothingThere' }] };
  if (spotIsComplete(draft, key)) return { draft, problems: [] };
  const skipped = withSpot(acted(draft), key, (spot) => ({ ...spot, skipped: true }));
  return { draft: reconciled(draft, closed(skipped)), problems: [] };
}

/** Spots added at the end, or spots about which nothing was said taken from it, until there are `howMany`. */
export function resizedSpots(draft: Draft, howMany: number): Draft {
  let now = draft;
  while (now.spots.length < howMany) now = grown(now);
  for (let last = now.spots.at(-1); last && now.spots.length > howMany; last = now.spots.at(-1)) {
    if (isTouched(now, last)) break;
    now = withoutSpot(now, last.key);
  }
  return now;
}

function grown(draft: Draft): Draft {
  const spot: DraftSpot = { key: `s${draft.nextSpot}`, answers: {}, skipped: false };
  return { ...draft, spots: [...draft.spots, spot], nextSpot: draft.nextSpot + 1 };
}

function withoutSpot(draft: Draft, key: SpotKey): Draft {
  const asked = draft.questions.flatMap((one) => (one.kind === 'twoCodes' && one.spot === key ? [one.photoId] : []));
  const photos = draft.photos.map((photo): DraftPhoto => {
    const isOfSpot = photo.where.kind === 'slot' && photo.where.slot.spot === key;
    if (!isOfSpot && !asked.includes(photo.photoId)) return photo;
    return { ...photo, where: { kind: 'setAside', why: 'spotRemoved' } };
  });
  const spots = draft.spots.filter((spot) => spot.key !== key);
  return withoutTyped({ ...draft, spots, photos }, (form) => form.split(':')[1] === key);
}

function isTouched(draft: Draft, { key, answers, code }: DraftSpot): boolean {
  const hasPhoto = draft.photos.some(({ where }) => where.kind === 'slot' && where.slot.spot === key);
  const hasTyped = Object.keys(draft.typed).some((form) => form.split(':')[1] === key);
  return Object.keys(answers).length > 0 || code !== undefined || hasPhoto || hasTyped;
}
