import type { Entry } from '@field/dingtalk-sandbox/page-protocol';
import { cardData } from '@field/dingtalk-sandbox/template/card-data';
import { parseTemplate } from '@field/dingtalk-sandbox/template/parse';
import { renderCard } from '@field/dingtalk-sandbox/template/render';
import { viewOf } from '@field/dingtalk-sandbox/template/view';
import { cardTemplateText } from '../../../cards/template.ts';
import type { KeptCard } from './recording-platform.ts';

const template = parseTemplate(cardTemplateText());

interface Said {
  readonly chat: string;
  readonly entry: Entry;
}

/** Every chat as it stands: what was said, and the cards in the order in which they came. */
export class Chats {
  readonly #cards: ReadonlyMap<string, KeptCard>;
  readonly #said: Said[] = [];
  readonly #drawn = new Map<string, Entry>();
  readonly #places = new Map<string, { readonly pos: number; seq: number }>();
  #count = 0;

  constructor(cards: ReadonlyMap<string, KeptCard>) {
    this.#cards = cards;
  }

  /** Somebody said something, in the chat with the bot (named by their userId) or in a group. */
  said(chat: string, from: string, text: string): void {
    const seq = this.#next();
    this.#said.push({ chat, entry: { kind: 'text', seq, pos: seq, at: 0, from, text } });
  }

  /** A card came or looks otherwise than before; it keeps its place. */
  cardChanged(outTrackId: string): void {
    const seq = this.#next();
    const place = this.#places.get(outTrackId);
    if (place === undefined) this.#places.set(outTrackId, { pos: seq, seq });
    else place.seq = seq;
  }

  /** What stands in a chat after `seq`, as this viewer sees it. */
  read(chat: string, viewer: string, after: number): Entry[] {
    const said = this.#said.filter((one) => one.chat === chat).map(({ entry }) => entry);
    const cards = [...this.#cards.values()].filter((card) => chatOf(card) === chat);
    // to draw a card is the dear part
    const changed = cards.filter((card) => this.#placeOf(card).seq > after);
    return [...said.filter(({ seq }) => seq > after), ...changed.map((card) => this.#entry(card, viewer))];
  }

  #placeOf({ outTrackId }: KeptCard): { readonly pos: number; readonly seq: number } {
    const place = this.#places.get(outTrackId);
    if (place === undefined) throw new Error(`${outTrackId} came and nobody said so`);
    return place;
  }

  #entry(card: KeptCard, viewer: string): Entry {
    const { outTrackId, params, privately } = card;
    const place = this.#placeOf(card);
    const known = this.#drawn.get(`${outTrackId} ${viewer}`);
    if (known?.seq === place.seq) return known;
    const nodes = renderCard(template, cardData(template, params, privately.get(viewer)), (mediaId) => mediaId);
    const drawn = { kind: 'card', ...place, at: 0, from: 'bot', outTrackId, view: viewOf(nodes) } as const;
    this.#drawn.set(`${outTrackId} ${viewer}`, drawn);
    return drawn;
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }
}

function chatOf({ space }: KeptCard): string {
  return space.kind === 'person' ? space.userId : space.openConversationId;
}
