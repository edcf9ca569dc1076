import type { Router } from '../../src/bot/router.ts';
import { openWhy, sayWhy, startAppeal } from './appeal.ts';
import { cancelModification, startModification } from './modify.ts';
import { openHistory, openItem, openList, openMine } from './open-results.ts';
import { resubmit } from './resubmit.ts';
import { sendAppeal } from './send-appeal.ts';
import { modifyInstead, withdrawAppeal } from './withdraw-appeal.ts';

/** Everything about results: seeing them, putting right what failed, saying why a decision is wrong. */
export function routeReview(router: Router): Router {
  return router
    .tap('review.mine', 'staff', openMine)
    .tap('review.list', 'staff', openList)
    .tap('review.open', 'staff', openItem)
    .tap('review.history', 'staff', openHistory)
    .tap('review.modify', 'staff', startModification)
    .tap('review.cancelModify', 'staff', cancelModification)
    .tap('review.resubmit', 'staff', resubmit)
    .tap('review.appeal', 'staff', startAppeal)
    .tap('review.appealSay', 'staff', sayWhy)
    .tap('review.appealWhy', 'staff', openWhy)
    .tap('review.sendAppeal', 'staff', sendAppeal)
    .tap('review.withdraw', 'staff', withdrawAppeal)
    .tap('review.modifyInstead', 'staff', modifyInstead);
}
