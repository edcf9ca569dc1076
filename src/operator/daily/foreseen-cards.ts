import { wasToldOfFraud } from '../../../handlers/review/fraud.ts';
import { isPromoted } from '../../../handlers/review/item-model.ts';
import { suspicionsAmong } from '../../../handlers/review/reasons-of-item.ts';
import { isTold } from '../../../handlers/review/tell-results.ts';
import { findDataNotice } from '../../../models/data-notices.ts';
import { digestId, findDigest } from '../../../models/digests.ts';
import { groupsOf } from '../../../models/groups.ts';
import { concernedBy, type Item } from '../../../models/item-rows.ts';
import { adminsOf, findPerson } from '../../../models/people.ts';
import { findResultDay, resultDayId } from '../../../models/result-days.ts';
import type { Foreseen } from '../../daily/incoming/foreseen.ts';
import { standingOf } from '../../domain/item-standing.ts';

/** A card that a file would send, or change where it was sent before. */
export interface ForeseenCard {
  readonly card: 'review.day' | 'review.answer' | 'review.fraud' | 'digest' | 'team.dataNotice' | 'line';
  /** A person, or a group. */
  readonly to: string;
  readonly about: string;
  readonly sentBefore: boolean;
}

/** Every card that would be sent or drawn anew when what is foreseen was landed; who is told of what is decided as it is then. */
export async function cardsOf(foreseen: Foreseen): Promise<readonly ForeseenCard[]> {
  const told = await toldOf(foreseen);
  return [
    ...(await daysOf(told, foreseen)),
    ...answersOf(told, foreseen),
    ...(await suspicionsOf(told, foreseen)),
    ...(await digestsOf(foreseen)),
    ...(await noticesOf(foreseen)),
    ...foreseen.taken.map(({ taskId, userId }) => card('line', userId, `inspection ${taskId}`)),
  ];
}

type News = Foreseen['news'] extends ReadonlyMap<string, infer One> ? One : never;

/** Who has news and is at work there. */
async function toldOf({ news }: Foreseen): Promise<readonly News[]> {
  const told: News[] = [];
  for (const one of news.values()) if (isTold(await findPerson(one.userId), one.isoId)) told.push(one);
  return told;
}

async function daysOf(told: readonly News[], foreseen: Foreseen): Promise<readonly ForeseenCard[]> {
  const days = new Set(decidedIn(foreseen).flatMap((item) => dayCards(item)));
  const cards: ForeseenCard[] = [];
  for (const { userId, dataDate } of told) {
    const id = resultDayId(userId, dataDate);
    const before = (await findResultDay(id)) !== undefined;
    if (before || days.has(id)) cards.push(card('review.day', userId, `results of ${dataDate}`, before));
  }
  return cards;
}

function answersOf(told: readonly News[], { appeals }: Foreseen): readonly ForeseenCard[] {
  const people = new Set(told.map(({ userId }) => userId));
  return [...appeals.values()].flatMap(({ appealId, state, ownerId, userId }) => {
    const to = ownerId ?? userId;
    const isAnswered = state === 'ACCEPTED' || state === 'DENIED';
    return isAnswered && people.has(to) ? [card('review.answer', to, `appeal ${appealId}`)] : [];
  });
}

async function suspicionsOf(told: readonly News[], foreseen: Foreseen): Promise<readonly ForeseenCard[]> {
  const days = new Set(told.map(({ userId, dataDate }) => resultDayId(userId, dataDate)));
  const failed = decidedIn(foreseen).filter(
    (item) => standingOf(item.state) === 'failed' && dayCards(item).some((id) => days.has(id)),
  );
  const suspicions = await suspicionsAmong(failed);
  const cards: ForeseenCard[] = [];
  for (const item of failed) {
    const { itemRef, isoId } = item;
    if (!suspicions.has(itemRef)) continue;
    for (const { userId } of await adminsOf(isoId))
      cards.push(card('review.fraud', userId, `item ${itemRef}`, await wasToldOfFraud(item, userId)));
  }
  return cards;
}

async function digestsOf(foreseen: Foreseen): Promise<readonly ForeseenCard[]> {
  const decided = new Set(
    decidedIn(foreseen).map(({ isoId, judgement }) => digestId(isoId, judgement?.dataDate ?? '')),
  );
  const days = new Map([...foreseen.news.values()].map((one) => [digestId(one.isoId, one.dataDate), one]));
  const cards: ForeseenCard[] = [];
  for (const [id, { isoId, dataDate }] of days) {
    const before = (await findDigest(id)) !== undefined;
    if (!before && !decided.has(id)) continue;
    for (const { openConversationId } of await groupsOf(isoId))
      cards.push(card('digest', openConversationId, `${isoId}, ${dataDate}`, before));
  }
  return cards;
}

async function noticesOf({ notices }: Foreseen): Promise<readonly ForeseenCard[]> {
  const cards: ForeseenCard[] = [];
  for (const [id, { kind, isoId, what }] of notices) {
    if ((await findDataNotice(id)) !== undefined) continue;
    for (const { userId } of await adminsOf(isoId)) cards.push(card('team.dataNotice', userId, `${kind} ${what}`));
  }
  return cards;
}

/** Stores, spots and what stands there; an inspection has no day. */
function decidedIn({ items }: Foreseen): readonly Item[] {
  return [...items.values()].filter((item) => isPromoted(item) && item.judgement !== undefined);
}

/** The cards of the day of whom it concerns. */
function dayCards(item: Item): readonly string[] {
  const { dataDate = '' } = item.judgement ?? {};
  return concernedBy(item).map((userId) => resultDayId(userId, dataDate));
}

function card(name: ForeseenCard['card'], to: string, about: string, sentBefore = false): ForeseenCard {
  return { card: name, to, about, sentBefore };
}
