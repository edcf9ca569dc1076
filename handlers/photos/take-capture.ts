import { capturedSource } from '../../models/captures.ts';
import type { EventContext } from '../../src/bot/context.ts';
import { BURST_MS } from '../../src/bot/working-card.ts';
import { isShutOut } from '../../src/domain/person-state.ts';
import { sameSubject } from './current-work.ts';
import { namedShop } from './named-shop.ts';
import { workNamed } from './photo-subjects.ts';
import { sayBelow } from './say-below.ts';
import { takeFor } from './take-photos.ts';
import { photoTargetOf } from './targets.ts';

/** While others are still under way the card waits for them: one move for all that was taken together. */
const MORE_COMES_MS = 20_000;

/**
 * Something was taken on the page beside the chat: it goes into the work and the place that it was taken for, whatever is in hand by now, by
 * the moment at which it was taken.
 */
export async function takeCapture(ctx: EventContext<'capture.taken'>): Promise<void> {
  const { at } = ctx.update;
  const { kind, hash, work: named, slot, more } = ctx.update.facts;
  if (isShutOut(ctx.person.state)) return;
  const work = workNamed(`${named.kind}:${named.id}`);
  const quietMs = more === true ? MORE_COMES_MS : BURST_MS;
  if (kind === 'code') return await takeCode(ctx, quietMs);
  const photo = { photoId: `capture:${hash}`, at, slot, source: capturedSource(hash) };
  await takeFor(ctx, work, { at, photos: [photo], quietMs });
}

async function takeCode(ctx: EventContext<'capture.taken'>, quietMs: number): Promise<void> {
  const { at } = ctx.update;
  const { work: named, slot, code = '' } = ctx.update.facts;
  const work = workNamed(`${named.kind}:${named.id}`);
  const target = work && photoTargetOf(work.kind);
  const found = work && (await target?.find(ctx, work.id, at));
  if (work === undefined || target === undefined || found === undefined) return;
  const { shop, named: isNamed } = namedShop(found.shop);
  const content = found.ended === undefined ? await target.scanned(ctx, work.id, { slot, code, at }) : undefined;
  if (content === undefined)
    return sayBelow(ctx, { key: 'line.codeTooLate', args: { shop, named: isNamed, how: found.ended ?? 'over' } });
  if (sameSubject(content.subject, ctx.person.currentWork))
    ctx.moveBelow({ afterMs: quietMs, evenForm: false, photos: 0, shop, content });
  else ctx.touch(content.subject);
}
