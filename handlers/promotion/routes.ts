import type { Router } from '../../src/bot/router.ts';
import { openPolicy, openProduct } from './open-product.ts';

export function routePromotion(router: Router): Router {
  return router.tap('menu.product', 'staff', openProduct).tap('promotion.policy', 'staff', openPolicy);
}
