import { z } from 'zod';
import { type CommandGroup, command, OP } from './command.ts';
import { howMany } from './how-many.ts';
import { ISO_EMAIL, USER_ID_OF_PERSON } from './iso-inputs.ts';
import { allot, type StockMoved, type StockOfProduct, sayOfCodes, showStock, takeBack } from './stock.ts';

const said = (called: string, what: string) => ({
  called,
  what,
  schema: z.string().min(1, 'is empty: leave it out, or write what it is to be.').optional(),
});
const CODES = {
  called: 'code',
  what: 'codes, as they stand on the stickers',
  schema: z.array(z.string().min(1, 'is empty: write a code.')),
  many: true,
} as const;
const NEXT = {
  called: 'number',
  what: 'how many of the batch, the lowest serials first; up to 500',
  schema: z
    .string()
    .regex(/^(?:[1-9]\d?|[1-4]\d\d|500)$/, { error: ({ input }) => `is no number from 1 to 500: "${input}".` })
    .transform(Number)
    .optional(),
};

const show = command({
  name: 'show',
  what: 'shows where the codes of an ISO are: by batch, with whom, how many stand, are idle or lost',
  takes: { email: ISO_EMAIL },
  options: {},
  run: ({ email }, { onStore, now }) => onStore(() => showStock(email, now())),
  say: ({ products }) => products.map(linesOf).join('\n'),
});

const give = command({
  name: 'allot',
  what: 'allots codes to somebody: the next of a batch, or from one to another where their pattern is ordered',
  takes: { email: ISO_EMAIL, userId: USER_ID_OF_PERSON },
  options: {
    product: said('product', 'of which product; may be left out where only one has codes'),
    batch: said('batch', 'of which batch, as its stock file names it'),
    next: NEXT,
    from: said('code', 'the first one, as it stands on the sticker'),
    to: said('code', 'the last one'),
  },
  run: (asked, operator) => operator.onStore(() => allot(asked, operator)),
  say: (moved) => sayMoved(moved, 'allotted'),
});

const back = command({
  name: 'back',
  what: 'takes back all codes that somebody has',
  takes: { email: ISO_EMAIL, userId: USER_ID_OF_PERSON },
  options: {},
  run: (asked, operator) => operator.onStore(() => takeBack(asked, operator)),
  say: (moved) => sayMoved(moved, 'taken back'),
});

const lost = command({
  name: 'lost',
  what: 'says that codes are lost',
  takes: { email: ISO_EMAIL, codes: CODES },
  options: {},
  run: (asked, operator) => operator.onStore(() => sayOfCodes({ ...asked, kind: 'lose' }, operator)),
  say: (moved) => sayMoved(moved, 'lost'),
});

const found = command({
  name: 'found',
  what: 'says that codes are with the ISO again, wherever they were but at a spot',
  takes: { email: ISO_EMAIL, codes: CODES },
  options: {},
  run: (asked, operator) => operator.onStore(() => sayOfCodes({ ...asked, kind: 'giveBack' }, operator)),
  say: (moved) => sayMoved(moved, 'with the ISO again'),
});

export const stock: CommandGroup = {
  name: 'stock',
  what: 'the codes that an ISO received, and where each is',
  commands: [show, give, back, lost, found],
};

function sayMoved({ iso, moved, others }: StockMoved, how: string): string {
  const rest =
    others === 0 ? '' : ` ${others} were somewhere else and stay there. See: ${OP} iso stock show ${iso.email}`;
  return `${howMany(moved, 'code')} of ${iso.name}: ${how}.${rest}`;
}

function linesOf({ product, states, batches, with: held, putUp }: StockOfProduct): string {
  return [
    product,
    ...Object.entries(states).map(([state, count]) => `  ${state.padEnd(10)} ${count}`),
    ...batches.map(({ batchId, left }) => `  batch      ${batchId}  ${left} left`),
    ...held.map(({ userId, codes }) => `  with       ${userId}  ${codes}`),
    `  30 days    ${putUp} put up`,
  ].join('\n');
}
