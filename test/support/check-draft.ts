import { codesOf } from '../../src/flow/codes-at.ts';
import { codesPerSpot, stepsOf } from '../../src/flow/definition.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { offer, placeOf, progress, spotOf, toSubmission } from '../../src/flow/engine.ts';

/** What must hold of every draft, as a list of what does not. */
export function checkDraft(draft: Draft): string[] {
  return [...plainJson(draft), ...spots(draft), ...photos(draft), ...place(draft), ...submitting(draft)];
}

/** What is stored of it comes back from JSON as it is: its flow is put there when it is read. */
function plainJson({ flow: _, ...stored }: Draft): string[] {
  return isPlain(stored) ? [] : ['is not plain JSON'];
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null)
    return ['string', 'boolean', 'undefined', 'object'].includes(typeof value);
  if (Array.isArray(value)) return value.every((one) => one !== undefined && isPlain(one));
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}

function spots(draft: Draft): string[] {
  const keys = draft.spots.map(({ key }) => key);
  const codes = draft.spots.flatMap((spot) => codesOf(draft, spot).map(({ codeId }) => codeId));
  const kept = draft.spots.flatMap(({ code, furtherCodes = [] }) => [...(code ? [code] : []), ...furtherCodes]);
  const found: string[] = [];
  if (keys.length === 0) found.push('has no spot');
  if (keys.length > 5) found.push('has too many spots');
  if (new Set(keys).size !== keys.length) found.push('has two spots of one key');
  if (new Set(codes).size !== codes.length) found.push('has one code twice');
  if (kept.length > 0 && !readsCodes(draft)) found.push('has a code that its product does not have');
  if (draft.spots.some(({ code, furtherCodes }) => code === undefined && furtherCodes !== undefined))
    found.push('has a second code and no first');
  return found;
}

function photos(draft: Draft): string[] {
  const found: string[] = [];
  const slots = draft.photos.flatMap(({ where }) => (where.kind === 'slot' ? [where.slot] : []));
  const names = slots.map(({ name, spot }) => `${name}:${spot}`);
  if (new Set(names).size !== names.length) found.push('has two photos in one slot');
  for (const { name, spot } of slots) {
    const step = draft.flow.steps.find((one) => one.slots.some((slot) => slot.name === name));
    if (!step || step.repeats !== (spotOf(draft, spot) !== undefined)) found.push(`has a photo in no slot ${name}`);
  }
  if (new Set(draft.photos.map(({ photoId }) => photoId)).size !== draft.photos.length) found.push('has a photo twice');
  for (const { where, kept } of draft.photos) {
    const isUnchecked = where.kind === 'checking' || where.kind === 'refused';
    if (isUnchecked !== (kept === undefined)) found.push('has a photo that is both checked and not');
  }
  const used = draft.photos.filter(({ where }) => where.kind === 'slot').map(({ kept }) => kept?.sha256);
  if (new Set(used).size !== used.length) found.push('uses one picture twice');
  return found;
}

function place(draft: Draft): string[] {
  const now = placeOf(draft);
  const { step, of, percent } = progress(draft);
  const found: string[] = [];
  if (step < 1 || step > of || percent < 0 || percent > 100) found.push(`is at step ${step} of ${of}, ${percent}`);
  if (now.kind === 'summary' || now.kind === 'change') return found;
  if (!draft.flow.steps.some(({ id }) => id === now.step)) found.push(`stands at no step ${now.step}`);
  if ('spot' in now && now.spot !== undefined && !spotOf(draft, now.spot)) found.push(`stands at no spot ${now.spot}`);
  if (now.kind === 'photo' && now.wanted.length === 0 && !now.codeWanted) found.push('wants no photo');
  return found;
}

function submitting(draft: Draft): string[] {
  if (draft.modifies !== undefined) return [];
  const { missing, violations, canSubmit, parts } = offer(draft);
  const found: string[] = [];
  if (canSubmit !== (missing.length === 0 && violations.length === 0)) found.push('offers what it should not');
  if (canSubmit && toSubmission(draft) === undefined) found.push('can be submitted and makes no submission');
  const codes = codesPerSpot(draft.flow);
  const lacksCode = toSubmission(draft)?.spots.some((spot) => spot.codes.length !== codes);
  if (lacksCode) found.push('makes a submission with a spot that lacks a code, or has one too many');
  if (missing.length > 0 && toSubmission(draft) !== undefined) found.push('makes a submission with something missing');
  if (parts.passing > parts.total) found.push('has more parts that pass than parts');
  return found;
}

function readsCodes(draft: Draft): boolean {
  return stepsOf(draft).some(({ code }) => code);
}
