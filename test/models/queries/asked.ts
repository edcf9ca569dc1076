import { inTransaction } from '../../../models/transaction.ts';
import { ASKED_OF_CARDS } from './asked-of-cards.ts';
import { ASKED_OF_PEOPLE } from './asked-of-people.ts';
import { ASKED_OF_STOCK } from './asked-of-stock.ts';
import { ASKED_OF_WEBHOOKS } from './asked-of-webhooks.ts';
import { ASKED_OF_WORK } from './asked-of-work.ts';
import type { Asked } from './asker.ts';

/** Every query that asks for something by anything else than its id. */
export const ASKED: readonly (Asked & { readonly by: string })[] = Object.entries({
  ...ASKED_OF_WORK,
  ...ASKED_OF_STOCK,
  ...ASKED_OF_PEOPLE,
  ...ASKED_OF_CARDS,
  ...ASKED_OF_WEBHOOKS,
}).map(([by, asked]) => {
  const { ask, beyond } = typeof asked === 'function' ? { ask: asked } : asked;
  return { by, ask, beyond };
});

class TakenBack extends Error {}

/** Asks in a transaction that leaves everything as it is. What comes of rows that are made up does not matter. */
export async function askAndTakeBack({ ask }: Asked): Promise<void> {
  const work = inTransaction(async (tx) => {
    await ask(tx).catch(() => undefined);
    throw new TakenBack();
  });
  await work.catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
}
