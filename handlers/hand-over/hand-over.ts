import { EVERYTHING } from '../../cards/hand-over.ts';
import { findPerson, type Person } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { showMenu } from '../menu/menu.ts';
import { giveWork } from './give-work.ts';
import { mayBeGiven } from './may-inspect.ts';
import { handsOf, type OpenWork } from './open-work.ts';
import { withoutHandsSubject } from './without-hands.ts';
import { workIn, workNamed } from './work-scope.ts';

/** `Give to…`, `Without hands (3)`: what is open, with ticks, and to whom it goes. */
export async function openHandOver(ctx: TapContext): Promise<void> {
  const { work = 'nobody' } = ctx.update.params.extra;
  ctx.show({ view: 'handOver', subject: workNamed(work, ctx.person.isoId ?? '') });
}

/**
 * Gives what is ticked and is still there to be given to a colleague at work. Two admins at once: what the first gave is not there for the
 * second, unless it is a task. A task is not given to whoever promoted that shop while there is somebody else.
 */
export async function giveTicked(ctx: TapContext): Promise<void> {
  const { subject, form = {} } = ctx.update.params;
  const { isoId = '' } = ctx.person;
  const scoped = subject?.kind === 'work' ? await workIn(subject, { isoId, now: ctx.now }, ctx.tx) : undefined;
  const to = await colleague(ctx, form.to);
  if (subject === undefined || scoped === undefined || to === undefined) return showMenu(ctx, { key: 'line.gone' });
  const ticked = new Set(typeof form.what === 'string' ? [form.what] : (form.what ?? []));
  const wanted = scoped.work.filter(
    (work) => handsOf(work) !== to.userId && (ticked.has(EVERYTHING) || ticked.has(keyOf(work))),
  );
  const given: OpenWork[] = [];
  for (const work of wanted) if (await mayBeGiven(work, to.userId, ctx.tx)) given.push(work);
  for (const [from, what] of byHands(given)) {
    await giveWork(ctx, { what, to, from: from === undefined ? undefined : { userId: from } });
  }
  ctx.touch(withoutHandsSubject(isoId));
  const args = { count: given.length, refused: wanted.length - given.length };
  ctx.show({ view: 'handOver', subject, line: { key: 'handOver.given', args } });
}

/** Names one of the list in its form. */
export function keyOf({ kind, id }: OpenWork): string {
  return `${kind}:${id}`;
}

async function colleague(ctx: TapContext, to: unknown): Promise<Person | undefined> {
  const found = typeof to === 'string' ? await findPerson(to, ctx.tx) : undefined;
  return found?.state === 'ACTIVE' && found.isoId === ctx.person.isoId ? found : undefined;
}

function byHands(all: readonly OpenWork[]): ReadonlyMap<string | undefined, readonly OpenWork[]> {
  const hands = new Map<string | undefined, OpenWork[]>();
  for (const work of all) hands.set(handsOf(work), [...(hands.get(handsOf(work)) ?? []), work]);
  return hands;
}
