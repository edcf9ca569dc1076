import { type Code, sameCode } from '../domain/code.ts';
import { withSpot } from './change.ts';
import { codesPerSpot, slotOf } from './definition.ts';
import type { Draft, DraftPhoto, DraftSpot, SpotCode, SpotKey } from './draft.ts';
import { codesIn, spotOf } from './lookup.ts';

/** Every code that was read or typed for a spot, in that order; more than its programme asks for are kept aside. */
function allOf({ code, furtherCodes = [] }: DraftSpot): readonly SpotCode[] {
  return code === undefined ? furtherCodes : [code, ...furtherCodes];
}

/** The codes that stand at a spot. */
export function codesOf({ flow }: Pick<Draft, 'flow'>, spot: DraftSpot): readonly SpotCode[] {
  return allOf(spot).slice(0, codesPerSpot(flow));
}

export function codesAt(draft: Draft, key: SpotKey | undefined): readonly SpotCode[] {
  const spot = spotOf(draft, key);
  return spot === undefined ? [] : codesOf(draft, spot);
}

/** How many codes are still to be read or typed at a spot. */
export function codesLacking(draft: Draft, key: SpotKey): number {
  return codesPerSpot(draft.flow) - codesAt(draft, key).length;
}

export function isAmong(codes: readonly Code[], code: Code): boolean {
  return codes.some((one) => sameCode(one, code));
}

/** Those of these codes that stand at no spot of the draft. */
export function freeCodes<C extends Code>(draft: Draft, codes: readonly C[]): readonly C[] {
  const taken = draft.spots.flatMap((spot) => codesOf(draft, spot));
  return codes.filter((one) => !isAmong(taken, one));
}

/** The last four of each, as they are said after three dots; undefined of none. */
export function shortOf(codes: readonly Pick<Code, 'short'>[]): string | undefined {
  return codes.length === 0 ? undefined : codes.map(({ short }) => short).join(', …');
}

/** The draft with other codes at a spot; what is kept aside of it stays so. */
export function withCodes(draft: Draft, key: SpotKey, codes: readonly SpotCode[]): Draft {
  return withSpot(draft, key, (spot) => {
    const { code: _code, furtherCodes: _further, ...rest } = spot;
    const aside = allOf(spot).slice(codesPerSpot(draft.flow));
    const [first, ...others] = [...codes, ...aside.filter((one) => !isAmong(codes, one))];
    if (first === undefined) return rest;
    return others.length === 0 ? { ...rest, code: first } : { ...rest, code: first, furtherCodes: others };
  });
}

/** A code is read or typed at a spot. Where all of its codes are there it stands instead of the first of `instead`, else of the last. */
export function withCodeAt(draft: Draft, key: SpotKey, code: SpotCode, instead: readonly Code[]): Draft {
  const there = codesAt(draft, key);
  if (isAmong(there, code)) return draft;
  if (codesLacking(draft, key) > 0) return withCodes(draft, key, [...there, code]);
  const old = there.findIndex((one) => isAmong(instead, one));
  return there.length === 0 ? draft : withCodes(draft, key, there.with(old, code));
}

/** The codes of a spot that no close-up of it shows, but for the one that is to be replaced. */
export function unseenCodes(draft: Draft, key: SpotKey, replaced?: DraftPhoto): readonly SpotCode[] {
  const photos = draft.photos.filter(({ photoId }) => photoId !== replaced?.photoId);
  return codesAt(draft, key).filter((code) => !photos.some((photo) => isCloseupOf(draft, photo, key, code)));
}

/** The code changes, where it stands: it is known by another name, or whose it is was found out. */
export function withCodeChanged(draft: Draft, key: SpotKey, code: Code, change: (code: SpotCode) => SpotCode): Draft {
  const codes = codesAt(draft, key).map((one) => (sameCode(one, code) ? change(one) : one));
  return withCodes(draft, key, codes);
}

export function withoutCodeAt(draft: Draft, key: SpotKey, code: Code): Draft {
  return withCodes(
    draft,
    key,
    codesAt(draft, key).filter((one) => !sameCode(one, code)),
  );
}

/** Whether a photo stands in a close-up of the spot, and that code is in it. */
export function isCloseupOf(draft: Draft, { where, kept }: DraftPhoto, spot: SpotKey, code: Code): boolean {
  if (where.kind !== 'slot' || where.slot.spot !== spot) return false;
  const { name } = where.slot;
  const showsCode = draft.flow.steps.some((step) => slotOf(step, name)?.showsCode === true);
  return showsCode && isAmong(codesIn({ kept }), code);
}
