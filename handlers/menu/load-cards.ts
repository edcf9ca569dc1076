import { openDraftsOf } from '../../models/drafts.ts';
import { adminsOf } from '../../models/people.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import { progress } from '../../src/flow/engine.ts';
import { shopName } from '../promotion/job.ts';

/** The product list, with what can be resumed on top. */
export const loadMenu: LoadCard = async (_card, viewer) => {
  const drafts = (await openDraftsOf(viewer.userId)).map(({ draftId, product, draft }) => {
    const { step, of } = progress(draft);
    return { draftId, product, shop: shopName(draft), step, of };
  });
  return { name: 'menu', model: { name: viewer.name, drafts, admin: viewer.role === 'ADMIN' }, version: 0 };
};

export const loadHelp: LoadCard = async (_card, viewer) => {
  const [admin] = viewer.isoId === undefined ? [] : await adminsOf(viewer.isoId);
  return { name: 'help', model: admin === undefined ? {} : { admin: admin.name }, version: 0 };
};
