import { DAY_MS } from '@field/kit/calendar';
import { AppError } from '@field/kit/errors';
import {
  allotCodes,
  type NoRange,
  putCodesAside,
  type WantedCodes,
  wantedCodes,
} from '../../handlers/stock/move-stock.ts';
import type { StockedCode } from '../../models/code-stock.ts';
import type { Iso } from '../../models/isos.ts';
import { findPerson, peopleOf } from '../../models/people.ts';
import { flowOf, productsNow } from '../../models/programme-in-use.ts';
import { batchesLeft, codesWith, countCodesWith, countPutUp, countStock } from '../../models/stock-lists.ts';
import { codeHash, readTyped } from '../domain/code.ts';
import { statesOf } from '../domain/moves.ts';
import { STOCK_MOVES } from '../domain/stock-state.ts';
import { hasCodes } from '../flow/definition.ts';
import { asOperator } from './as-operator.ts';
import { OP, type Operator } from './command.ts';
import { isoWith } from './isos.ts';

type Doer = Pick<Operator, 'ids' | 'now'>;

const PACE_DAYS = 30;
/** More than anybody has. */
const MOST = 500;

/** Where the codes of a product are, of an ISO. */
export interface StockOfProduct {
  readonly product: string;
  readonly states: Readonly<Record<string, number>>;
  readonly batches: readonly { readonly batchId: string; readonly left: number }[];
  readonly with: readonly { readonly userId: string; readonly codes: number }[];
  /** How many were put up in the last 30 days and still stand. */
  readonly putUp: number;
}

interface OfIso {
  readonly iso: Pick<Iso, 'email' | 'name'>;
}

/** Where the codes of an ISO are. Errors: `iso.unknown`. */
export async function showStock(
  email: string,
  now: number,
): Promise<OfIso & { readonly products: readonly StockOfProduct[] }> {
  const { isoId, name } = await isoWith(email);
  const people = await peopleOf(isoId);
  const products: StockOfProduct[] = [];
  for (const product of productsNow().filter((one) => hasCodes(flowOf(one)))) {
    const of = { isoId, product };
    const states = Object.fromEntries(
      await Promise.all(statesOf(STOCK_MOVES).map(async (state) => [state, await countStock(of, state)] as const)),
    );
    const batches = await batchesLeft(of);
    const left = await Promise.all(batches.map((batchId) => countStock({ ...of, batchId }, 'IN_STOCK')));
    const held = await Promise.all(people.map(({ userId }) => countCodesWith(userId, isoId, product)));
    products.push({
      product,
      states,
      batches: batches.map((batchId, index) => ({ batchId, left: left[index] ?? 0 })),
      with: people.flatMap(({ userId }, index) => {
        const codes = held[index] ?? 0;
        return codes === 0 ? [] : [{ userId, codes }];
      }),
      putUp: await countPutUp(of, now - PACE_DAYS * DAY_MS),
    });
  }
  return { iso: { email, name }, products };
}

/** What an operator allots: the next of a batch, or from one code to another. */
export interface AskedAllotment {
  readonly email: string;
  readonly userId: string;
  readonly product?: string | undefined;
  readonly batch?: string | undefined;
  readonly next?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface StockMoved extends OfIso {
  readonly moved: number;
  readonly others: number;
}

const NO_RANGE: Readonly<Record<NoRange, string>> = {
  unordered:
    'The codes of that product have no order in the programme ("ordered" of their pattern): say --batch and --next.',
  notCodes: 'The first or the last of these is no code of that product.',
  backwards: 'The last of these does not come after the first.',
  tooMany: 'These are more than 500 codes: allot them in several steps.',
};

/** Allots codes to somebody. Errors: `iso.unknown`, `stock.cannot`. */
export async function allot(asked: AskedAllotment, doer: Doer): Promise<StockMoved> {
  const { isoId, email, name } = await isoWith(asked.email);
  const wanted = wantedOf(asked);
  return await asOperator(isoId, doer, async (ctx) => {
    const to = await findPerson(asked.userId, ctx.tx);
    if (to?.isoId !== isoId || to.state !== 'ACTIVE')
      throw cannot(`${asked.userId} is not at work for ${name}. See: ${OP} iso people --help`);
    const codes = await wantedCodes(ctx, isoId, wanted);
    if (typeof codes === 'string') throw cannot(NO_RANGE[codes]);
    return { iso: { email, name }, ...(await allotCodes(ctx, codes, to)) };
  });
}

function wantedOf({ product: named, batch, next, from, to }: AskedAllotment): WantedCodes {
  const [only, ...others] = productsNow().filter((one) => hasCodes(flowOf(one)));
  const product = named ?? (others.length === 0 ? only : undefined);
  if (product === undefined || (only !== product && !others.includes(product)))
    throw cannot(`Say --product, one of ${[only, ...others].join(', ')}.`);
  if (batch !== undefined && next !== undefined && from === undefined && to === undefined)
    return { kind: 'next', product, batchId: batch, count: next };
  if (from !== undefined && to !== undefined && batch === undefined && next === undefined)
    return { kind: 'range', product, from, to };
  throw cannot('Say --batch with --next, or --from with --to.');
}

/** Takes back all that somebody has. Errors: `iso.unknown`. */
export async function takeBack(
  asked: { readonly email: string; readonly userId: string },
  doer: Doer,
): Promise<StockMoved> {
  const { isoId, email, name } = await isoWith(asked.email);
  return await asOperator(isoId, doer, async (ctx) => {
    const codes = await codesWith({ holderId: asked.userId, isoId }, MOST, ctx.tx);
    return { iso: { email, name }, ...(await putCodesAside(ctx, codes, { kind: 'giveBack', from: asked.userId })) };
  });
}

/** Says of codes that they are lost, or with the ISO again. Errors: `iso.unknown`, `stock.cannot` where one of them is none of its stock. */
export async function sayOfCodes(
  {
    email: typed,
    codes,
    kind,
  }: { readonly email: string; readonly codes: readonly string[]; readonly kind: 'lose' | 'giveBack' },
  doer: Doer,
): Promise<StockMoved> {
  const { isoId, email, name } = await isoWith(typed);
  const hashes = codes.map((code) => hashOf(code));
  return await asOperator(isoId, doer, async (ctx) => {
    const found = await wantedCodes(ctx, isoId, { kind: 'these', hashes });
    const known: readonly StockedCode[] = typeof found === 'string' ? [] : found;
    const unknown = codes.find((_, index) => !known.some(({ codeHash }) => codeHash === hashes[index]));
    if (unknown !== undefined) throw cannot(`"${unknown}" is not in the stock of ${name}.`);
    return { iso: { email, name }, ...(await putCodesAside(ctx, known, { kind })) };
  });
}

function hashOf(typed: string): string {
  for (const product of productsNow()) {
    const read = readTyped(typed, flowOf(product).codes);
    if (read.kind === 'ours') return codeHash(read.code);
  }
  throw cannot(`"${typed}" is no code of the programme.`);
}

function cannot(say: string): AppError {
  return new AppError('stock.cannot', { say });
}
