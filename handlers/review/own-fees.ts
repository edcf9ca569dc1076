import { dayOf } from '@field/kit/calendar';
import { type FeeLine, feeLinesOfStaff } from '../../models/fee-lines.ts';
import { findIso } from '../../models/isos.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItems } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { monthAfter, monthBefore, monthOfDay } from '../../src/domain/fee-lines.ts';
import { paged } from '../team/lists.ts';
import { feeItemName } from '../team/load-fees.ts';
import { isPromoted } from './item-model.ts';

/** `Fees`: for what of a person's own work their ISO's fee came; this month unless it is said. */
export async function openOwnFees(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'review.fees', subject: { kind: 'ownFees', id: ctx.update.params.extra.month ?? '' } });
}

/** For which items, a page at a time. */
export async function openOwnFeeList(ctx: TapContext): Promise<void> {
  const { month = '', fee = '', page = '1' } = ctx.update.params.extra;
  ctx.show({ view: 'review.feeList', subject: { kind: 'ownFees', id: [month, fee, page].join('/') } });
}

/** How many of each fee came for what the viewer did, in the ISO that they work for: nobody reads a colleague's. */
export const loadOwnFees: LoadCard = async ({ subject }, viewer, now) => {
  const asked = await askedOf(subject.id, viewer, now);
  if (asked === undefined) return OLD_CARD;
  const { iso, month, thisMonth, lines } = asked;
  const kinds = [...new Set(lines.map(({ fee }) => fee))].sort();
  const count = (kind: string, taken: boolean): number =>
    lines.filter(({ fee, step }) => fee === kind && (step === 'TAKEN_BACK') === taken).length;
  return {
    name: 'review.fees',
    model: {
      iso,
      month,
      monthBefore: monthBefore(month),
      monthAfter: month < thisMonth ? monthAfter(month) : undefined,
      fees: kinds.map((fee) => ({ fee, confirmed: count(fee, false), takenBack: count(fee, true) })),
    },
    version: 0,
  };
};

/** For which items one of them came. */
export const loadOwnFeeList: LoadCard = async (card, viewer, now) => {
  const asked = await askedOf(card.subject.id, viewer, now);
  if (asked === undefined) return OLD_CARD;
  const { month, fee, page } = asked;
  const own = asked.lines.filter((line) => line.fee === fee);
  const { rows: lines, ...place } = paged(own, { ...card, subject: { ...card.subject, id: page } });
  const items = new Map((await findItems(lines.map(({ itemRef }) => itemRef))).map((item) => [item.itemRef, item]));
  const rows = lines.flatMap(({ itemRef, step, settledBy }) => {
    const item = items.get(itemRef);
    if (item === undefined || step === undefined) return [];
    const opens = mayOpen(item, viewer) ? itemRef : undefined;
    return [{ name: feeItemName(item), number: step, day: settledBy.slice(0, 8), opens }];
  });
  return { name: 'review.feeList', model: { fee, month, rows, page: place.page, pages: place.pages }, version: 0 };
};

interface Asked {
  readonly iso: string;
  readonly month: string;
  readonly thisMonth: string;
  readonly fee: string;
  readonly page: string;
  readonly lines: readonly FeeLine[];
}

/** What a card's subject names: `202611`, `202611/DEPLOYMENT/2`; undefined for who works for nobody. */
async function askedOf(id: string, { userId, isoId }: Person, now: number): Promise<Asked | undefined> {
  const iso = isoId === undefined ? undefined : await findIso(isoId);
  if (iso === undefined) return undefined;
  const thisMonth = monthOfDay(dayOf(now, iso.timeZone));
  const [said = '', fee = '', page = '1'] = id.split('/');
  const month = /^\d{4}(?:0[1-9]|1[0-2])$/.test(said) && said <= thisMonth ? said : thisMonth;
  const all = await feeLinesOfStaff(userId, month);
  // what corrects an amount says nothing to who reads none
  const lines = all.filter((line) => line.isoId === isoId && line.step !== 'CORRECTED');
  return { iso: iso.name, month, thisMonth, fee, page, lines };
}

/** An item that somebody else sent again is theirs to open. */
function mayOpen(item: Item, { userId }: Person): boolean {
  return isPromoted(item) && item.staffId === userId;
}
