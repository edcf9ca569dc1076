import { DAY_MS } from '@field/kit/calendar';

/**
 * What admins and reviewers should look at of a photo that was submitted: its camera says that it was taken long before it was sent, or
 * after; it looks like an earlier photo of another shop; it was taken far from the other photos of its work, or its phone says that its place
 * is made up. Never a reason to refuse it, and nothing that its sender is asked about: clocks are set wrongly, two shops may look alike, and
 * a phone may not know where it is.
 */
export const PHOTO_FLAGS = [
  'TAKEN_LONG_BEFORE',
  'TAKEN_AFTER',
  'LIKE_ANOTHER',
  'FAR_FROM_OTHERS',
  'PLACE_MADE_UP',
] as const;
export type PhotoFlag = (typeof PHOTO_FLAGS)[number];

const HOUR_MS = 3_600_000;
/** A clock may be so much fast. */
const FAST_MS = HOUR_MS;
/** A time without its offset may be anywhere on earth: from UTC-12 to UTC+14. */
const FURTHEST_WEST_MS = 12 * HOUR_MS;
const FURTHEST_EAST_MS = 14 * HOUR_MS;
/** What a camera says whose clock was never set, 1970, 1980 or 2002, says nothing: no phone that runs DingTalk is older. */
const FIRST_YEAR = 2015;

const HAS_OFFSET = /[+-]\d\d:\d\d$/;

/**
 * The flags of a photo that was sent then, milliseconds, and taken at this time of its camera (ISO 8601, with its offset or without).
 * Where the offset is not known a flag counts only if it would be right everywhere.
 */
export function flagsOfTime(takenAt: string | undefined, sentAt: number, oldAfterDays: number): readonly PhotoFlag[] {
  if (takenAt === undefined || Number(takenAt.slice(0, 4)) < FIRST_YEAR) return [];
  const isSure = HAS_OFFSET.test(takenAt);
  const at = Date.parse(isSure ? takenAt : `${takenAt}Z`);
  if (Number.isNaN(at)) return [];
  const [earliest, latest] = isSure ? [at, at] : [at - FURTHEST_EAST_MS, at + FURTHEST_WEST_MS];
  if (earliest > sentAt + FAST_MS) return ['TAKEN_AFTER'];
  return latest < sentAt - oldAfterDays * DAY_MS ? ['TAKEN_LONG_BEFORE'] : [];
}
