import { EVERYTHING } from '../../cards/hand-over.ts';
import { findPerson, type Person } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { lookedFor, rememberLookedFor } from '../looked-for.ts';
import { showMenu } from '../menu/menu.ts';
import { giveWork, readAlong } from './give-work.ts';
import { mayBeGiven } from './may-be-given.ts';
import { handsOf, type OpenWork } from './open-work.ts';
import { readHands } from './take-from-hand.ts';
import { withoutHandsSubject } from './without-hands.ts';
import { type Giver, giverOf, type ScopedWork, workIn, workNamed } from './work-scope.ts';

/** `Give to…`, `Without hands (3)`: what is open, with ticks, and to whom it goes. */
export async function openHandOver(ctx: TapContext): Promise<void> {
  const { work = 'nobody' } = ctx.update.params.extra;
  await rememberLookedFor(ctx, undefined);
  ctx.show({ view: 'handOver', subject: workNamed(work, ctx.person.isoId ?? '') });
}

/**
 * Gives what is ticked and is still there to be given to a colleague at work. Two at once: what the first gave is not there for the
 * second, unless it is a task. A task is not given to whoever promoted that shop while there is somebody else.
 */
export async function giveTicked(ctx: TapContext): Promise<void> {
  const { subject, form = {} } = ctx.update.params;
  const giver = await giverOf(ctx.person, ctx.now, ctx.tx);
  const [scoped, found] = await readAll(
    async () => (giver && subject?.kind === 'work' ? await workIn(subject, giver, ctx.tx) : undefined),
    async () => (typeof form.to === 'string' ? await findPerson(form.to, ctx.tx) : undefined),
  );
  if (giver === undefined || subject === undefined || scoped === undefined) return showMenu(ctx, { key: 'line.gone' });
  const ticked = typeof form.what === 'string' ? [form.what] : (form.what ?? []);
  const find = typeof form.find === 'string' ? form.find.trim().slice(0, 60) : '';
  const isNew = find !== '' && find !== lookedFor(ctx.person)?.find;
  // of the many those are listed of whose name a part was typed, with the ticks as they were
  if (isNew || typeof form.to !== 'string') {
    await rememberLookedFor(ctx, { find, ticked });
    return ctx.show({ view: 'handOver', subject });
  }
  const to = colleague(giver, found);
  if (to === undefined) return showMenu(ctx, { key: 'line.gone' });
  await rememberLookedFor(ctx, undefined);
  const args = await giveSome(ctx, scoped, { ticked: new Set(ticked), to });
  ctx.touch(withoutHandsSubject(giver.isoId));
  ctx.show({ view: 'handOver', subject, line: { key: 'handOver.given', args } });
}

/** Names one of the list in its form. */
export function keyOf({ kind, id }: OpenWork): string {
  return `${kind}:${id}`;
}

async function giveSome(
  ctx: TapContext,
  { work }: ScopedWork,
  { ticked, to }: { readonly ticked: ReadonlySet<string>; readonly to: Person },
): Promise<{ count: number; refused: number }> {
  const wanted = work.filter((one) => handsOf(one) !== to.userId && (ticked.has(EVERYTHING) || ticked.has(keyOf(one))));
  const [along, may] = await readAll(
    () => readAlong(wanted, to, ctx.tx),
    () => readAll(...wanted.map((one) => () => mayBeGiven(one, to.userId, ctx.tx))),
    () =>
      readHands(
        wanted.flatMap((one) => handsOf(one) ?? []),
        ctx.tx,
      ),
  );
  const given = wanted.filter((_, place) => may[place]);
  for (const [from, what] of byHands(given)) {
    await giveWork(ctx, { what, to, from: from === undefined ? undefined : { userId: from }, along });
  }
  return { count: given.length, refused: wanted.length - given.length };
}

function colleague(giver: Giver, found: Person | undefined): Person | undefined {
  return found?.state === 'ACTIVE' && found.isoId === giver.isoId && giver.has(found.userId) ? found : undefined;
}

function byHands(all: readonly OpenWork[]): ReadonlyMap<string | undefined, readonly OpenWork[]> {
  const hands = new Map<string | undefined, OpenWork[]>();
  for (const work of all) hands.set(handsOf(work), [...(hands.get(handsOf(work)) ?? []), work]);
  return hands;
}
