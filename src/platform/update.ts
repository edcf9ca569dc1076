import type { EventUpdate } from './event.ts';
import type { Subject } from './subject.ts';

/** One thing that happened, normalised once at the edge. Inside there is no raw DingTalk payload. */
export type Update = MessageUpdate | TapUpdate | EventUpdate;

/** Where a chat takes place: the person's own chat with the bot, or a group. */
export type Conversation =
  | { readonly kind: 'direct'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string; readonly title: string };

export interface MessageUpdate {
  readonly kind: 'message';
  /** DingTalk's `msgId`: the same message pushed again has the same one. */
  readonly id: string;
  /** `createAt`, milliseconds since the epoch, by DingTalk's clock. */
  readonly at: number;
  /** `outside`: not in the organisation, so the `userId` (`outside:…`) is only a name for them and no card reaches them. */
  readonly from: {
    readonly userId: string;
    readonly outside?: true | undefined;
    readonly unionId?: string | undefined;
    readonly nick?: string | undefined;
  };
  readonly conversation: Conversation;
  /** The organisation that the bot is in. */
  readonly corpId?: string | undefined;
  readonly content: MessageContent;
}

/** What a message carried. Text and pictures can come together (richText). */
export interface MessageContent {
  /** What was typed, or what DingTalk understood of a voice message. */
  readonly text?: string | undefined;
  /** In the order sent; what a reply quotes counts as sent. */
  readonly pictures: readonly { readonly downloadCode: string }[];
  /** A document sent as a file. */
  readonly file?: { readonly downloadCode: string; readonly fileName: string } | undefined;
  /** A kind we have no use for: a voice message that was not understood, a video, a sticker, a location. */
  readonly other?: string | undefined;
  /** The month's pushes are used up: DingTalk sends frames without content (error 20001). */
  readonly quotaUsedUp?: true | undefined;
}

export interface TapUpdate {
  readonly kind: 'tap';
  /** The frame's `messageId`. */
  readonly id: string;
  /** The frame's `time`, milliseconds since the epoch, by DingTalk's clock: a card callback itself names none. */
  readonly at: number;
  readonly outTrackId: string;
  readonly userId: string;
  readonly params: TapParams;
}

/** What our own cards put into a tap; nothing in it is trusted. */
export interface TapParams {
  /** The routing key, `promotion.store.save`. Empty when the tap did not come from a card of ours. */
  readonly action: string;
  /** What the card was drawn from. */
  readonly subject?: Subject | undefined;
  readonly version?: number | undefined;
  /** A form's values in plain text by field name: text, choice value, 'true'/'false'; several choices as an array. */
  readonly form?: Readonly<Record<string, FormValue>> | undefined;
  /** How many of the card's forms were answered when this one was drawn. */
  readonly round?: number | undefined;
  /** A short hash per form field as it was drawn; a field equal to it is no answer (architecture 4). */
  readonly base?: Readonly<Record<string, string>> | undefined;
  /** Further parameters of the button, all strings. */
  readonly extra: Readonly<Record<string, string>>;
}

export type FormValue = string | readonly string[];
