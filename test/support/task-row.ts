import type { TaskRow } from '../../src/daily/inspection-tasks.ts';

/** A row of the task file, given to Lek. */
export function taskRow(change: Partial<TaskRow> & Pick<TaskRow, 'isoId' | 'dueAt'>): TaskRow {
  return {
    sourceKey: 'task',
    namedAssignee: 'lek',
    storeRef: 'store',
    storeName: 'Som Tam House',
    address: 'Silom Rd 9',
    countryRegion: 'TH',
    acceptsOnlyAlipay: false,
    spotRefs: [],
    priority: 2,
    ...change,
  };
}
