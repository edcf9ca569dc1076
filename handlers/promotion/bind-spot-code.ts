import { activeBinding, type Binding, bindCode, bindingsOfSpots, releaseBinding } from '../../models/bindings.ts';
import { noteShape } from '../../models/code-shapes.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type Code, codeHash } from '../../src/domain/code.ts';
import { shapeOf } from '../../src/domain/code-shape.ts';
import type { SpotCode } from '../../src/flow/draft.ts';
import type { SpotWithId } from './hand-over-lines.ts';

function plainCode({ method: _method, ownership: _ownership, ...code }: SpotCode): Code {
  return code;
}

/**
 * Binds the code that stands at a spot; a spot of a product without codes has none (domain A.12-2). A code that moves here leaves its old
 * spot first (domain A.12-1), and one that was replaced here is free again. Answers whether another code stands there now than before.
 */
export async function bindSpotCode(
  ctx: TapContext,
  { spotId, code, photos }: Pick<SpotWithId, 'spotId' | 'code' | 'photos'>,
  { storeId, isoId, product }: { readonly storeId: string; readonly isoId: string; readonly product: string },
): Promise<boolean> {
  if (code === undefined) return false;
  const { tx, now, ids, person } = ctx;
  const before = (await bindingsOfSpots([spotId], tx)).find(({ state }) => state === 'ACTIVE');
  if (before?.codeHash === codeHash(code)) return false;
  if (before !== undefined) await releaseBinding(before.bindingId, person.userId, now, tx);
  const elsewhere = code.ownership === 'move' ? await activeBinding(codeHash(code), tx) : undefined;
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
      proofPhoto: photos.find(({ showsCode }) => showsCode)?.photoId ?? '',
    },
    tx,
  );
  return true;
}

/** A code that nobody knows waits for the operator, who is told of its kind once. */
async function doubtOf(
  { unknown, canonicalUrl }: Code,
  product: string,
  firstAt: number,
  tx: Transaction,
): Promise<Pick<Binding, 'doubt' | 'shapeId' | 'judgedBy'>> {
  if (unknown !== true) return {};
  const { shape } = shapeOf(canonicalUrl);
  const shapeId = await noteShape({ shape, product, firstAt }, tx);
  return { doubt: 'unknown', shapeId, judgedBy: currentProgramme().version };
}
