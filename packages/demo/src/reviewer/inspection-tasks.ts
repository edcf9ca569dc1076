import { dayAfter, instantOf } from '@field/kit/calendar';
import type { Row } from './incoming-file.ts';
import type { Memory } from './memory.ts';

export const TASK_COLUMNS = [
  ...(['sourceKey', 'isoId', 'assignee', 'storeRef', 'storeName', 'address', 'countryRegion'] as const),
  ...(['acceptsOnlyAlipay', 'spotRefs', 'dueAt', 'priority'] as const),
] as const;

const DUE_AFTER_DAYS = 3;
const DUE_HOUR = 18;

/** The tasks that a night brings: the approved spots of each approved shop that nobody was asked to inspect yet. */
export function inspectionTasks(memory: Memory, dataDate: string, timeZone: string) {
  const rows: Row<(typeof TASK_COLUMNS)[number]>[] = [];
  for (const [storeRef, store] of Object.entries(memory.stores)) {
    const spots = Object.entries(memory.spots).filter(
      ([, spot]) => spot.storeRef === storeRef && spot.approvedOn !== undefined && !spot.tasked,
    );
    if (!store.approved || spots.length === 0) continue;
    for (const [, spot] of spots) spot.tasked = true;
    const promoters = new Set(spots.map(([, spot]) => spot.promoter));
    rows.push({
      sourceKey: `task-${storeRef}-${dataDate}`,
      isoId: store.isoId,
      assignee: inspectorOf(memory, store.isoId, promoters),
      storeRef,
      storeName: store.name,
      address: store.address,
      countryRegion: store.countryRegion,
      acceptsOnlyAlipay: String(store.acceptsOnlyAlipay),
      spotRefs: spots.map(([spotRef]) => spotRef).join('|'),
      dueAt: new Date(instantOf(dayAfter(dataDate, DUE_AFTER_DAYS), DUE_HOUR, timeZone)).toISOString(),
    });
  }
  return rows;
}

/** The staff member with the fewest tasks so far who did not promote there; empty when there is none. */
function inspectorOf(memory: Memory, isoId: string, promoters: ReadonlySet<string>): string {
  const given = memory.staff[isoId] ?? {};
  const [chosen] = Object.keys(given)
    .filter((staffRef) => !promoters.has(staffRef))
    .sort((one, other) => (given[one] ?? 0) - (given[other] ?? 0) || one.localeCompare(other));
  if (chosen !== undefined) given[chosen] = (given[chosen] ?? 0) + 1;
  return chosen ?? '';
}
