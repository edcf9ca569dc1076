import { activeBinding, bindCode, bindingsOfSpots, releaseBinding } from '../../models/bindings.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { marketingCodeHash } from '../../src/domain/marketing-code.ts';
import type { SpotWithId } from './hand-over-lines.ts';

/**
 * Binds the code that stands at a spot; a spot of a product without codes has none (A.12-2). A code that moves here leaves its old
 * spot first (A.12-1), and one that was replaced here is free again. Answers whether another code stands there now than before.
 */
export async function bindSpotCode(
  ctx: TapContext,
  { spotId, code, closeup }: Pick<SpotWithId, 'spotId' | 'code' | 'closeup'>,
  { storeId, isoId }: { readonly storeId: string; readonly isoId: string },
): Promise<boolean> {
  if (code === undefined) return false;
  const { tx, now, ids, person } = ctx;
  const before = (await bindingsOfSpots([spotId], tx)).find(({ state }) => state === 'ACTIVE');
  if (before?.codeId === code.codeId) return false;
  if (before !== undefined) await releaseBinding(before.bindingId, person.userId, now, tx);
  const codeHash = marketingCodeHash(code);
  const elsewhere = code.ownership === 'move' ? await activeBinding(codeHash, tx) : undefined;
  if (elsewhere?.isoId === isoId) await releaseBinding(elsewhere.bindingId, person.userId, now, tx);
  await bindCode(
    {
      ...{ bindingId: ids.next(), codeHash, codeId: code.codeId, isoId, spotId, storeId },
      ...{ boundBy: person.userId, boundAt: now, method: code.method, proofPhoto: closeup.photoId },
    },
    tx,
  );
  return true;
}
