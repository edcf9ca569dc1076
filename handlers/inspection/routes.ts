import type { Context, MessageContext, TapContext } from '../../src/bot/context.ts';
import type { Router } from '../../src/bot/router.ts';
import { answer, type FormPart, isFormPart } from '../../src/inspection/forms.ts';
import { saidInTurn } from '../../src/inspection/in-turn.ts';
import { open, partKey, partNamed } from '../../src/inspection/parts.ts';
import { back } from '../../src/inspection/place.ts';
import { chooseTool, everythingMatches, inspectAfterAll, sayOnlyAlipay, spotIsGood } from '../../src/inspection/say.ts';
import { askForAccount } from '../accounts/ask.ts';
import { changedValues } from '../changed-values.ts';
import { askWhyBack, giveBack } from '../hand-over/give-back.ts';
import { keepPlace } from '../keep-place.ts';
import {
  correctInspection,
  FAILED_INSPECTION,
  goOn,
  LISTED_TASK,
  openInspections,
  openTask,
  openTasks,
  showTasks,
} from './open-tasks.ts';
import { submitInspection } from './submit-inspection.ts';
import { type AtHand, atHand, type Change, OWN_TASK, saveWork, saying, showTask, wentOnSince } from './task-at-hand.ts';

/** Everything about inspecting: from a card's action to what it says of the inspection. */
export function routeInspection(router: Router): Router {
  return router
    .tap('menu.inspections', 'staff', openInspections)
    .tap('inspection.tasks', 'staff', openTasks)
    .answer('inspection.open', 'staff', LISTED_TASK, openTask)
    .answer('inspection.goOn', 'staff', OWN_TASK, goOn)
    .answer('inspection.matches', 'staff', OWN_TASK, saying(inTurn('store', everythingMatches)))
    .answer('inspection.good', 'staff', OWN_TASK, saying(sayGood))
    .answer('inspection.part', 'staff', OWN_TASK, saying(openPart))
    .answer('inspection.answer', 'staff', OWN_TASK, answerForm)
    .answer('inspection.afterAll', 'staff', OWN_TASK, saying(inTurn('cannot', inspectAfterAll)))
    .answer('inspection.tool', 'staff', OWN_TASK, saying(inTurn('tool', selectTool)))
    .answer('inspection.onlyAlipay', 'staff', OWN_TASK, saying(inTurn('tool', sayWhetherOnlyAlipay)))
    .answer('inspection.back', 'staff', OWN_TASK, stepBack)
    .answer('inspection.askAccount', 'staff', OWN_TASK, askHere)
    .command('inspection.submit', 'staff', OWN_TASK, submitInspection)
    .answer('inspection.giveBack', 'staff', OWN_TASK, askWhyBack)
    .command('inspection.giveBackSure', 'staff', OWN_TASK, giveBack)
    .answer('inspection.correct', 'staff', FAILED_INSPECTION, correctInspection);
}

/** Of what was said of one part twice, the later tap counts, whichever comes first. */
function inTurn(of: string, change: Change): Change {
  return (inspection, assignment, ctx) => {
    const { at, params } = ctx.update;
    return saidInTurn(inspection, { of, at, typed: params.extra }, (now) => change(now, assignment, ctx));
  };
}

const sayGood: Change = (inspection, assignment, ctx) => {
  const { spot = '' } = ctx.update.params.extra;
  return inTurn(`spot:${spot}`, (now, task) => spotIsGood(now, task, spot))(inspection, assignment, ctx);
};

const sayWhetherOnlyAlipay: Change = (now, task, ctx) => sayOnlyAlipay(now, task, ctx.update.params.extra.is === 'yes');

const openPart: Change = (inspection, assignment, ctx) => {
  const { part: key, page } = ctx.update.params.extra;
  const part = partNamed(key, assignment);
  if (part?.kind !== 'change') return part && open(inspection, part);
  return open(inspection, { kind: 'change', page: Number.parseInt(page ?? '', 10) || 1 });
};

const selectTool: Change = (inspection, assignment, ctx) => {
  const tool = assignment.rules.tools.find(({ id }) => id === ctx.update.params.extra.tool);
  return tool && chooseTool(inspection, assignment, tool.id);
};

/** The word `back`, while an inspection stands on the working card. */
export async function sayBackInInspection(ctx: MessageContext): Promise<void> {
  const found = await atHand(ctx, ctx.card?.subject.id);
  if (found !== undefined && wentOnSince(ctx, found)) return keepPlace(ctx);
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
async function answerForm(ctx: TapContext, found: AtHand): Promise<void> {
  const { task, assignment } = found;
  const part = partNamed(ctx.update.params.extra.form, assignment);
  if (part !== undefined && isFormPart(part)) {
    const typed = changedValues(ctx);
    const saying = { of: saidBy(part), at: ctx.update.at, typed };
    await saveWork(
      ctx,
      found,
      saidInTurn(task.inspection, saying, (now) => answer(now, assignment, part, typed)),
    );
  }
  await showTask(ctx, task.taskId);
}

/** A form and the tap beside it say the same part. */
function saidBy(part: FormPart): string {
  if (part.kind === 'differs') return 'store';
  return part.kind === 'problem' ? `spot:${part.spotRef}` : partKey(part);
}

/** `Ask for one`, `Ask for the password`: for the shop that is inspected. */
async function askHere(ctx: TapContext, { task: { taskId } }: AtHand): Promise<void> {
  await askForAccount(ctx, taskId);
  await showTask(ctx, taskId);
}
