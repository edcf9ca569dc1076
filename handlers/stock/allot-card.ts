import { shorten } from '../../cards/shorten.ts';
import { BY_PHOTO } from '../../cards/team/allot.ts';
import type { TextKey } from '../../cards/text-key.ts';
import { findPerson, type Person, peopleOf } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import { batchesLeft, countStock } from '../../models/stock-lists.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { lookedFor, rememberLookedFor } from '../looked-for.ts';
import { forAdmins } from '../team/for-admins.ts';
import { reads } from '../team/lists.ts';
import { beginByPhoto } from './allot-by-photo.ts';
import { allotCodes, hasOrder, MOST_AT_ONCE, type NoRange, type WantedCodes, wantedCodes } from './move-stock.ts';
import { productsWithCodes } from './stock-card.ts';

/** A name inside a line. */
const SHOWN_NAME = 20;
/** As many people as one chooses among without typing. */
const CHOSEN_AMONG = 20;
const byName = new Intl.Collator('en', { numeric: true });
const NO_RANGE: Readonly<Record<NoRange, TextKey>> = {
  unordered: 'allot.notCodes',
  notCodes: 'allot.notCodes',
  backwards: 'allot.backwards',
  tooMany: 'allot.tooMany',
};

/** `Give out codes…`: of which batch, how many, and to whom. */
export async function openAllot(ctx: TapContext): Promise<void> {
  await rememberLookedFor(ctx, undefined);
  showAllot(ctx);
}

/** Gives codes to somebody at work in the ISO. Two admins at once give each code once: the second gets those after. */
export async function allotTyped(ctx: TapContext): Promise<void> {
  const { form = {} } = ctx.update.params;
  const { isoId } = ctx.person;
  const typed = (name: string): string => (typeof form[name] === 'string' ? form[name].trim() : '');
  if (isoId === undefined) return;
  const find = typed('find').slice(0, 60);
  if (find !== '' && find !== lookedFor(ctx.person)?.find) {
    await rememberLookedFor(ctx, { find, ticked: [] });
    return showAllot(ctx);
  }
  const wanted = wantedBy(typed);
  const [to, codes] = await readAll(
    async () => (typed('to') === '' ? undefined : await findPerson(typed('to'), ctx.tx)),
    async () => (wanted === undefined ? [] : await wantedCodes(ctx, isoId, wanted)),
  );
  const isThere = to !== undefined && to.state === 'ACTIVE' && to.isoId === isoId;
  if (typed('batch') === BY_PHOTO) return isThere ? await beginByPhoto(ctx, to) : showAllot(ctx, 'allot.noWhom');
  if (!isThere || wanted === undefined) return showAllot(ctx, 'allot.noCount');
  if (typeof codes === 'string') return showAllot(ctx, NO_RANGE[codes]);
  const { moved: count, others } = await allotCodes(ctx, codes, to);
  await rememberLookedFor(ctx, undefined);
  const line = { key: 'allot.givenTo', args: { name: shorten(to.name, SHOWN_NAME), count, others } } as const;
  ctx.show({ view: 'team.stock', subject: { kind: 'page', id: '1' }, line });
}

/** A first and a last code count before a number; nothing in a tap is trusted. */
function wantedBy(typed: (name: string) => string): WantedCodes | undefined {
  const batch = typed('batch');
  const cut = batch.indexOf('/');
  const [product, batchId] = [batch.slice(0, Math.max(0, cut)), batch.slice(cut + 1)];
  if (!productsWithCodes().includes(product)) return undefined;
  const [from, to] = [typed('from'), typed('last')];
  if (from !== '' && to !== '') return { kind: 'range', product, from, to };
  const count = Number(typed('count'));
  return Number.isInteger(count) && count > 0 && count <= MOST_AT_ONCE
    ? { kind: 'next', product, batchId, count }
    : undefined;
}

function showAllot(ctx: TapContext, key?: TextKey): void {
  const line = key === undefined ? undefined : ({ key } as const);
  ctx.show({ view: 'team.allot', subject: { kind: 'person', id: ctx.person.userId }, line });
}

export const loadAllot = forAdmins(async (_card, viewer, isoId) => {
  const products = productsWithCodes();
  const [named, people, down] = await Promise.all([
    Promise.all(
      products.map(async (product) => (await batchesLeft({ isoId, product })).map((batchId) => ({ product, batchId }))),
    ),
    peopleOf(isoId),
    Promise.all(products.map((product) => countStock({ isoId, product }, 'IDLE'))),
  ]);
  const batches = named.flat();
  const left = await Promise.all(batches.map((batch) => countStock({ isoId, ...batch }, 'IN_STOCK')));
  return {
    name: 'team.allot',
    model: {
      batches: batches.map((batch, index) => ({
        ...batch,
        key: `${batch.product}/${batch.batchId}`,
        left: left[index] ?? 0,
      })),
      down: down.reduce((sum, count) => sum + count, 0),
      ordered: products.some(hasOrder),
      ...chosenAmong(people, viewer),
    },
    version: 0,
  };
});

/** Whom one may choose, and whether they are more than are listed. */
export function chosenAmong(all: readonly Person[], viewer: Person, without?: string) {
  const find = lookedFor(viewer)?.find ?? '';
  const atWork = all.filter(({ state, userId }) => state === 'ACTIVE' && userId !== without);
  const people = atWork
    .filter(({ name }) => reads(find, name))
    .map(({ userId, name }) => ({ userId, name }))
    .sort((one, other) => byName.compare(one.name, other.name));
  return { people: people.slice(0, CHOSEN_AMONG), search: atWork.length > CHOSEN_AMONG, find };
}
