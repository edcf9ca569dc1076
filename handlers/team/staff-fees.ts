import { dayOf } from '@field/kit/calendar';
import { type RateFrom, rateFields } from '../../cards/team/pay-rate.ts';
import type { CardLine } from '../../models/cards.ts';
import { closedMonths } from '../../models/fee-months.ts';
import { changeFeesShown, changePayRates, findIso, type Iso } from '../../models/isos.ts';
import { changePerson } from '../../models/people.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { Reads } from '../../models/single-write.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { monthAfter, monthOfDay } from '../../src/domain/fee-lines.ts';
import { decimalText } from '../../src/domain/money.ts';
import { FEES_SHOWN, type FeesShown, rateIn, readRate, withRate } from '../../src/domain/pay-rates.ts';
import type { ProblemCode } from '../../src/flow/codes.ts';
import { forAdmins } from './for-admins.ts';

/** `What staff see`. */
export async function openStaffFees(ctx: TapContext): Promise<void> {
  showStaffFees(ctx);
}

/** From now on staff read this of the fee for their work. */
export async function showFeesTo(ctx: TapContext): Promise<void> {
  const shown = FEES_SHOWN.find((one) => one === ctx.update.params.extra.shown);
  const iso = await ownIso(ctx);
  if (shown === undefined || iso === undefined) return;
  if (shownBy(iso) !== shown) {
    await changeFeesShown(iso.isoId, shown, ctx.tx);
    ctx.audit('iso.feesShown', { kind: 'person', id: ctx.person.userId }, { shown });
  }
  showStaffFees(ctx);
}

/** The form for what one fee counts. */
export async function openPayRate(ctx: TapContext): Promise<void> {
  const { fee } = ctx.update.params.extra;
  await keepTyped(ctx, {}, undefined);
  if (fee !== undefined) showPayRate(ctx, fee);
}

/** A rate counts from this month or the next on; what was said of months before stays. What cannot be read comes back as typed. */
export async function savePayRate(ctx: TapContext): Promise<void> {
  const { form, extra } = ctx.update.params;
  const iso = await ownIso(ctx);
  const { form: fee = '' } = extra;
  const currency = iso && currencyOf(iso);
  if (iso === undefined || currency === undefined || !kinds().includes(fee)) return;
  const { thisMonth, months } = await monthsFor(iso, ctx.now, ctx.tx);
  const typed = String(form?.rate ?? '').trim();
  const begins = months.find((month) => month === form?.rateFrom);
  const money = readRate(typed, currency);
  if (money === undefined || begins === undefined) {
    const wrong: readonly [string, ProblemCode] =
      money === undefined ? ['rate', typed === '' ? 'required' : 'notAnAmount'] : ['rateFrom', 'required'];
    await keepTyped(ctx, { rate: typed.slice(0, 40), rateFrom: begins ?? '' }, wrong);
    return showPayRate(ctx, fee);
  }
  const from = begins === 'THIS_MONTH' ? thisMonth : monthAfter(thisMonth);
  await changePayRates(iso.isoId, withRate(iso.payRates ?? [], { fee, from, money }), ctx.tx);
  const subject = { kind: 'person', id: ctx.person.userId } as const;
  ctx.audit('iso.payRate', subject, { fee, from, rate: `${decimalText(money)} ${money.currency}` });
  await keepTyped(ctx, {}, undefined);
  showStaffFees(ctx, { key: 'staffFees.saved' });
}

/** What staff of the own ISO read of amounts, and its rates. */
export const loadStaffFees = forAdmins(async (_card, _viewer, isoId, now, seen) => {
  const iso = await findIso(isoId, seen);
  if (iso === undefined) return OLD_CARD;
  const thisMonth = monthOf(iso, now);
  const { payRates = [] } = iso;
  const rates = kinds().map((fee) => {
    const next = payRates.find((rate) => rate.fee === fee && rate.from > thisMonth);
    return { fee, now: rateIn(payRates, fee, thisMonth)?.money, next };
  });
  return {
    name: 'team.staffFees',
    model: { shown: shownBy(iso), mayRate: currencyOf(iso) !== undefined, rates },
    version: 0,
  };
});

/** The form for one of them, with what counts now in it. */
export const loadPayRate = forAdmins(async ({ subject }, viewer, isoId, now, seen) => {
  const iso = await findIso(isoId, seen);
  const currency = iso && currencyOf(iso);
  const fee = kinds().find((kind) => kind === subject.id);
  if (iso === undefined || currency === undefined || fee === undefined) return OLD_CARD;
  const { thisMonth, months } = await monthsFor(iso, now);
  const { values = {}, problems = [] } = viewer.typed ?? {};
  const [first = ''] = months;
  const current = rateIn(iso.payRates ?? [], fee, monthAfter(thisMonth));
  const shown = {
    rate: values.rate ?? (current === undefined ? undefined : decimalText(current.money)),
    rateFrom: values.rateFrom ?? first,
  };
  const own = problems.filter(({ field }) => rateFields(months).some(({ name }) => name === field));
  return { name: 'team.payRate', model: { fee, currency, months, values: shown, problems: own }, version: 0 };
});

/** What staff of an ISO read of amounts. */
export function shownBy({ feesShown = 'COUNTS' }: Pick<Iso, 'feesShown'>): FeesShown {
  return feesShown;
}

async function ownIso({ person, tx }: TapContext): Promise<Iso | undefined> {
  return person.isoId === undefined ? undefined : await findIso(person.isoId, tx);
}

function kinds(): readonly string[] {
  return currentProgramme().programme.fees.map(({ id }) => id);
}

/** In which money an ISO counts: that of its country. */
function currencyOf({ country }: Iso): string | undefined {
  const { markets } = currentProgramme().programme;
  return Object.hasOwn(markets, country) ? markets[country]?.currency : undefined;
}

function monthOf({ timeZone }: Iso, now: number): string {
  return monthOfDay(dayOf(now, timeZone));
}

/** Where a rate can begin: a month that is closed never changes. */
async function monthsFor(iso: Iso, now: number, tx?: Reads) {
  const thisMonth = monthOf(iso, now);
  const closed = (await closedMonths([iso.isoId], tx)).get(iso.isoId) ?? '';
  const months: readonly RateFrom[] = closed >= thisMonth ? ['NEXT_MONTH'] : ['THIS_MONTH', 'NEXT_MONTH'];
  return { thisMonth, months };
}

/** What was typed into the form and refused; people who are still to be invited stay where they were typed. */
async function keepTyped(
  ctx: TapContext,
  typed: Readonly<Record<string, string>>,
  wrong: readonly [field: string, code: ProblemCode] | undefined,
): Promise<void> {
  const { rate, rateFrom, ...others } = ctx.person.typed?.values ?? {};
  const values = { ...others, ...typed };
  const problems = wrong === undefined ? [] : [{ field: wrong[0], code: wrong[1] }];
  const isEmpty = Object.keys(values).length === 0;
  if (isEmpty && ctx.person.typed === undefined) return;
  ctx.person = await changePerson(ctx.person.userId, { typed: isEmpty ? null : { values, problems } }, ctx.tx);
}

function showStaffFees(ctx: TapContext, line?: CardLine): void {
  ctx.show({ view: 'team.staffFees', subject: { kind: 'person', id: ctx.person.userId }, line });
}

function showPayRate(ctx: TapContext, fee: string): void {
  ctx.show({ view: 'team.payRate', subject: { kind: 'payRate', id: fee } });
}
