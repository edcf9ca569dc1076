import type { DataNotice } from '../../../models/data-notices.ts';
import type { IsoRow, Outcome } from './kind.ts';

/** What the admins of each ISO should know of whose rows say otherwise than what is known; `what` is the file's name. */
export function conflictsOf(
  rows: readonly IsoRow[],
  outcomes: readonly Outcome[],
  what: string,
): readonly (DataNotice & { readonly kind: 'conflict' })[] {
  const contradicted = rows.filter((_, index) => outcomes[index]?.outcome === 'conflict');
  const isoIds = new Set(contradicted.map(({ isoId }) => isoId));
  return [...isoIds].map((isoId) => ({ kind: 'conflict', isoId, what }));
}
