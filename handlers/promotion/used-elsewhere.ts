import { activeBindingsAndPlaces, type Binding } from '../../models/bindings.ts';
import { codesNotOf } from '../../models/code-stock.ts';
import { findPerson } from '../../models/people.ts';
import { photosDeployedElsewhere } from '../../models/photos.ts';
import { readAll } from '../../models/read-together.ts';
import { findSpot } from '../../models/spots.ts';
import { findStore } from '../../models/stores.ts';
import type { Context } from '../../src/bot/context.ts';
import { codeHash } from '../../src/domain/code.ts';
import { codesAt, isAmong } from '../../src/flow/codes-at.ts';
import type { Draft, SpotCode } from '../../src/flow/draft.ts';
import {
  codeOwnership,
  failedCodes,
  type Ownership,
  photoUsedElsewhere,
  uncheckedCodes,
} from '../../src/flow/engine.ts';

/** For which ISO it is asked, and in which transaction. */
type Asking = Pick<Context, 'tx'> & { readonly isoId: string };

/** Looks up every code that was just read or typed: free, another ISO's, at another spot, or in use elsewhere. */
export async function withCodesLookedUp(ctx: Asking, draft: Draft): Promise<Draft> {
  const unchecked = uncheckedCodes(draft);
  const found = await foundOf(
    ctx,
    unchecked.map(({ code }) => code),
  );
  let now = draft;
  for (const { spot, code } of unchecked) {
    now = codeOwnership(now, spot, code.codeId, await ownershipOf(ctx, code, now, found));
  }
  return now;
}

/** What may have changed since the codes of a draft were looked up, right before it is sent. */
export async function withCodesStillFree(ctx: Asking, draft: Draft): Promise<Draft> {
  const all = draft.spots.flatMap(({ key }) => codesAt(draft, key).map((code) => ({ key, code })));
  const known = await foundOf(
    ctx,
    all.map(({ code }) => code),
  );
  let now = draft;
  for (const { key, code } of all) {
    const found = await ownershipOf(ctx, code, now, known);
    const wantsMove = code.ownership === 'move' && found.kind === 'boundHere';
    if (!wantsMove) now = codeOwnership(now, key, code.codeId, found);
  }
  return now;
}

/** Where some codes stand, and which were given to somebody else; by hash. */
interface Found {
  readonly bindings: ReadonlyMap<string, Binding>;
  readonly notIts: ReadonlySet<string>;
}

async function foundOf({ tx, isoId }: Asking, codes: readonly SpotCode[]): Promise<Found> {
  if (codes.length === 0) return { bindings: new Map(), notIts: new Set() };
  const [bindings, notIts] = await readAll(
    () => activeBindingsAndPlaces(codes, tx),
    () => codesNotOf(isoId, codes.map(codeHash), tx),
  );
  return { bindings, notIts: new Set([...notIts].filter((hash) => !bindings.has(hash))) };
}

/**
 * Whose a code is and where it stands. Another ISO's spot is never told (domain A.12-1). The code of the very spot that is put right is
 * free for it, unless it is the code that failed; of several, as long as all of them stand there again.
 */
async function ownershipOf(ctx: Asking, code: SpotCode, draft: Draft, found: Found): Promise<Ownership> {
  const { modifies } = draft;
  const failed = failedCodes(draft);
  const there = draft.spots.flatMap(({ key }) => codesAt(draft, key));
  if (isAmong(failed, code) && failed.every((one) => isAmong(there, one))) return { kind: 'failed' };
  const binding = found.bindings.get(codeHash(code));
  if (binding === undefined) return { kind: found.notIts.has(codeHash(code)) ? 'notOfIso' : 'free' };
  if (binding.spotId === modifies?.spotId) return { kind: 'free' };
  if (binding.isoId !== ctx.isoId) return { kind: 'boundElsewhere' };
  const [spot, store, by] = await readAll(
    () => findSpot(binding.spotId, ctx.tx),
    () => findStore(binding.storeId, ctx.tx),
    () => findPerson(binding.boundBy, ctx.tx),
  );
  return {
    kind: 'boundHere',
    at: {
      store: store?.nameLocal ?? '',
      spotType: spot?.spotType ?? '',
      number: spot?.number ?? 1,
      by: by?.name ?? '',
      at: binding.boundAt,
    },
  };
}

/** The draft without photos that were submitted for another store or spot since they were checked, right before it is sent. */
export async function withPhotosStillUnused(ctx: Context, draft: Draft): Promise<Draft> {
  const standing = draft.photos.filter(({ where }) => where.kind === 'slot').map(({ photoId }) => photoId);
  const used = await photosDeployedElsewhere(standing, ctx.tx);
  return used.reduce(photoUsedElsewhere, draft);
}
