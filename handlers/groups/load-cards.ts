import { findDigest } from '../../models/digests.ts';
import { findIso } from '../../models/isos.ts';
import { type LoadGroupCard, OLD_CARD } from '../../src/delivery/render-cards.ts';

/** Whether this group gets the digest, and of which ISO. */
export const loadBinding: LoadGroupCard = async (_card, group) => {
  const iso = await findIso(group.isoId);
  return {
    name: 'group',
    model: { iso: iso?.name ?? '', bound: group.state === 'BOUND' },
    version: group.version,
  };
};

/** The numbers of a day, as they were told. */
export const loadDigest: LoadGroupCard = async (card, group) => {
  const digest = await findDigest(card.subject.id);
  if (digest === undefined || digest.isoId !== group.isoId) return OLD_CARD;
  const iso = await findIso(group.isoId);
  const { dataDate, toldAt, numbers, urgent, version } = digest;
  return {
    name: 'digest',
    model: { dataDate, toldAt, timeZone: iso?.timeZone ?? 'UTC', numbers, urgent },
    version,
  };
};
