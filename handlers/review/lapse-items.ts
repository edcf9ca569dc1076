import type { Clock } from '@field/kit/clock';
import { type Appeal, changeAppeal, openAppealsAgainst, unsentAppeals } from '../../models/appeals.ts';
import { addAudit } from '../../models/audit.ts';
import { touchCards } from '../../models/cards.ts';
import { changeDraft, findDraft, findOpenModification, openModifications } from '../../models/drafts.ts';
import { firstDeadline, itemsPastDeadline } from '../../models/item-queries.ts';
import { concernedBy } from '../../models/item-rows.ts';
import { changeItem, findItem } from '../../models/items.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { hourly, type Job, onlyFrom } from '../../src/daily/jobs.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { isBeingModified } from './item-model.ts';
import { touchItem } from './touch-item.ts';

const BATCH = 100;

/**
 * Hourly: a failure that nobody put right in time has lapsed, with what was begun about it and not sent; an appeal that was sent
 * waits for its answer. What was begun about something that was decided meanwhile ends, too. Taps are refused by the time itself.
 */
export function lapseItems(clock: Clock, wake: () => void): Job {
  return {
    name: 'lapse-items',
    ...onlyFrom(hourly(5), firstToEnd),
    async run() {
      const now = clock.now();
      for (const { itemRef } of await unsentAppeals(undefined)) await lapse(itemRef, now);
      for (;;) {
        const items = await itemsPastDeadline(now, BATCH);
        for (const { itemRef } of items) await lapse(itemRef, now);
        if (items.length < BATCH) break;
      }
      for (const { draftId } of await openModifications()) await closeIfMoot(draftId, now);
      wake();
    },
  };
}

/** When something may be over: at once where anything was begun and not sent, which may be moot, else by the first deadline. */
async function firstToEnd(): Promise<number | undefined> {
  const [unsent, open, deadline] = await Promise.all([unsentAppeals(undefined), openModifications(), firstDeadline()]);
  return unsent.length + open.length > 0 ? 0 : deadline;
}

async function lapse(itemRef: string, now: number): Promise<void> {
  await inTransaction(async (tx) => {
    const item = await findItem(itemRef, tx);
    if (item === undefined) return;
    // whoever began them: somebody else may have promoted the shop since
    const unsent = (await openAppealsAgainst([itemRef], tx)).filter(({ state }) => state === 'DRAFT');
    const isOfNow = ({ againstRevision }: Appeal): boolean => againstRevision === item.revision;
    const lapsed = item.state !== 'LAPSED' && stateAt(item, now, unsent.some(isOfNow)) === 'LAPSED';
    for (const appeal of unsent) {
      const isMoot = item.state !== 'APPEALING' || lapsed || !isOfNow(appeal);
      if (isMoot) await changeAppeal(appeal, { state: 'EXPIRED' }, tx);
    }
    if (!lapsed) return;
    await discardModification(itemRef, now, tx);
    await changeItem(item, { state: 'LAPSED' }, tx);
    const touched = concernedBy(item).map((id): Subject => ({ kind: 'person', id }));
    touchItem({ touch: (subject) => touched.push(subject) }, item);
    for (const subject of touched) await touchCards(subject, tx);
    const subject = { kind: 'item', id: itemRef } as const;
    await addAudit(
      [{ at: now, by: 'system', isoId: item.isoId, what: 'review.lapse', subject, cause: 'lapse-items' }],
      tx,
    );
  });
}

async function discardModification(itemRef: string, now: number, tx: Transaction): Promise<void> {
  const open = await findOpenModification(itemRef, tx);
  if (open !== undefined) await changeDraft(open, { state: 'DISCARDED', updatedAt: now }, tx);
}

async function closeIfMoot(draftId: string, now: number): Promise<void> {
  await inTransaction(async (tx) => {
    const stored = await findDraft(draftId, tx);
    const modifies = stored?.draft.modifies;
    if (stored?.state !== 'OPEN' || modifies === undefined) return;
    if (isBeingModified(await findItem(modifies.itemRef, tx), modifies, now)) return;
    await changeDraft(stored, { state: 'DISCARDED', updatedAt: now }, tx);
  });
}
