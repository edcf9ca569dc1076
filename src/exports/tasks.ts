import type { TextKey } from '../../cards/text-key.ts';
import type { InspectionTask } from '../../models/inspection-tasks.ts';
import { namesOf } from '../../models/people.ts';
import { tasksDue } from '../../models/task-lists.ts';
import { wholeMoments } from '../../models/whole-moments.ts';
import type { InspectionState } from '../domain/inspection-state.ts';
import type { ExportList } from './table.ts';

interface TaskRow {
  readonly task: InspectionTask;
  /** Whose it is. */
  readonly staff: string | undefined;
}

const STATES: Readonly<Record<InspectionState, TextKey>> = {
  ASSIGNED: 'teamTasks.ASSIGNED',
  STARTED: 'teamTasks.STARTED',
  DEPLOYMENT_CHECKED: 'teamTasks.STARTED',
  PAYMENT_VERIFIED: 'teamTasks.STARTED',
  CANNOT_INSPECT: 'teamTasks.CANNOT_INSPECT',
  SUBMITTED: 'itemState.PENDING',
  APPROVED: 'itemState.APPROVED',
  REJECTED: 'teamTasks.REJECTED',
  EXPIRED: 'itemState.LAPSED',
};

/** Inspections, by when they are due, whatever became of them. */
export const TASKS: ExportList<TaskRow> = {
  columns: [
    { heading: 'column.shop', kind: 'text', width: 28, cell: ({ task }) => task.storeName },
    { heading: 'export.address', kind: 'text', width: 36, cell: ({ task }) => task.address },
    { heading: 'export.country', kind: 'text', width: 8, cell: ({ task }) => task.countryRegion },
    { heading: 'mine.spots', kind: 'whole', width: 8, cell: ({ task }) => task.spotRefs.length },
    { heading: 'column.who', kind: 'text', width: 20, cell: ({ staff }) => staff },
    { heading: 'column.due', kind: 'moment', width: 16, cell: ({ task }) => task.dueAt },
    { heading: 'column.state', kind: 'text', width: 20, cell: ({ task }, { t }) => t(STATES[task.state]) },
    { heading: 'failed.sent', kind: 'moment', width: 16, cell: ({ task }) => task.submittedAt },
    { heading: 'export.revision', kind: 'whole', width: 9, cell: ({ task }) => task.revision },
    { heading: 'export.findings', kind: 'whole', width: 10, cell: ({ task }) => task.findings?.length },
    { heading: 'export.fixBy', kind: 'moment', width: 16, cell: ({ task }) => task.correctBy },
    { heading: 'export.itemRef', kind: 'text', width: 28, cell: ({ task }) => task.taskId },
  ],
  async *rows({ isoId, from, to }) {
    const read = (window: Parameters<typeof tasksDue>[1]) => tasksDue(isoId, window);
    for await (const page of wholeMoments(read, ({ dueAt }) => dueAt, { from, to })) {
      const names = await namesOf(page.flatMap(({ assigneeId }) => assigneeId ?? []));
      yield page.map((task) => ({ task, staff: names.get(task.assigneeId ?? '') }));
    }
  },
};
