import { dayOf } from '@field/kit/calendar';
import { type Digest, digestsBetween } from '../../models/digests.ts';
import { findIso } from '../../models/isos.ts';
import type { ExportList } from './table.ts';

/** What the groups were told, day by day of the data. */
export const DIGESTS: ExportList<Digest> = {
  columns: [
    { heading: 'export.resultOf', kind: 'day', width: 12, cell: ({ dataDate }) => dataDate },
    { heading: 'export.told', kind: 'moment', width: 16, cell: ({ toldAt }) => toldAt },
    { heading: 'export.storesPromoted', kind: 'whole', width: 12, cell: ({ numbers }) => numbers.stores.promoted },
    { heading: 'export.storesApproved', kind: 'whole', width: 12, cell: ({ numbers }) => numbers.stores.approved },
    { heading: 'export.storesFailed', kind: 'whole', width: 12, cell: ({ numbers }) => numbers.stores.failed },
    { heading: 'export.storesInReview', kind: 'whole', width: 12, cell: ({ numbers }) => numbers.stores.inReview },
    { heading: 'export.spotsPromoted', kind: 'whole', width: 12, cell: ({ numbers }) => numbers.spots.promoted },
    { heading: 'export.spotsApproved', kind: 'whole', width: 12, cell: ({ numbers }) => numbers.spots.approved },
    { heading: 'export.spotsFailed', kind: 'whole', width: 12, cell: ({ numbers }) => numbers.spots.failed },
    { heading: 'export.spotsInReview', kind: 'whole', width: 12, cell: ({ numbers }) => numbers.spots.inReview },
  ],
  async *rows({ isoId, from, to }) {
    const timeZone = (await findIso(isoId))?.timeZone ?? 'UTC';
    yield await digestsBetween(isoId, dayOf(from, timeZone), dayOf(to, timeZone));
  },
};
