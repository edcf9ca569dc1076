import type { Router } from '../../src/bot/router.ts';
import { modifyInstead, openWhy, sayWhy, sendAppeal, startAppeal, withdrawAppeal } from './appeal.ts';
import { OPEN_APPEAL, OWN_APPEAL } from './appeal-at-hand.ts';
import { openFormerResults } from './former-results.ts';
import { OWN_ITEM, OWN_ITEM_BEING_MODIFIED, OWN_RESULT } from './item-at-hand.ts';
import { openHistory, openItem, openPhotos } from './load-item.ts';
import { cancelModification, modify, OWN_MODIFICATION, resubmit } from './modify.ts';
import { openMine, openTimes } from './my-results.ts';
import { openOwnFeeLine, openOwnFeeList, openOwnFees } from './own-fees.ts';
import { openList } from './result-lists.ts';
import { openShop, openShops } from './result-shops.ts';
import { openVisits } from './visit-again.ts';

/** Everything about results: seeing them, putting right what failed, saying why a decision is wrong. */
export function routeReview(router: Router): Router {
  return router
    .tap('review.mine', 'staff', openMine)
    .tap('review.fees', 'staff', openOwnFees)
    .tap('review.feeList', 'staff', openOwnFeeList)
    .tap('review.feeLine', 'staff', openOwnFeeLine)
    .tap('review.former', 'formerly', openFormerResults)
    .tap('review.times', 'staff', openTimes)
    .tap('review.list', 'staff', openList)
    .tap('review.shops', 'staff', openShops)
    .tap('review.shop', 'staff', openShop)
    .tap('review.visits', 'staff', openVisits)
    .answer('review.open', 'staff', OWN_RESULT, openItem)
    .answer('review.history', 'staff', OWN_RESULT, openHistory)
    .answer('review.photos', 'staff', OWN_RESULT, openPhotos)
    .answer('review.modify', 'staff', OWN_ITEM_BEING_MODIFIED, modify)
    .answer('review.cancelModify', 'staff', OWN_ITEM_BEING_MODIFIED, cancelModification)
    .command('review.resubmit', 'staff', OWN_MODIFICATION, resubmit)
    .answer('review.appeal', 'staff', OWN_ITEM, startAppeal)
    .answer('review.appealSay', 'staff', OWN_APPEAL, sayWhy)
    .answer('review.appealWhy', 'staff', OWN_APPEAL, openWhy)
    .command('review.sendAppeal', 'staff', OWN_APPEAL, sendAppeal)
    .command('review.withdraw', 'staff', OPEN_APPEAL, withdrawAppeal)
    .answer('review.modifyInstead', 'staff', OWN_APPEAL, modifyInstead);
}
