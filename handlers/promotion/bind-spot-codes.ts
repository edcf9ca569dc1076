import { activeBinding, type Binding, bindCode, bindingsOfSpots, releaseBinding } from '../../models/bindings.ts';
import { noteShape } from '../../models/code-shapes.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type Code, codeHash } from '../../src/domain/code.ts';
import { shapeOf } from '../../src/domain/code-shape.ts';
import { isErasedContent } from '../../src/domain/erased-content.ts';
import type { SubmittedCode } from '../../src/flow/engine.ts';
import type { SpotWithId } from './hand-over-lines.ts';

function plainCode({ method: _method, ownership: _ownership, photoId: _photoId, ...code }: SubmittedCode): Code {
  return code;
}

/**
 * Binds the codes that stand at a spot; a spot of a product without codes has none (domain A.12-2). A code that moves here leaves its old
 * spot first (domain A.12-1), and one that was replaced here is free again. Answers whether another code stands there now than before.
 */
export async function bindSpotCodes(
  ctx: TapContext,
  { spotId, codes }: Pick<SpotWithId, 'spotId' | 'codes'>,
  { storeId, isoId, product }: { readonly storeId: string; readonly isoId: string; readonly product: string },
): Promise<boolean> {
  if (codes.length === 0) return false;
  const { tx, now, ids, person } = ctx;
  const before = (await bindingsOfSpots([spotId], tx)).filter(({ state }) => state === 'ACTIVE');
  const stays = new Set(codes.map(codeHash));
  for (const { codeHash: hash, bindingId } of before)
    if (!stays.has(hash)) await releaseBinding(bindingId, person.userId, now, tx);
  const there = new Set(before.map(({ codeHash: hash }) => hash));
  const news = codes.filter((code) => !there.has(codeHash(code)));
  for (const code of news) {
    const elsewhere = code.ownership === 'move' ? await activeBinding(code, tx) : undefined;
    if (elsewhere?.isoId === isoId) await releaseBinding(elsewhere.bindingId, person.userId, now, tx);
    await bindCode(
      {
        bindingId: ids.next(),
        code: plainCode(code),
        isoId,
        spotId,
        storeId,
        boundBy: person.userId,
        boundAt: now,
        method: code.method,
        ...(await doubtOf(code, product, now, tx)),
        proofPhoto: code.photoId,
      },
      tx,
    );
  }
  return news.length > 0;
}

/** A code that nobody knows waits for the operator, who is told of its kind once. */
async function doubtOf(
  { unknown, canonicalUrl }: Code,
  product: string,
  firstAt: number,
  tx: Transaction,
): Promise<Pick<Binding, 'doubt' | 'shapeId' | 'judgedBy'>> {
  if (unknown !== true || isErasedContent(canonicalUrl)) return {};
  const { shape } = shapeOf(canonicalUrl);
  const shapeId = await noteShape({ shape, product, firstAt }, tx);
  return { doubt: 'unknown', shapeId, judgedBy: currentProgramme().version };
}
