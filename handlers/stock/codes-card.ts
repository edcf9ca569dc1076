import { EVERYTHING } from '../../cards/hand-over.ts';
import { shorten } from '../../cards/shorten.ts';
import { ARE_LOST, TO_ISO } from '../../cards/stock.ts';
import type { CardLine } from '../../models/cards.ts';
import { findIso } from '../../models/isos.ts';
import { findPerson, type Person, peopleOf } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { Reads } from '../../models/single-write.ts';
import { codesWith, countCodesWith } from '../../models/stock-lists.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { isOneOf } from '../../src/domain/who.ts';
import { lookedFor, rememberLookedFor } from '../looked-for.ts';
import { showMenu } from '../menu/menu.ts';
import { chosenAmong } from './allot-card.ts';
import { MOST_AT_ONCE, type Moved, passCodesOn, putCodesAside, stockSubject } from './move-stock.ts';

/** A name inside a line. */
const SHOWN_NAME = 20;
/** As many as one card lists; *Everything* takes the others along. */
const LISTED = 20;

/** `My codes (12)`, or, of an admin, those of one of their people. */
export async function openCodes(ctx: TapContext): Promise<void> {
  const { person = ctx.person.userId } = ctx.update.params.extra;
  await rememberLookedFor(ctx, undefined);
  ctx.show({ view: 'stock', subject: stockSubject(person) });
}

/** Hands what is ticked, and is still there, to a colleague, gives it back, or says that it is lost. */
export async function moveTicked(ctx: TapContext): Promise<void> {
  const { form = {}, extra } = ctx.update.params;
  const { isoId } = ctx.person;
  const whose = extra.person ?? '';
  const where =
    typeof form.where === 'string' && form.where !== TO_ISO && form.where !== ARE_LOST ? form.where : undefined;
  const [holder] = await readAll(
    () => heldBy(whose, ctx.person, ctx.now, ctx.tx),
    async () => (isoId === undefined ? [] : await codesWith({ holderId: whose, isoId }, MOST_AT_ONCE, ctx.tx)),
    async () => (where === undefined ? undefined : await findPerson(where, ctx.tx)),
  );
  if (holder === undefined || isoId === undefined) return showMenu(ctx, { key: 'line.gone' });
  const ticked = typeof form.what === 'string' ? [form.what] : (form.what ?? []);
  const find = typeof form.find === 'string' ? form.find.trim().slice(0, 60) : '';
  const subject = stockSubject(holder.userId);
  const isNew = find !== '' && find !== lookedFor(ctx.person)?.find;
  if (isNew || typeof form.where !== 'string') {
    await rememberLookedFor(ctx, { find, ticked });
    return ctx.show({ view: 'stock', subject });
  }
  const all = await codesWith({ holderId: holder.userId, isoId }, MOST_AT_ONCE, ctx.tx);
  const wanted = ticked.includes(EVERYTHING) ? all : all.filter(({ codeHash }) => ticked.includes(codeHash));
  const moved = await moveTo(ctx, wanted, { from: holder.userId, where: form.where, isoId });
  if (moved === undefined) return showMenu(ctx, { key: 'line.gone' });
  await rememberLookedFor(ctx, undefined);
  ctx.show({ view: 'stock', subject, line: await lineOf(ctx, form.where, moved.moved) });
}

/** How many went, and to whom where that is a colleague. */
async function lineOf({ tx }: TapContext, where: string, count: number): Promise<CardLine> {
  const to = where === TO_ISO || where === ARE_LOST || count === 0 ? undefined : await findPerson(where, tx);
  if (to === undefined) return { key: 'stock.moved', args: { count } };
  return { key: 'allot.givenTo', args: { name: shorten(to.name, SHOWN_NAME), count, others: 0 } };
}

async function moveTo(
  ctx: TapContext,
  codes: Awaited<ReturnType<typeof codesWith>>,
  { from, where, isoId }: { readonly from: string; readonly where: string; readonly isoId: string },
): Promise<Moved | undefined> {
  if (where === TO_ISO) return await putCodesAside(ctx, codes, { kind: 'giveBack', from });
  if (where === ARE_LOST) return await putCodesAside(ctx, codes, { kind: 'lose', from });
  const to = await findPerson(where, ctx.tx);
  if (to === undefined || to.state !== 'ACTIVE' || to.isoId !== isoId) return undefined;
  return await passCodesOn(ctx, codes, { from, to });
}

/** One's own, or, of an admin, anybody's of the ISO. */
async function heldBy(userId: string, viewer: Person, now: number, tx?: Reads): Promise<Person | undefined> {
  if (userId === viewer.userId) return viewer;
  if (!isOneOf(viewer, 'admin', now)) return undefined;
  const found = await findPerson(userId, tx);
  return found?.isoId === viewer.isoId ? found : undefined;
}

export const loadCodes: LoadCard = async ({ subject: { id: userId } }, viewer, now, seen) => {
  const { isoId } = viewer;
  if (isoId === undefined) return OLD_CARD;
  const [holder, iso, people, codes, count] = await Promise.all([
    heldBy(userId, viewer, now),
    findIso(isoId, seen),
    peopleOf(isoId),
    codesWith({ holderId: userId, isoId }, LISTED),
    countCodesWith(userId, isoId),
  ]);
  if (holder === undefined) return OLD_CARD;
  return {
    name: 'stock',
    model: {
      userId: holder.userId,
      name: holder.userId === viewer.userId ? undefined : holder.name,
      rows: codes.map(({ codeHash: hash, product = '', serial = '' }) => ({ hash, product, serial })),
      count,
      iso: iso?.name ?? '',
      ...chosenAmong(people, viewer, holder.userId),
    },
    version: 0,
  };
};
