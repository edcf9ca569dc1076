import { findDigest } from '../../models/digests.ts';
import { findIso } from '../../models/isos.ts';
import type { LoadGroupCard } from '../../src/delivery/render-cards.ts';

const loadBinding: LoadGroupCard = async (_card, group) => {
  const iso = await findIso(group.isoId);
  return {
    name: 'group',
    model: { iso: iso?.name ?? '', bound: group.state === 'BOUND' },
    version: group.version,
  };
};

const loadDigest: LoadGroupCard = async (card, group) => {
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

const OLD_CARD = { name: 'notice', model: { kind: 'oldCard' }, version: 0 } as const;

const LOADERS: Readonly<Record<string, LoadGroupCard>> = { group: loadBinding, digest: loadDigest };

/** What a card in a group shows now. */
export const loadGroupCard: LoadGroupCard = async (card, group) => {
  return await (LOADERS[card.view]?.(card, group) ?? OLD_CARD);
};
