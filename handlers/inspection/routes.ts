import type { Router } from '../../src/bot/router.ts';
import { open, partNamed } from '../../src/inspection/parts.ts';
import { everythingMatches, inspectAfterAll, spotIsGood } from '../../src/inspection/say.ts';
import { askWhyBack, giveBack } from '../hand-over/give-back.ts';
import { inTurn } from './in-turn.ts';
import {
  correctInspection,
  FAILED_INSPECTION,
  goOn,
  LISTED_TASK,
  openInspections,
  openTask,
  openTasks,
} from './open-tasks.ts';
import { submitInspection } from './submit-inspection.ts';
import { type Change, OWN_TASK, saying } from './task-at-hand.ts';

/** Everything about inspecting but its forms and payments: from a card's action to what it says of the inspection. */
export function routeInspection(router: Router): Router {
  return router
    .tap('menu.inspections', 'staff', openInspections)
    .tap('inspection.tasks', 'staff', openTasks)
    .answer('inspection.open', 'staff', LISTED_TASK, openTask)
    .answer('inspection.goOn', 'staff', OWN_TASK, goOn)
    .answer('inspection.matches', 'staff', OWN_TASK, saying(inTurn('store', everythingMatches)))
    .answer('inspection.good', 'staff', OWN_TASK, saying(sayGood))
    .answer('inspection.part', 'staff', OWN_TASK, saying(openPart))
    .answer('inspection.afterAll', 'staff', OWN_TASK, saying(inTurn('cannot', inspectAfterAll)))
    .command('inspection.submit', 'staff', OWN_TASK, submitInspection)
    .answer('inspection.giveBack', 'staff', OWN_TASK, askWhyBack)
    .command('inspection.giveBackSure', 'staff', OWN_TASK, giveBack)
    .answer('inspection.correct', 'staff', FAILED_INSPECTION, correctInspection);
}

const sayGood: Change = (inspection, assignment, ctx) => {
  const { spot = '' } = ctx.update.params.extra;
  return inTurn(`spot:${spot}`, (now, task) => spotIsGood(now, task, spot))(inspection, assignment, ctx);
};

const openPart: Change = (inspection, assignment, ctx) => {
  const { part: key, page } = ctx.update.params.extra;
  const part = partNamed(key, assignment);
  if (part?.kind !== 'change') return part && open(inspection, part);
  return open(inspection, { kind: 'change', page: Number.parseInt(page ?? '', 10) || 1 });
};
