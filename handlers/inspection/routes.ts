import type { Context, MessageContext, TapContext } from '../../src/bot/context.ts';
import type { Router } from '../../src/bot/router.ts';
import { answer, isFormPart } from '../../src/inspection/forms.ts';
import { PAYMENT_TOOLS } from '../../src/inspection/inspection.ts';
import { open, partNamed } from '../../src/inspection/parts.ts';
import { back } from '../../src/inspection/place.ts';
import { chooseTool, everythingMatches, inspectAfterAll, sayOnlyAlipay, spotIsGood } from '../../src/inspection/say.ts';
import { changedValues } from '../changed-values.ts';
import { correctInspection, goOn, openInspections, openTask, openTasks, showTasks } from './open-tasks.ts';
import { submitInspection } from './submit-inspection.ts';
import { type AtHand, answering, atHand, saveWork, showNotTheirs, showTask, tappedTask } from './task-at-hand.ts';
import { askForAccount, giveAccount, openAccountForm } from './test-account.ts';

/** Everything about inspecting: from a card's action to what it says of the inspection. */
export function routeInspection(router: Router): Router {
  return router
    .tap('menu.inspections', 'staff', openInspections)
    .tap('inspection.tasks', 'staff', openTasks)
    .tap('inspection.open', 'staff', openTask)
    .tap('inspection.goOn', 'staff', goOn)
    .tap('inspection.matches', 'staff', answering(everythingMatches))
    .tap(
      'inspection.good',
      'staff',
      answering((now, task, ctx) => spotIsGood(now, task, ctx.update.params.extra.spot ?? '')),
    )
    .tap('inspection.part', 'staff', answering(openPart))
    .tap('inspection.answer', 'staff', answerForm)
    .tap('inspection.afterAll', 'staff', answering(inspectAfterAll))
    .tap('inspection.tool', 'staff', answering(selectTool))
    .tap(
      'inspection.onlyAlipay',
      'staff',
      answering((now, task, ctx) => sayOnlyAlipay(now, task, ctx.update.params.extra.is === 'yes')),
    )
    .tap('inspection.back', 'staff', goBack)
    .tap('inspection.askAccount', 'staff', askForAccount)
    .tap('inspection.submit', 'staff', submitInspection)
    .tap('inspection.correct', 'staff', correctInspection)
    .tap('account.give', 'admin', openAccountForm)
    .tap('account.save', 'admin', giveAccount);
}

type Say = Parameters<typeof answering>[0];

const openPart: Say = (inspection, assignment, ctx) => {
  const { part: key, page } = ctx.update.params.extra;
  const part = partNamed(key, assignment);
  if (part?.kind !== 'change') return part && open(inspection, part);
  return open(inspection, { kind: 'change', page: Number.parseInt(page ?? '', 10) || 1 });
};

const selectTool: Say = (inspection, assignment, ctx) => {
  const tool = PAYMENT_TOOLS.find((one) => one === ctx.update.params.extra.tool);
  return tool && chooseTool(inspection, assignment, tool);
};

/** `Back`, by a button. */
async function goBack(ctx: TapContext): Promise<void> {
  const found = await tappedTask(ctx);
  await (found === undefined ? showNotTheirs(ctx) : stepBack(ctx, found));
}

/** The word `back`, while an inspection stands on the working card. */
export async function sayBackInInspection(ctx: MessageContext): Promise<void> {
  const found = await atHand(ctx, ctx.card?.subject.id);
  await (found === undefined ? showTasks(ctx) : stepBack(ctx, found));
}

/** One step back; from the first card of a task, to the list. */
async function stepBack(ctx: Context, found: AtHand): Promise<void> {
  const { task, assignment } = found;
  const inspection = back(task.inspection, assignment);
  if (inspection === task.inspection) return showTasks(ctx);
  await saveWork(ctx, found, inspection);
  await showTask(ctx, task.taskId);
}

/** A form was sent: saved field by field, or it comes back as typed with the mistake on top (architecture 4). */
export async function answerForm(ctx: TapContext): Promise<void> {
  const found = await tappedTask(ctx);
  if (found === undefined) return await showNotTheirs(ctx);
  const { task, assignment } = found;
  const part = partNamed(ctx.update.params.extra.form, assignment);
  if (part !== undefined && isFormPart(part))
    await saveWork(ctx, found, answer(task.inspection, assignment, part, changedValues(ctx)));
  await showTask(ctx, task.taskId);
}
