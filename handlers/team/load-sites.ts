import { findIso } from '../../models/isos.ts';
import { countSites } from '../../models/sites.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { forAdmins } from './for-admins.ts';

/** How the sites of a period stand, `sites/2026-11`, as long as a number of them is agreed. */
export const loadSites = forAdmins(async ({ subject }, _viewer, isoId) => {
  const [, period = ''] = subject.id.split('/');
  const iso = await findIso(isoId);
  if (iso?.sites === undefined) return OLD_CARD;
  const used = await countSites({ isoId, period });
  return { name: 'team.sites', model: { agreed: iso.sites, used, period }, version: 0 };
});
