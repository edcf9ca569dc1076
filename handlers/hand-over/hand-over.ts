import { EVERYTHING } from '../../cards/hand-over.ts';
import { findPerson, type Person, peopleOf } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import { readWorkingCards } from '../../models/working-cards.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { lookedFor, rememberLookedFor } from '../looked-for.ts';
import { showMenu } from '../menu/menu.ts';
import { type GoesAlong, giveWork, readAlong } from './give-work.ts';
import { mayBeGiven } from './may-be-given.ts';
import { handsOf, type OpenWork } from './open-work.ts';
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
  const ticked = typeof form.what === 'string' ? [form.what] : (form.what ?? []);
  const [giver, found, along] = await readAhead(ctx, { subject, ticked, to: form.to });
  const scoped = giver && subject?.kind === 'work' ? await workIn(subject, giver, ctx.tx) : undefined;
  if (giver === undefined || subject === undefined || scoped === undefined) return showMenu(ctx, { key: 'line.gone' });
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
  const args = await giveSome(ctx, scoped, { ticked: new Set(ticked), to, along });
  ctx.touch(withoutHandsSubject(giver.isoId));
  ctx.show({ view: 'handOver', subject, line: { key: 'handOver.given', args } });
}

/**
 * All that it takes to know, at once: who gives and who gets it, what goes along with what is ticked, and what lies where, whoever's it may be; that is
 * found again where it is asked for of the giver.
 */
async function readAhead(
  { person, now, tx }: TapContext,
  { subject, ticked, to }: { readonly subject: Subject | undefined; readonly ticked: readonly string[]; to: unknown },
) {
  const { isoId = '' } = person;
  const [, hands] = /^person\/(.+)$/s.exec(subject?.id ?? '') ?? [];
  const named = ticked.includes(EVERYTHING) ? undefined : ticked.flatMap((key) => namedBy(key) ?? []);
  const getsIt = typeof to === 'string' ? { userId: to } : undefined;
  return await readAll(
    () => giverOf(person, now, tx),
    async () => getsIt && (await findPerson(getsIt.userId, tx)),
    async () => named && (await readAlong(named, getsIt, tx)),
    async () => void (subject?.kind === 'work' && (await workIn(subject, { isoId, now, has: () => true }, tx))),
    async () => void (hands !== undefined && (await readWorkingCards([hands], tx))),
    // whether there is anybody but those who promoted a shop
    async () => void (named?.some(({ kind }) => kind === 'inspection') && (await peopleOf(isoId, tx))),
  );
}

/** What `keyOf` names; nothing in a tap is trusted. */
function namedBy(key: string): Pick<OpenWork, 'kind' | 'id'> | undefined {
  const [, named, id] = /^(\w+):(.+)$/s.exec(key) ?? [];
  const kind = (['draft', 'item', 'inspection'] as const).find((one) => one === named);
  return kind === undefined || id === undefined ? undefined : { kind, id };
}

/** Names one of the list in its form. */
export function keyOf({ kind, id }: OpenWork): string {
  return `${kind}:${id}`;
}

async function giveSome(
  ctx: TapContext,
  { work, scope }: ScopedWork,
  {
    ticked,
    to,
    along: known,
  }: { readonly ticked: ReadonlySet<string>; readonly to: Person; along?: GoesAlong | undefined },
): Promise<{ count: number; refused: number }> {
  const wanted = work.filter((one) => handsOf(one) !== to.userId && (ticked.has(EVERYTHING) || ticked.has(keyOf(one))));
  const [along, may] = await readAll(
    async () => known ?? (await readAlong(wanted, to, ctx.tx)),
    () => readAll(...wanted.map((one) => () => mayBeGiven(one, to.userId, ctx.tx))),
    async () =>
      scope === 'person' ||
      (await readWorkingCards(
        wanted.flatMap((one) => handsOf(one) ?? []),
        ctx.tx,
      )),
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
