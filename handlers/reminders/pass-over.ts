import { findDraft } from '../../models/drafts.ts';
import { findTask, isPastTask, noteTaskNotice } from '../../models/inspection-tasks.ts';
import { findItems } from '../../models/items.ts';
import { noteNotice } from '../../models/left-drafts.ts';
import type { Transaction } from '../../models/transaction.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { noteFailures } from './due-work.ts';

/** What was found to be due; whoever has it in hand is told of it. */
export interface FoundDue {
  readonly kind: 'item' | 'inspection' | 'draft';
  readonly id: string;
  readonly isoId: string;
  readonly ownerId?: string | undefined;
}

/** What is in nobody's hands stands on the admins' list, and of what is past nobody is told: both are not looked at again. */
export async function passOver(found: readonly FoundDue[], now: number, tx: Transaction): Promise<void> {
  const ids = (kind: FoundDue['kind']): readonly string[] =>
    found.flatMap((one) => (one.kind === kind && (kind === 'inspection' || one.ownerId === undefined) ? [one.id] : []));
  const refs = ids('item');
  for (const item of refs.length === 0 ? [] : await findItems(refs, tx)) {
    if (item.ownerId !== undefined || (item.noticeAt ?? Infinity) > now) continue;
    await noteFailures([item], now, await hoursOfIso(item.isoId, tx), tx);
  }
  for (const id of ids('inspection')) {
    const task = await findTask(id, tx);
    if (task === undefined || (task.noticeAt ?? Infinity) > now) continue;
    if (task.assigneeId === undefined || isPastTask(task, now)) await noteTaskNotice(task, null, tx);
  }
  for (const id of ids('draft')) {
    const draft = await findDraft(id, tx);
    // whoever is given it takes a step with that
    if (draft?.state === 'OPEN' && draft.ownerId === undefined) await noteNotice(draft, { noticeAt: null }, tx);
  }
}
