import { dayAfter, dayOf, isDataDate } from '@field/kit/calendar';
import type { Promoted, PromoterRow } from '../../cards/team/promotion-data.ts';
import { hasStock } from '../../models/code-stock.ts';
import { findIso } from '../../models/isos.ts';
import { namesOf, peopleOf } from '../../models/people.ts';
import { type TallyOf, talliesOfIso } from '../../models/tallies.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { monthAfter, monthBefore, monthOfDay } from '../../src/domain/fee-lines.ts';
import { isMonth } from '../../src/domain/result-period.ts';
import { ACTIVE_CODES, sumOfCounts, tallyIn } from '../../src/domain/work-counts.ts';
import { forAdmins } from './for-admins.ts';
import { paged } from './lists.ts';

/** `Promotion data`: this month unless a day or another month is said. */
export async function openPromotionData(ctx: TapContext): Promise<void> {
  const { time = '', page = '1' } = ctx.update.params.extra;
  ctx.show({ view: 'team.promotionData', subject: { kind: 'promotionData', id: `${time}/${page}` } });
}

/** What everybody of the ISO promoted on a day or in a month, who promoted most first; who is at work and sent nothing stands last. */
export const loadPromotionData = forAdmins(async (card, _viewer, isoId, now) => {
  const iso = await findIso(isoId);
  const timeZone = iso?.timeZone ?? 'UTC';
  const today = dayOf(now, timeZone);
  const [named = '', page = '1'] = card.subject.id.split('/');
  const time = timeNamed(named, today);
  const [tallies, people, stock] = await Promise.all([talliesOfIso(isoId, time), peopleOf(isoId), hasStock(isoId)]);
  const names = new Map(people.map(({ userId, name }) => [userId, name]));
  const left = await namesOf([...tallies.keys()].filter((userId) => !names.has(userId)));
  const sent = [...tallies]
    .map(([userId, tally]) => rowOf(names.get(userId) ?? left.get(userId), tally))
    .filter(didAnything);
  const idle = people
    .filter(({ userId, state }) => state === 'ACTIVE' && !didAnything(rowOf('', tallies.get(userId) ?? NOTHING)))
    .map(({ name }) => rowOf(name, NOTHING));
  const shown = paged([...sent.sort(mostFirst), ...idle.sort(byName)], {
    ...card,
    subject: { ...card.subject, id: page },
  });
  const isDay = time.length === 8;
  const next = isDay ? dayAfter(time) : monthAfter(time);
  return {
    name: 'team.promotionData',
    model: {
      time,
      before: isDay ? dayAfter(time, -1) : monthBefore(time),
      after: next <= today.slice(0, next.length) ? next : undefined,
      other: isDay ? monthOfDay(time) : time === monthOfDay(today) ? today : `${time}01`,
      people: sent.length,
      all: promotedIn({ counts: sumOfCounts([...tallies.values()].map(({ counts }) => counts)) }),
      rows: shown.rows,
      page: shown.page,
      pages: shown.pages,
      stock,
      timeZone,
    },
    version: 0,
  };
});

const NOTHING: TallyOf = { counts: {} };

/** Nothing in a tap is trusted: what is no day or month, or has not begun, is this month. */
function timeNamed(text: string, today: string): string {
  const isKnown = isMonth(text) || isDataDate(text);
  return isKnown && text <= today.slice(0, text.length) ? text : monthOfDay(today);
}

function promotedIn({ counts }: Pick<TallyOf, 'counts'>): Promoted {
  return {
    stores: tallyIn(counts, 'STORE').promoted,
    spots: tallyIn(counts, 'SPOT').promoted,
    posms: tallyIn(counts, 'POSM').promoted,
    codes: counts[ACTIVE_CODES] ?? 0,
  };
}

function rowOf(name: string | undefined, tally: TallyOf): PromoterRow {
  return { name, firstAt: tally.firstAt, lastAt: tally.lastAt, ...promotedIn(tally) };
}

/** Also who only sent again later what they had sent then: they were at work. */
function didAnything({ firstAt, codes }: PromoterRow): boolean {
  return firstAt !== undefined || codes > 0;
}

function mostFirst(one: PromoterRow, other: PromoterRow): number {
  return other.spots - one.spots || other.stores - one.stores || byName(one, other);
}

function byName(one: PromoterRow, other: PromoterRow): number {
  return (one.name ?? '').localeCompare(other.name ?? '');
}
