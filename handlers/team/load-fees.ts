import { dayOf } from '@field/kit/calendar';
import type { ItemName } from '../../cards/review/item-name.ts';
import type { FeeLineRow } from '../../cards/team/fee-lines.ts';
import { FEE_NUMBERS, type FeeNumber } from '../../cards/team/fees.ts';
import type { Card } from '../../models/cards.ts';
import { type FeeLine, feeLinesOfMonth, findFeeLine } from '../../models/fee-lines.ts';
import { countFeesWaiting, type FeeFor, feesWaiting } from '../../models/fee-marks.ts';
import { closedMonths, feesOfMonth } from '../../models/fee-months.ts';
import { findIso } from '../../models/isos.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItem, findItems } from '../../models/items.ts';
import { namesOf } from '../../models/people.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { Seen } from '../../models/read-ahead.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { amountsOf, type FeeTotals, monthAfter, monthBefore, monthOfDay } from '../../src/domain/fee-lines.ts';
import { talkOfLine } from '../help/line-question.ts';
import { isPromoted, nameOf } from '../review/item-model.ts';
import { forAdmins } from './for-admins.ts';
import { PAGE, pageOf } from './lists.ts';

const NOTHING: FeeTotals[keyof FeeTotals] = { count: 0, minor: new Map() };
const NO_FEES: FeeTotals = { CONFIRMED: NOTHING, CORRECTED: NOTHING, TAKEN_BACK: NOTHING };
/** With a month before and after, and four numbers, these are the buttons that a list may have (wording rule 4). */
const MOST_OTHERS = 3;

/** What settlement files brought the own ISO in a month, one fee at a time. */
export const loadFees = forAdmins(async (card, _viewer, isoId, now, seen) => {
  const asked = await askedOf(card, isoId, now, seen);
  if (asked === undefined) return OLD_CARD;
  const { fee, month, thisMonth, others } = asked;
  const [months, closed, waiting] = await Promise.all([
    feesOfMonth(isoId, month),
    closedMonths([isoId]),
    month === thisMonth ? countWaiting(isoId, fee) : undefined,
  ]);
  return {
    name: 'team.fees',
    model: {
      fee,
      others,
      month,
      monthBefore: monthBefore(month),
      monthAfter: month < thisMonth ? monthAfter(month) : undefined,
      closed: month <= (closed.get(isoId) ?? ''),
      totals: months.get(fee) ?? NO_FEES,
      waiting,
    },
    version: 0,
  };
});

/** What one of its numbers is made of. */
export const loadFeeLines = forAdmins(async (card, _viewer, isoId, now, seen) => {
  const asked = await askedOf(card, isoId, now, seen);
  if (asked === undefined) return OLD_CARD;
  const { fee, month, number, page } = asked;
  const at: Card = { ...card, subject: { ...card.subject, id: page } };
  if (number === 'WAITING') {
    const count = await countWaiting(isoId, fee);
    const place = { ...pageOf(count, at), count };
    const of = eligibleFor(fee);
    const page = { skip: (place.page - 1) * PAGE, limit: PAGE };
    const items = of === undefined ? [] : await feesWaiting(isoId, of, page);
    const names = await namesOf(items.flatMap(whoseItem));
    const rows = items.map(
      (item): FeeLineRow => ({
        name: feeItemName(item),
        staff: named(whoseItem(item), names),
        amounts: [],
        item: isPromoted(item) ? item.itemRef : undefined,
      }),
    );
    return { name: 'team.feeLines', model: { fee, month, number, rows, ...place }, version: 0 };
  }
  const { count } = ((await feesOfMonth(isoId, month)).get(fee) ?? NO_FEES)[number];
  const place = pageOf(count, at);
  const lines = await feeLinesOfMonth(
    { isoId, month, fee, step: number },
    { skip: (place.page - 1) * PAGE, limit: PAGE },
  );
  const [items, names] = await Promise.all([
    findItems(lines.map(({ itemRef }) => itemRef)),
    namesOf(lines.flatMap(whoseLine)),
  ]);
  const of = new Map(items.map((item) => [item.itemRef, item]));
  const rows = lines.flatMap((line): FeeLineRow[] => {
    const item = of.get(line.itemRef);
    if (item === undefined) return [];
    const staff = named(whoseLine(line), names);
    return [{ name: feeItemName(item), staff, amounts: amountsOf(line), line: line.lineId }];
  });
  return { name: 'team.feeLines', model: { fee, month, number, rows, count, ...place }, version: 0 };
});

