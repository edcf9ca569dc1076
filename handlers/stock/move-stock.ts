import { derivedId } from '@field/kit/ids';
import { findStock, moveCodes, type StockedCode } from '../../models/code-stock.ts';
import type { Person } from '../../models/people.ts';
import { flowOf } from '../../models/programme-in-use.ts';
import { codesWith, nextOfBatch, serialsBetween } from '../../models/stock-lists.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Audited } from '../../src/domain/audited.ts';
import { readTyped } from '../../src/domain/code.ts';
import type { CodeMove } from '../../src/domain/stock-state.ts';

/** As many as are moved at once. */
export const MOST_AT_ONCE = 500;

/** Which codes of an ISO are meant: the next of a batch, from one to another as they are on the stickers, or these. */
export type WantedCodes =
  | { readonly kind: 'next'; readonly product: string; readonly batchId: string; readonly count: number }
  | { readonly kind: 'range'; readonly product: string; readonly from: string; readonly to: string }
  | { readonly kind: 'these'; readonly hashes: readonly string[] };

/** Why no range can be told: its codes have no order, an end of it is no such code, they do not go up, or they are too many. */
export type NoRange = 'unordered' | 'notCodes' | 'backwards' | 'tooMany';

/** The codes of an ISO that are meant, wherever they are. */
export async function wantedCodes(
  { tx }: Pick<Context, 'tx'>,
  isoId: string,
  wanted: WantedCodes,
): Promise<readonly StockedCode[] | NoRange> {
  switch (wanted.kind) {
    case 'next':
      return await nextOfBatch({ isoId, ...wanted }, Math.min(MOST_AT_ONCE, wanted.count), tx);
    case 'range':
      return await range(isoId, wanted, tx);
    case 'these':
      return (await findStock(wanted.hashes, tx)).filter((code) => code.isoId === isoId);
  }
}

async function range(
  isoId: string,
  { product, ...ends }: Extract<WantedCodes, { kind: 'range' }>,
  tx: Context['tx'],
): Promise<readonly StockedCode[] | NoRange> {
  const { codes } = flowOf(product);
  if (!hasOrder(product)) return 'unordered';
  const [from, to] = [ends.from, ends.to].map((typed) => {
    const read = readTyped(typed, codes);
    const isOrdered =
      read.kind === 'ours' &&
      codes.patterns.some((one) => one.ordered === true && one.inFull(read.code.codeId) === read.code.canonicalUrl);
    return isOrdered ? read.code.codeId : undefined;
  });
  if (from === undefined || to === undefined) return 'notCodes';
  if (from.length !== to.length || from > to) return 'backwards';
  const found = await serialsBetween({ isoId, product }, { from, to }, MOST_AT_ONCE + 1, tx);
  if (found.length > MOST_AT_ONCE) return 'tooMany';
  return found.filter(({ serial = '' }) => serial.length === from.length);
}

/** Whether codes of a product can be told by where they begin and end: a pattern of the programme says that they have an order. */
export function hasOrder(product: string): boolean {
  return flowOf(product).codes.patterns.some(({ ordered }) => ordered === true);
}

/** How many were moved, and how many were somewhere else. */
export interface Moved {
  readonly moved: number;
  readonly others: number;
}

/** Allots codes of an ISO to somebody at work there, who reads it. What is not with the ISO, nor idle, stays where it is. */
export async function allotCodes(ctx: Context, codes: readonly StockedCode[], to: Person): Promise<Moved> {
  return await moveTo(ctx, codes, { kind: 'allot', to: to.userId }, { what: 'stock.allot', to });
}

/** Gives codes that somebody has to a colleague, who reads it. */
export async function passCodesOn(
  ctx: Context,
  codes: readonly StockedCode[],
  { from, to }: { readonly from: string; readonly to: Person },
): Promise<Moved> {
  return await moveTo(ctx, codes, { kind: 'handOver', from, to: to.userId }, { what: 'stock.handOver', to });
}

/** Codes are with the ISO again, or lost; `from` says whose they must be. */
export async function putCodesAside(
  ctx: Context,
  codes: readonly StockedCode[],
  move: Extract<CodeMove, { kind: 'giveBack' | 'lose' }>,
): Promise<Moved> {
  return await moveTo(ctx, codes, move, { what: move.kind === 'lose' ? 'stock.lose' : 'stock.giveBack' });
}

/** Who works there no more leaves their codes to whoever gets their work, else to the ISO. */
export async function leaveCodes(ctx: Context, { userId, isoId }: Person, to: Person | undefined): Promise<void> {
  if (isoId === undefined) return;
  for (;;) {
    const codes = await codesWith({ holderId: userId, isoId }, MOST_AT_ONCE, ctx.tx);
    if (codes.length === 0) return;
    if (to === undefined) await putCodesAside(ctx, codes, { kind: 'giveBack', from: userId });
    else await passCodesOn(ctx, codes, { from: userId, to });
    if (codes.length < MOST_AT_ONCE) return;
  }
}

async function moveTo(
  ctx: Context,
  codes: readonly StockedCode[],
  move: CodeMove,
  { what, to }: { readonly what: Audited; readonly to?: Person | undefined },
): Promise<Moved> {
  const { userId } = ctx.person;
  const moved = await moveCodes(codes, move, { by: userId, at: ctx.now }, ctx.tx);
  const count = moved.length;
  if (count > 0) {
    const from = 'from' in move ? move.from : undefined;
    for (const concerned of new Set([to?.userId, from])) {
      if (concerned === undefined) continue;
      ctx.touch(stockSubject(concerned));
      ctx.audit(what, { kind: 'person', id: concerned }, { count });
    }
    if (to === undefined && from === undefined) ctx.audit(what, { kind: 'person', id: userId }, { count });
    if (to !== undefined && to.userId !== userId) tell(ctx, to, count);
  }
  return { moved: count, others: codes.length - count };
}

/** What somebody has of the stock. */
export function stockSubject(userId: string) {
  return { kind: 'stock', id: userId } as const;
}

function tell(ctx: Context, { userId }: Person, count: number): void {
  const line = { key: 'line.codesGiven', args: { count } } as const;
  const intent = derivedId('codesGiven', ctx.update.id, userId);
  ctx.send({ intent, to: userId, kind: 'line', view: 'line', subject: { kind: 'person', id: userId }, line });
}
