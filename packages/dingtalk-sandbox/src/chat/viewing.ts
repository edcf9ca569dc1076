import { entrySummary } from '../protocol/entry-summary.ts';
import { mediaAddress } from '../protocol/media-address.ts';
import type { Entry, LatestEntry } from '../protocol/page-protocol.ts';
import type { StoredEntry } from '../store/chat.ts';
import type { DynamicSource } from '../store/dynamic-data.ts';
import { cardData } from '../template/card-data.ts';
import { renderCard } from '../template/render.ts';
import { viewOf } from '../template/view.ts';
import type { World } from '../world/world.ts';

/** What a viewer sees of a conversation after `seq`, rendered now; what is not for that viewer is left out. */
export function entriesFor(world: World, conversationId: string, viewer: string, after: number): Entry[] {
  return world.chat
    .after(conversationId, after)
    .filter((entry) => entry.visibleTo === undefined || entry.visibleTo.includes(viewer))
    .map((entry) => asSeen(world, entry, viewer));
}

/** The end of a person's chat with the bot; undefined while nothing was said. */
export function latestOf(world: World, userId: string): LatestEntry | undefined {
  const last = world.chat.last(userId);
  if (last === undefined) return undefined;
  return { userId, pos: last.pos, from: last.from, text: entrySummary(asSeen(world, last, userId)) };
}

/** A card as one viewer sees it: private over public, drawn by its template's tree. */
export function cardAsSeen(
  world: World,
  outTrackId: string,
  viewer: string,
): Pick<Entry, 'outTrackId' | 'templateId' | 'data' | 'view' | 'nodes' | 'asksEveryMs'> | undefined {
  const card = world.cards.find(outTrackId);
  const template = card && world.templates.find(card.templateId);
  if (card === undefined || template === undefined) return undefined;
  const own = { ...card.privateData[viewer], ...world.dynamicData.got(outTrackId, viewer) };
  const data = cardData(template, card.publicData, own);
  const nodes = renderCard(template, data, mediaAddress);
  const asksEveryMs = askedEvery(world.dynamicData.sources(outTrackId));
  return { outTrackId, templateId: card.templateId, data, view: viewOf(nodes), nodes, asksEveryMs };
}

/** How often a client asks a card's sources while it shows the card; 0: only when it draws it; absent: it has none. */
function askedEvery(sources: readonly DynamicSource[]): number | undefined {
  if (sources.length === 0) return undefined;
  const periods = sources.flatMap(({ everyMs }) => everyMs ?? []);
  return periods.length === 0 ? 0 : Math.min(...periods);
}

/** Whether this viewer can look into a conversation: the person's own chat, or a group with the person in it. */
export function maySee(world: World, conversationId: string, viewer: string): boolean {
  if (conversationId === viewer) return world.people.find(viewer) !== undefined;
  return world.people.findGroup(conversationId)?.members.includes(viewer) === true;
}

function asSeen(world: World, entry: StoredEntry, viewer: string): Entry {
  const { conversationId: _in, visibleTo: _for, ...seen } = entry;
  if (entry.outTrackId === undefined) return seen;
  const freshForms = world.faults.take('freshForms') === undefined ? undefined : true;
  return { ...seen, ...cardAsSeen(world, entry.outTrackId, viewer), freshForms };
}
