import { findIso } from '../../../models/isos.ts';

/** Which rows name an ISO that is known here, one answer a row. */
export async function areOfKnownIsos(rows: readonly { readonly isoId: string }[]): Promise<readonly boolean[]> {
  const known = new Map<string, boolean>();
  for (const { isoId } of rows) if (!known.has(isoId)) known.set(isoId, (await findIso(isoId)) !== undefined);
  return rows.map(({ isoId }) => known.get(isoId) === true);
}
