import { dayOf } from '@field/kit/calendar';
import {
  countStaffLines,
  type FeeLine,
  feeLinesOf,
  type StaffFee,
  staffAmountsOf,
  staffLines,
} from '../../models/fee-lines.ts';
import { feesOfMonth } from '../../models/fee-months.ts';
import { findIso, type Iso } from '../../models/isos.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItem, findItems } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import type { Seen } from '../../models/read-ahead.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { amountsOf, type FeeStep, monthAfter, monthBefore, monthOfDay } from '../../src/domain/fee-lines.ts';
import { rateIn, type StaffAmounts, staffAmounts, sumsOf } from '../../src/domain/pay-rates.ts';
import { ownFeeLine, talkOfLine } from '../help/line-question.ts';
import { PAGE, pageOf } from '../team/lists.ts';
import { feeItemName } from '../team/load-fees.ts';
import { shownBy } from '../team/staff-fees.ts';
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

/** One of them, with what was asked about it. */
export async function openOwnFeeLine(ctx: TapContext): Promise<void> {
  const { line } = ctx.update.params.extra;
  if (line !== undefined) ctx.show({ view: 'review.feeLine', subject: { kind: 'feeLine', id: line } });
}

/** How many of each fee came for what the viewer did, in the ISO that they work for: nobody reads a colleague's. Lines are read for amounts alone. */
export const loadOwnFees: LoadCard = async ({ subject }, viewer, now, seen) => {
  const asked = await askedOf(subject.id, viewer, now, seen);
  if (asked === undefined) return OLD_CARD;
  const { iso, month, thisMonth, amounts } = asked;
  const kinds = [...(await feesOfMonth(iso.isoId, month)).keys()].sort();
  const fees = await Promise.all(kinds.map((fee) => ownFee({ ...asked, fee, of: { ...asked.of, fee } })));
  const months = {
    month,
    monthBefore: monthBefore(month),
    monthAfter: month < thisMonth ? monthAfter(month) : undefined,
  };
  const model = { iso: iso.name, ...months, fees: fees.flatMap((one) => one ?? []), shown: amounts.shown };
  return { name: 'review.fees', model, version: 0 };
};

/** Undefined of a fee that was somebody else's alone. */
async function ownFee(asked: Asked) {
  const { fee } = asked;
  const [counts, minor] = await Promise.all([countsOf(asked), sumsIn(asked)]);
  if (sumOf(counts) === 0) return undefined;
  const [confirmed = 0, takenBack = 0, corrected = 0] = counts;
  return { fee, confirmed, takenBack, corrected, minor };
}

/** How many lines of each kind that staff read. */
async function countsOf({ of, steps }: Asked): Promise<readonly number[]> {
  return await Promise.all(steps.map((step) => countStaffLines(of, step)));
}

/** By rates only what was taken back is read: its rate is that of another month. */
async function sumsIn({ of, steps, amounts }: Asked): Promise<ReadonlyMap<string, number>> {
  if (amounts.shown === 'COUNTS') return new Map();
  if (amounts.shown === 'FILE') return sumsOf((await staffAmountsOf(of, steps)).flatMap(amountsOf));
  const [confirmed, takenBack] = await Promise.all([countStaffLines(of, 'CONFIRMED'), staffLines(of, ['TAKEN_BACK'])]);
  const amountOf = await amountsFor(takenBack, amounts);
  const rate = rateIn(amounts.rates, of.fee, of.month)?.money;
  const came = rate === undefined ? [] : [{ currency: rate.currency, minor: confirmed * rate.minor }];
  return sumsOf([...(confirmed > 0 ? came : []), ...takenBack.flatMap(amountOf)]);
}

