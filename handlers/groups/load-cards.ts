import { dayAfter } from '@field/kit/calendar';
import type { DigestModel } from '../../cards/digest.ts';
import { digestId, findDigest } from '../../models/digests.ts';
import { findIso } from '../../models/isos.ts';
import { FIRST_VERSION, programmesAt } from '../../models/programme-in-use.ts';
import { type LoadGroupCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import type { CountedReason, ReviewNumbers } from '../../src/domain/review-numbers.ts';

/** Whether this group gets the digest, and of which ISO. */
export const loadBinding: LoadGroupCard = async (_card, group, seen) => {
  const iso = await findIso(group.isoId, seen);
  return {
    name: 'group',
    model: {
      iso: iso?.name ?? '',
      bound: group.state === 'BOUND',
      declined: group.declinedAt !== undefined,
      choosing: group.choosing,
      hour: group.hour,
      quiet: group.quiet,
    },
    version: group.version,
  };
};

/** The numbers of a day, as they were told. */
export const loadDigest: LoadGroupCard = async (card, group, seen) => {
  const [digest, iso] = await Promise.all([findDigest(card.subject.id), findIso(group.isoId, seen)]);
  if (digest === undefined || digest.isoId !== group.isoId) return OLD_CARD;
  const { dataDate, toldAt, numbers, urgent, urgentBy, old, inspections, version } = digest;
  const lastWeek = await findDigest(digestId(group.isoId, dayAfter(dataDate, -7)));
  return {
    name: 'digest',
    model: {
      dataDate,
      toldAt,
      timeZone: iso?.timeZone ?? 'UTC',
      numbers,
      reasons: await saidOf(numbers, lastWeek?.numbers),
      urgent,
      urgentBy,
      old,
      inspections,
      lastWeek: lastWeek?.numbers,
    },
    version,
  };
};

/** In the words of the newest programme by which each was read; a digest from before there were versions names none. */
async function saidOf(
  { reasons }: ReviewNumbers,
  lastWeek: ReviewNumbers | undefined,
): Promise<DigestModel['reasons']> {
  const read = reasons.map(({ readUnder = FIRST_VERSION, ...counted }: StoredReason) => ({ readUnder, ...counted }));
  const programmes = await programmesAt(read.map(({ readUnder }) => readUnder));
  const before = (code: string): number | undefined =>
    lastWeek?.reasons.reduce((sum, reason) => (reason.code === code ? sum + reason.count : sum), 0);
  return read.map(({ code, readUnder, count }) => {
    return { reason: programmes(readUnder).reasons.of(code), count, before: before(code) };
  });
}

type StoredReason = Omit<CountedReason, 'readUnder'> & { readonly readUnder?: number | undefined };
