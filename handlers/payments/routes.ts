import type { TapContext } from '../../src/bot/context.ts';
import type { Router } from '../../src/bot/router.ts';
import { answer, isFormPart } from '../../src/inspection/forms.ts';
import { saidInTurn } from '../../src/inspection/in-turn.ts';
import { partNamed } from '../../src/inspection/parts.ts';
import { back } from '../../src/inspection/place.ts';
import { chooseTool, sayOnlyAlipay } from '../../src/inspection/say.ts';
import { askForAccount } from '../accounts/ask.ts';
import { changedValues } from '../changed-values.ts';
import { inTurn, saidBy } from '../inspection/in-turn.ts';
import { stepBack as stepBackInTask } from '../inspection/step-back.ts';
import type { Change } from '../inspection/task-at-hand.ts';
import { goBack } from '../promotion/go-back.ts';
import { PAID_WORK, type PaidWork, paymentsIn, savePaid, sayingOf, showPaid } from './paid-work.ts';

/** What is said on the cards of payments, and on the forms of an inspection, whichever work they stand in. */
export function routePayments(router: Router): Router {
  return router
    .answer('inspection.answer', 'staff', PAID_WORK, answerForm)
    .answer('inspection.tool', 'staff', PAID_WORK, sayingOf(inTurn('tool', selectTool)))
    .answer('inspection.onlyAlipay', 'staff', PAID_WORK, sayingOf(inTurn('tool', sayWhetherOnlyAlipay)))
    .answer('inspection.back', 'staff', PAID_WORK, stepBack)
    .answer('inspection.askAccount', 'staff', PAID_WORK, askHere);
}

const sayWhetherOnlyAlipay: Change = (now, task, ctx) => sayOnlyAlipay(now, task, ctx.update.params.extra.is === 'yes');

const selectTool: Change = (inspection, assignment, ctx) => {
  const tool = assignment.rules.tools.find(({ id }) => id === ctx.update.params.extra.tool);
  return tool && chooseTool(inspection, assignment, tool.id);
};

/** A form was sent: saved field by field, or it comes back as typed with the mistake on top (architecture 4). */
async function answerForm(ctx: TapContext, work: PaidWork): Promise<void> {
  const { inspection, assignment } = paymentsIn(work);
  const part = partNamed(ctx.update.params.extra.form, assignment);
  if (part !== undefined && isFormPart(part)) {
    const typed = changedValues(ctx);
    const saying = { of: saidBy(part), at: ctx.update.at, typed };
    await savePaid(
      ctx,
      work,
      saidInTurn(inspection, saying, (now) => answer(now, assignment, part, typed)),
    );
  }
  await showPaid(ctx, work);
}

/** One step back; from the first card of payments in a promotion, to what comes before them. */
async function stepBack(ctx: TapContext, work: PaidWork): Promise<void> {
  if (work.kind === 'inspection') return await stepBackInTask(ctx, work.found);
  const { inspection, assignment } = paymentsIn(work);
  const before = back(inspection, assignment);
  if (before === inspection) return await goBack(ctx, work.stored);
  await savePaid(ctx, work, before);
  await showPaid(ctx, work);
}

/** `Ask for one`, `Ask for the password`: for the shop that is worked in. */
async function askHere(ctx: TapContext, work: PaidWork): Promise<void> {
  await askForAccount(ctx, work.kind === 'inspection' ? work.found.task.taskId : work.stored.draftId);
  await showPaid(ctx, work);
}
