import {
  activeBinding,
  type Binding,
  bindCodes,
  bindingsOfSpots,
  type NewBinding,
  releaseBinding,
} from '../../models/bindings.ts';
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

type SpotCodes = Pick<SpotWithId, 'spotId' | 'codes'>;

interface Bound {
  readonly storeId: string;
  readonly isoId: string;
  readonly product: string;
  /** No spot was there before, nor had a code. */
  readonly isNew?: boolean | undefined;
}

/**
 * Binds the codes that stand at spots of a shop; a spot of a product without codes has none (domain A.12-2). A code that moves here leaves its
 * old spot first (domain A.12-1), and one that was replaced here is free again. Answers whether another code stands there now than before.
 */
export async function bindSpotCodes(ctx: TapContext, spots: readonly SpotCodes[], bound: Bound): Promise<boolean> {
  const { tx, now, person } = ctx;
  const withCodes = spots.filter(({ codes }) => codes.length > 0);
  const before = await standingAt(bound.isNew ? [] : withCodes, tx);
  for (const { bindingId, spotId, codeHash: hash } of before) {
    const stays = withCodes.some(
      (spot) => spot.spotId === spotId && spot.codes.some((code) => codeHash(code) === hash),
    );
    if (!stays) await releaseBinding(bindingId, person.userId, now, tx);
  }
  const isThere = (spotId: string, code: Code): boolean =>
    before.some((one) => one.spotId === spotId && one.codeHash === codeHash(code));
  const news = withCodes.flatMap(({ spotId, codes }) =>
    codes.filter((code) => !isThere(spotId, code)).map((code) => ({ spotId, code })),
  );
  const bindings: NewBinding[] = [];
  for (const one of news) bindings.push(await freedFor(ctx, one, bound));
  await bindCodes(bindings, tx);
  return news.length > 0;
}

async function standingAt(spots: readonly SpotCodes[], tx: Transaction): Promise<readonly Binding[]> {
  const bindings = await bindingsOfSpots(
    spots.map(({ spotId }) => spotId),
    tx,
  );
  return bindings.filter(({ state }) => state === 'ACTIVE');
}

/** The binding of a code that stands nowhere else any more. */
async function freedFor(
  { tx, now, ids, person }: TapContext,
  { spotId, code }: { readonly spotId: string; readonly code: SubmittedCode },
  { storeId, isoId, product }: Bound,
): Promise<NewBinding> {
  const elsewhere = code.ownership === 'move' ? await activeBinding(code, tx) : undefined;
  if (elsewhere?.isoId === isoId) await releaseBinding(elsewhere.bindingId, person.userId, now, tx);
  return {
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
  };
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
