import type { TapContext } from '../../src/bot/context.ts';
import { answer, isFormPart } from '../../src/inspection/forms.ts';
import { partNamed } from '../../src/inspection/parts.ts';
import { changedValues } from '../changed-values.ts';
import { saveWork, showNotTheirs, showTask, tappedTask } from './task-at-hand.ts';

/** A form was sent: saved field by field, or it comes back as typed with the mistake on top (design 4). */
export async function answerForm(ctx: TapContext): Promise<void> {
  const found = await tappedTask(ctx);
  if (found === undefined) return await showNotTheirs(ctx);
  const { task, assignment } = found;
  const part = partNamed(ctx.update.params.extra.form, assignment);
  if (part !== undefined && isFormPart(part))
    await saveWork(ctx, found, answer(task.inspection, assignment, part, changedValues(ctx)));
  await showTask(ctx, task.taskId);
}
