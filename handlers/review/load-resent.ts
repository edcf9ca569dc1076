import { findIso } from '../../models/isos.ts';
import { findItem } from '../../models/items.ts';
import { submissionTimes } from '../../models/submissions.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import { nameOf } from './item-model.ts';

const DAY_MS = 24 * 3_600_000;

/** *Sent again (2nd time)*: of one revision, whatever was sent since. */
export const loadResent: LoadCard = async ({ subject }, viewer) => {
  const [itemRef = '', revision = ''] = subject.id.split('#');
  const item = await findItem(itemRef);
  const submittedAt = (await submissionTimes([subject.id])).get(subject.id);
  if (item?.staffId !== viewer.userId || submittedAt === undefined) {
    return { name: 'notice', model: { kind: 'oldCard' }, version: 0 };
  }
  const iso = await findIso(item.isoId);
  return {
    name: 'review.resent',
    model: {
      ...{ name: nameOf(item), revision: Number(revision), timeZone: iso?.timeZone ?? 'UTC' },
      // data is one day late (the guide)
      resultsFrom: submittedAt + DAY_MS,
    },
    version: 0,
  };
};
