import { openAskOf } from '../../models/account-asks.ts';
import { openAppealsOf } from '../../models/appeals.ts';
import { openDraftsOf } from '../../models/drafts.ts';
import { passItemsOn, takeItemsBack } from '../../models/item-queries.ts';
import { findItems } from '../../models/items.ts';
import { adminsOf, findPerson, type Person } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { Reads } from '../../models/single-write.ts';
import { codesWith } from '../../models/stock-lists.ts';
import { accountOf } from '../../models/test-accounts.ts';
import type { Context } from '../../src/bot/context.ts';
import { returnAccountOf } from '../accounts/return-account.ts';
import { leaveCodes, MOST_AT_ONCE } from '../stock/move-stock.ts';
import { type GoesAlong, giveWork } from './give-work.ts';
import { formerOf, type OpenWork, openWorkOf, workWithoutHands } from './open-work.ts';
import { tellWithoutHands } from './without-hands.ts';

/**
 * Somebody works for their ISO no more: all that is open in their hands goes to whom an admin chose, else to their supervisor, or to
 * nobody, which the admins read once; what is over goes with it, since a row may open it again. Their test account is given back. To be called while they
 * still are what they were there.
 */
export async function leaveBehind(ctx: Context, person: Person, heir?: Person | 'nobody'): Promise<void> {
  const { userId, isoId } = person;
  if (isoId === undefined) return;
  const { supervisor, what, along } = await readWhatIsLeft(ctx, person, isoId, heir);
  const to = heir === 'nobody' ? undefined : (heir ?? supervisor);
  for (const [one, works] of byInspector(what, to))
    await giveWork(ctx, { what: works, to: one, from: person, quietly: true, along });
  await passItemsOn({ ownerId: userId, isoId }, to?.userId, ctx.tx);
  await leaveCodes(ctx, person, to);
  await returnAccountOf(ctx, person, 'left');
  const left = what.length > 0 && (to === undefined || what.some((work) => !mayHave(work, to)));
  if (left) await tellWithoutHands(ctx, isoId, person);
}

interface WhatIsLeft {
  /** Who gets it where nobody else does. */
  readonly supervisor: Person | undefined;
  readonly what: readonly OpenWork[];
  readonly along: GoesAlong;
}

/** What `leaveBehind` asks for, at once. What puts an item right is in the hands that have the item, and so is an appeal against it. */
export async function readWhatIsLeft(
  { now, tx }: Pick<Context, 'now' | 'tx'>,
  person: Person,
  isoId: string,
  heir?: Pick<Person, 'userId'> | 'nobody',
): Promise<WhatIsLeft> {
  const { userId, supervisorId } = person;
  const to = heir === 'nobody' ? undefined : (heir?.userId ?? supervisorId);
  const [supervisor, what, drafts, appeals, begun] = await readAll(
    async () => (heir === undefined ? await supervisorOf(person, tx) : undefined),
    () => openWorkOf(userId, { isoId, now }, tx),
    () => openDraftsOf(userId, tx),
    () => openAppealsOf(userId, tx),
    async () => (to === undefined ? [] : await openDraftsOf(to, tx)),
    () => codesWith({ holderId: userId, isoId }, MOST_AT_ONCE, tx),
    () => accountOf(userId, isoId, tx),
    () => openAskOf(userId, isoId, tx),
    () => adminsOf(isoId, tx),
  );
  const modifications = drafts.filter(({ draft }) => draft.modifies !== undefined);
  // they came with the tasks
  const submitted = await findItems(
    what.flatMap(({ kind, id }) => (kind === 'inspection' ? [id] : [])),
    tx,
  );
  return { supervisor, what, along: { modifications, appeals, submitted, begun: [...begun] } };
}

/** Back at work after all: what was theirs and nobody has in hand meanwhile is theirs again. */
export async function takeUpAgain(ctx: Context, person: Person): Promise<void> {
  const { userId, isoId } = person;
  if (isoId === undefined) return;
  const all = await workWithoutHands({ isoId, now: ctx.now }, ctx.tx);
  const what = all.filter((work) => formerOf(work) === userId);
  await giveWork(ctx, { what, to: person, from: undefined });
  await takeItemsBack(userId, isoId, ctx.tx);
}

/** Their supervisor, if at work there. */
export async function supervisorOf({ supervisorId, userId, isoId }: Person, tx?: Reads): Promise<Person | undefined> {
  if (supervisorId === undefined || supervisorId === userId) return undefined;
  const found = await findPerson(supervisorId, tx);
  return found !== undefined && found.isoId === isoId && found.state === 'ACTIVE' ? found : undefined;
}

/** Nobody inspects where they promoted. */
function mayHave(work: OpenWork, { userId }: Person): boolean {
  return work.kind !== 'inspection' || !work.task.promoters.includes(userId);
}

function byInspector(
  what: readonly OpenWork[],
  to: Person | undefined,
): readonly (readonly [Person | undefined, readonly OpenWork[]])[] {
  if (to === undefined) return [[undefined, what]];
  return [
    [to, what.filter((work) => mayHave(work, to))],
    [undefined, what.filter((work) => !mayHave(work, to))],
  ];
}
