import { derivedId } from '@field/kit/ids';
import { openAskOf } from '../../models/account-asks.ts';
import { changeTask, type InspectionTask } from '../../models/inspection-tasks.ts';
import { addItems, changeItem, findItem } from '../../models/items.ts';
import { adminsOf } from '../../models/people.ts';
import { photosBack } from '../../models/photos.ts';
import { programmeAt } from '../../models/programme-in-use.ts';
import { readAll } from '../../models/read-together.ts';
import { noteVerified } from '../../models/stores.ts';
import { addSubmissions } from '../../models/submissions.ts';
import { accountOf } from '../../models/test-accounts.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { findingsOf } from '../../src/inspection/findings.ts';
import { canSubmit } from '../../src/inspection/place.ts';
import { paymentsWork } from '../../src/inspection/verification.ts';
import { dropAskFor } from '../accounts/ask.ts';
import { setCurrentWork } from '../photos/current-work.ts';
import { flaggedRow, readFlags } from '../photos/flagged-row.ts';
import { inspectionLine, submittedPhotos } from './hand-over-line.ts';
import { currencyIn } from './programme-of-task.ts';
import { type AtHand, showTask, subjectOf } from './task-at-hand.ts';

/**
 * `Submit`: the item's review begins, or begins again, its line waits to be handed over, and what was found wrong is told to the admins; no spot changes by it, only a review row does that.
 */
export async function submitInspection(ctx: TapContext, found: AtHand): Promise<void> {
  const { task, assignment } = found;
  if (!canSubmit(task.inspection, assignment)) return await showTask(ctx, task.taskId);
  await readWhatIsWritten(ctx, found);
  await beginReview(ctx, found);
  await handOver(ctx, found);
  if (paymentsWork(task.inspection, assignment)) await noteVerified(storeOf(task), ctx.now, ctx.tx);
  const findings = findingsOf(task.inspection, assignment);
  const submitted = { findings, programme: assignment.programme, submittedAt: ctx.now } as const;
  await changeTask(task, { ...submitted, state: 'SUBMITTED', correctBy: null }, ctx.tx);
  const subject = subjectOf(task.taskId);
  if (findings.length > 0) await tellAdmins(ctx, found);
  await dropAskFor(ctx, ctx.person, task.taskId);
  if (task.revision > 1) ctx.touch(subject);
  ctx.audit('inspection.submit', subject, { revision: task.revision, findings: findings.length });
  await setCurrentWork(ctx, undefined);
  ctx.become({ view: 'inspection.submitted', subject });
  ctx.submitted();
}

function storeOf({ storeRef: storeId, isoId }: InspectionTask): { storeId: string; isoId: string } {
  return { storeId, isoId };
}

/** Reads at once what the submission will ask for. */
async function readWhatIsWritten({ person, now, tx }: TapContext, { task, assignment }: AtHand): Promise<void> {
  const { userId } = person;
  const { taskId, isoId, revision } = task;
  const handedOver = { staffRef: userId, submittedAt: now, account: undefined, currency: undefined };
  await readAll(
    () => readFlags({ tx }, isoId, [inspectionLine(task, assignment, handedOver)]),
    () => accountOf(userId, isoId, tx),
    () => openAskOf(userId, isoId, tx),
    () => adminsOf(isoId, tx),
    async () => (revision === 1 ? undefined : await findItem(taskId, tx)),
  );
}

async function beginReview(
  { person, now, tx }: TapContext,
  { task, assignment: { programme } }: AtHand,
): Promise<void> {
  const { taskId, isoId, storeRef, storeName, revision } = task;
  const submitted = { staffId: person.userId, shop: storeName, revision, programme, submittedAt: now };
  const item = revision === 1 ? undefined : await findItem(taskId, tx);
  if (item !== undefined) {
    await changeItem(item, { ...submitted, state: 'PENDING', deadlineAt: null }, tx);
    return;
  }
  const noSpot = { spotId: undefined, product: undefined, spotType: undefined, number: undefined };
  await addItems([{ ...submitted, ...noSpot, itemRef: taskId, itemType: 'INSPECTION', isoId, storeId: storeRef }], tx);
}

async function handOver({ person, now, tx }: TapContext, { task, assignment }: AtHand): Promise<void> {
  const { isoId } = task;
  const account = await accountOf(person.userId, isoId, tx);
  const currency = currencyIn(await programmeAt(assignment.programme), task.countryRegion);
  const line = inspectionLine(task, assignment, { staffRef: person.userId, submittedAt: now, account, currency });
  const row = await flaggedRow({ tx }, line);
  await photosBack(submittedPhotos(task, assignment), tx);
  await addSubmissions([{ ...row, isoId, programme: assignment.programme, submittedAt: now }], tx);
}

/** One card an inspection for each admin, however often it is corrected. */
async function tellAdmins(ctx: TapContext, { task: { taskId, isoId } }: AtHand): Promise<void> {
  for (const { userId } of await adminsOf(isoId, ctx.tx)) {
    const intent = derivedId('findings', taskId, userId);
    ctx.send({ intent, to: userId, view: 'inspection.findings', subject: subjectOf(taskId), kind: 'record' });
  }
}
