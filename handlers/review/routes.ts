import type { Router } from '../../src/bot/router.ts';
import { openHistory, openItem, openList, openMine } from './open-results.ts';

/** Everything about results: seeing them, putting right what failed, saying why a decision is wrong. */
export function routeReview(router: Router): Router {
  return router
    .tap('review.mine', 'staff', openMine)
    .tap('review.list', 'staff', openList)
    .tap('review.open', 'staff', openItem)
    .tap('review.history', 'staff', openHistory);
}