/** For which items one of them came. */
export const loadOwnFeeList: LoadCard = async (card, viewer, now, seen) => {
  const asked = await askedOf(card.subject.id, viewer, now, seen);
  if (asked === undefined) return OLD_CARD;
  const { of, steps, month, fee, page: wanted, amounts } = asked;
  const counts = await countsOf(asked);
  const { page, pages } = pageOf(sumOf(counts), { ...card, subject: { ...card.subject, id: wanted } });
  const lines = await staffLines(of, steps, { skip: (page - 1) * PAGE, limit: PAGE });
  const [all, amountOf] = await Promise.all([
    findItems(lines.map(({ itemRef }) => itemRef)),
    amountsFor(lines, amounts),
  ]);
  const items = new Map(all.map((item) => [item.itemRef, item]));
  const rows = lines.flatMap((line) => {
    const { itemRef, step, settledBy, lineId } = line;
    const item = items.get(itemRef);
    if (item === undefined || step === undefined) return [];
    const of = { number: step, day: settledBy.slice(0, 8), amounts: amountOf(line), line: lineId };
    return [{ name: feeItemName(item), ...of }];
  });
  return { name: 'review.feeList', model: { fee, month, rows, page, pages }, version: 0 };
};

/** One line of the viewer's own, with what was asked about it and answered. */
export const loadOwnFeeLine: LoadCard = async ({ subject }, viewer, _now, seen) => {
  const line = await ownFeeLine(subject.id, viewer, seen);
  const [iso, item] =
    line === undefined ? [] : await Promise.all([findIso(line.isoId, seen), findItem(line.itemRef, seen)]);
  if (line?.step === undefined || iso === undefined || item === undefined) return OLD_CARD;
  const amounts = amountsBy(iso);
  if (amounts.shown !== 'FILE' && line.step === 'CORRECTED') return OLD_CARD;
  const [amountOf, talk] = await Promise.all([amountsFor([line], amounts), talkOfLine(line, seen)]);
  const { fee, month, step, settledBy, lineId } = line;
  const model = {
    line: lineId,
    name: feeItemName(item),
    fee,
    month,
    number: step,
    day: settledBy.slice(0, 8),
    amounts: amountOf(line),
    opens: mayOpen(item, viewer) ? item.itemRef : undefined,
    talk,
    timeZone: iso.timeZone,
  };
  return { name: 'review.feeLine', model, version: 0 };
};

interface Asked {
  readonly iso: Iso;
  readonly month: string;
  readonly thisMonth: string;
  readonly fee: string;
  readonly page: string;
  readonly of: StaffFee;
  /** What staff read: what corrects an amount says nothing to who does not read the file's. */
  readonly steps: readonly FeeStep[];
  readonly amounts: StaffAmounts;
}

/** What a card's subject names: `202611`, `202611/DEPLOYMENT/2`; undefined for who works for nobody. */
async function askedOf(
  id: string,
  { userId, isoId }: Person,
  now: number,
  seen: Seen | undefined,
): Promise<Asked | undefined> {
  const iso = isoId === undefined ? undefined : await findIso(isoId, seen);
  if (iso === undefined) return undefined;
  const thisMonth = monthOfDay(dayOf(now, iso.timeZone));
  const [said = '', fee = '', page = '1'] = id.split('/');
  const month = /^\d{4}(?:0[1-9]|1[0-2])$/.test(said) && said <= thisMonth ? said : thisMonth;
  const amounts = amountsBy(iso);
  const steps: readonly FeeStep[] =
    amounts.shown === 'FILE' ? ['CONFIRMED', 'TAKEN_BACK', 'CORRECTED'] : ['CONFIRMED', 'TAKEN_BACK'];
  const of = { staffId: userId, isoId: iso.isoId, month, fee };
  return { iso, month, thisMonth, fee, page, of, steps, amounts };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function amountsBy(iso: Iso): StaffAmounts {
  return { shown: shownBy(iso), rates: iso.payRates ?? [] };
}

/** What each of these lines brings and takes, as staff read it. What is taken back may have counted in another month. */
async function amountsFor(lines: readonly FeeLine[], amounts: StaffAmounts) {
  const taken = amounts.shown === 'RATES' ? lines.filter(({ step }) => step === 'TAKEN_BACK') : [];
  const others = taken.length === 0 ? [] : await feeLinesOf([...new Set(taken.map(({ itemRef }) => itemRef))]);
  return (line: FeeLine) => staffAmounts(line, others, amounts);
}

/** An item that somebody else sent again is theirs to open. */
function mayOpen(item: Item, { userId }: Person): boolean {
  return isPromoted(item) && item.staffId === userId;
}