/** One of these lines, with the row that said so. */
export const loadFeeLine = forAdmins(async (card, _viewer, isoId, _now, seen) => {
  const line = await findFeeLine(card.subject.id, seen);
  const item = line && (await findItem(line.itemRef));
  if (line?.step === undefined || line.isoId !== isoId || item === undefined) return OLD_CARD;
  const { fee, month, step, settledBy, file } = line;
  const [names, talk, iso] = await Promise.all([namesOf(whoseLine(line)), talkOfLine(line), findIso(isoId, seen)]);
  const [day = '', ...key] = settledBy.split('/');
  const model = {
    itemRef: isPromoted(item) ? item.itemRef : undefined,
    name: feeItemName(item),
    staff: named(whoseLine(line), names),
    amounts: amountsOf(line),
    fee,
    month,
    number: step,
    row: { file, key: key.join('/'), day },
    talk,
    timeZone: iso?.timeZone ?? 'UTC',
  };
  return { name: 'team.feeLine', model, version: 0 };
});

/** What a card's subject names, as far as there is such a thing: `202611/DEPLOYMENT/CONFIRMED/2`. Undefined where there are no fees. */
async function askedOf({ subject }: Card, isoId: string, now: number, seen: Seen | undefined) {
  const { timeZone = 'UTC' } = (await findIso(isoId, seen)) ?? {};
  const kinds = currentProgramme().programme.fees.map(({ id }) => id);
  const thisMonth = monthOfDay(dayOf(now, timeZone));
  const [said = '', kind = '', which = '', page = '1'] = subject.id.split('/');
  const month = /^\d{4}(?:0[1-9]|1[0-2])$/.test(said) && said <= thisMonth ? said : thisMonth;
  const fee = kinds.includes(kind) ? kind : kinds[0];
  const number: FeeNumber = FEE_NUMBERS.find((known) => known === which) ?? 'CONFIRMED';
  if (fee === undefined) return undefined;
  return { fee, month, thisMonth, number, page, others: kinds.filter((other) => other !== fee).slice(0, MOST_OTHERS) };
}

/** For what a fee is given once that is approved; of new users nobody knows before a row says so. */
function eligibleFor(fee: string): FeeFor | undefined {
  const eligible = currentProgramme().programme.fees.find(({ id }) => id === fee)?.eligible;
  if (eligible === 'inspected') return 'INSPECTION';
  return eligible === 'approved' ? 'SPOT' : undefined;
}

/** How much is eligible for a fee, and no row was about yet. */
async function countWaiting(isoId: string, fee: string): Promise<number> {
  const of = eligibleFor(fee);
  return of === undefined ? 0 : await countFeesWaiting(isoId, of);
}

/** A card of an inspection calls it by its shop. */
export function feeItemName(item: Item): ItemName {
  return item.itemType === 'INSPECTION' ? { kind: 'store', shop: item.shop } : nameOf(item);
}

type Whose = Pick<FeeLine, 'staffId' | 'ownerId'>;

function whoseLine({ staffId, ownerId }: Whose): readonly string[] {
  return ownerId === undefined ? [staffId] : [staffId, ownerId];
}

function whoseItem({ staffId, ownerId }: Whose): readonly string[] {
  return whoseLine({ staffId, ownerId: ownerId === staffId ? undefined : ownerId });
}

function named(userIds: readonly string[], names: ReadonlyMap<string, string>): readonly string[] {
  return userIds.flatMap((userId) => names.get(userId) ?? []);
}
