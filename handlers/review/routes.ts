import type { Router } from '../../src/bot/router.ts';
import { modifyInstead, openWhy, sayWhy, sendAppeal, startAppeal, withdrawAppeal } from './appeal.ts';
import { cancelModification, resubmit, startModification } from './modify.ts';
import { openHistory, openItem, openList, openMine } from './my-results.ts';

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
