import { derivedId } from '@field/kit/ids';
import { addAudit } from '../../models/audit.ts';
import { type CardLine, touchCards } from '../../models/cards.ts';
import { changeTask, findTask } from '../../models/inspection-tasks.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { firstTaskDue, tasksDueBefore } from '../../models/task-lists.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { AT_WORK, isAtWork } from '../domain/inspection-state.ts';
import { hourly, type Job, onlyFrom } from './jobs.ts';

/** An overdue task can still be done for a week; then it is the programme's to give it out again. */
const GRACE_MS = 7 * 24 * 3_600_000;
const BATCH = 200;

/** Lets the tasks expire that nobody submitted; whoever was at work on one is told. `sends` wakes delivery. */
export function expireInspections(sends: () => void): Job {
  return {
    name: 'expire-inspections',
    ...onlyFrom(hourly(20), firstOverdue),
    async run(dueAt) {
      for (;;) {
        const overdue = await tasksDueBefore(dueAt - GRACE_MS, AT_WORK, BATCH);
        for (const { taskId } of overdue) await inTransaction((tx) => expire(taskId, dueAt, tx));
        if (overdue.length > 0) sends();
        if (overdue.length < BATCH) return;
      }
    },
  };
}

async function firstOverdue(): Promise<number | undefined> {
  const due = await firstTaskDue(AT_WORK);
  return due === undefined ? undefined : due + GRACE_MS;
}

async function expire(taskId: string, now: number, tx: Transaction): Promise<void> {
  const task = await findTask(taskId, tx);
  if (task === undefined || !isAtWork(task.state) || task.revision > 1 || task.dueAt >= now - GRACE_MS) return;
  const { isoId, assigneeId, storeName, state } = task;
  const subject = { kind: 'inspection', id: taskId } as const;
  await changeTask(task, { state: 'EXPIRED' }, tx);
  await touchCards(subject, tx);
  await addAudit(
    [{ at: now, by: 'system', isoId, what: 'inspection.expire', subject, cause: 'expire-inspections' }],
    tx,
  );
  if (assigneeId === undefined || state === 'ASSIGNED') return;
  const line: CardLine = { key: 'line.taskExpired', args: { shop: storeName } };
  const intent = derivedId('taskExpired', taskId, task.dueAt);
  await sendRecord({ intent, to: assigneeId, kind: 'line', view: 'line', subject, line }, now, tx);
}
