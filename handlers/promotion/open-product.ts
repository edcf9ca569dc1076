import type { TapContext } from '../../src/bot/context.ts';
import { isProduct } from '../../src/domain/products.ts';
import { showMenu } from '../menu/menu.ts';

/** *Alipay+ Marketing Code*, *Primary POSMs*: what it is, and `Start Promotion`. */
export async function openProduct(ctx: TapContext): Promise<void> {
  const { product } = ctx.update.params.extra;
  if (!isProduct(product)) return showMenu(ctx);
  ctx.show({ view: 'promotion-intro', subject: { kind: 'product', id: product } });
}

export async function openPolicy(ctx: TapContext): Promise<void> {
  const { product } = ctx.update.params.extra;
  if (!isProduct(product)) return showMenu(ctx);
  ctx.show({ view: 'promotion-policy', subject: { kind: 'product', id: product } });
}
