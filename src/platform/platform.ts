import type { Bill } from './bill.ts';
import type { NewTodo, TodoChange } from './todo.ts';

/**
 * What delivery and media need from DingTalk, in our own words; `src/dingtalk` implements it over the real SDK. Every call
 * throws an `AppError` whose kind says whether to try again: `retryable` (busy, unreachable, 504), `permanent` (refused). What counts
 * against the month has a bill.
 */
export interface Platform {
  /** Creates a card and puts it into a chat. Safe to repeat with the same `outTrackId`. */
  createAndDeliver(card: NewCard, bill: Bill): Promise<Delivered>;
  /** Puts a card that was created, but whose delivery failed, into its chat. */
  deliver(card: NewCard, bill: Bill): Promise<Delivered>;
  /** Overwrites what a card shows. Every value is a string (dingtalk 3.2). */
  updateCard(update: { outTrackId: string; params: CardParams }, bill: Bill): Promise<void>;
  /** A temporary address for a file that a person sent. `picture.expired` when the code is no longer good. */
  downloadUrl(downloadCode: string, bill: Bill): Promise<string>;
  /** Fetches that address, from DingTalk's hosts or the configured base only. `picture.tooBig` past `maxBytes`. */
  fetchFile(url: string, limits: { maxBytes: number; timeoutMs: number }): Promise<Buffer>;
  /** Uploads a picture once; answers its `media_id`. */
  uploadImage(image: { bytes: Buffer; fileName: string }, bill: Bill): Promise<string>;
  /** Uploads a file that is sent into a chat; answers its `media_id`. */
  uploadFile(file: { bytes: Buffer; fileName: string }, bill: Bill): Promise<string>;
  /** Sends an uploaded file into a person's chat. Nothing tells DingTalk that it is the same one: sent again it comes twice. */
  sendFile(file: { userId: string; mediaId: string; fileName: string }, bill: Bill): Promise<void>;
  /** Makes a to-do for a person; answers DingTalk's id of it. `dingtalk.refused` also for a name that was used. */
  createTodo(todo: NewTodo, bill: Bill): Promise<string>;
  /** `dingtalk.refused` where it is not there any more. */
  updateTodo(change: TodoChange, bill: Bill): Promise<void>;
  /** DingTalk's id of a person's to-do of that name, while it is not done. */
  findTodo(asked: { unionId: string; name: string }, bill: Bill): Promise<string | undefined>;
  /**
   * Invites a person into the organisation, or finds that they are in it. `mobile` is written as DingTalk writes it,
   * `+66-812344821`. A refusal by its cause: `contact.badNumber`, `contact.tooManyOrganisations`, `contact.notPermitted`.
   */
  invite(person: { name: string; mobile: string }): Promise<Invited>;
  /** Who somebody is, or undefined when they are not in the organisation. */
  contactOf(userId: string): Promise<Contact | undefined>;
  /** Whose code it is that a page of ours got inside DingTalk; undefined when it is used up, too old, or no code of ours. */
  userByCode(code: string): Promise<string | undefined>;
  /** By which a page of ours is signed, so that DingTalk's client lets it ask for what not every page may. */
  pageTicket(): Promise<PageTicket>;
}

export interface PageTicket {
  readonly ticket: string;
  readonly lifeMs: number;
}

/** What is asked of DingTalk itself; a file is fetched from elsewhere. */
export type PlatformCall = Exclude<keyof Platform, 'fetchFile'>;

/** The same calls made at once, whoever pays. */
export type Unbilled<Calls> = {
  readonly [Call in keyof Calls]: Calls[Call] extends () => unknown
    ? Calls[Call]
    : Calls[Call] extends (asked: infer Asked, bill: Bill) => infer Answer
      ? (asked: Asked) => Answer
      : Calls[Call];
};

/** What can fail for a while; `anyCall`: the month's calls are used up, so that none is made; `budget`: the share of whoever pays. */
export type AwaitedCall = PlatformCall | 'anyCall' | 'budget';

/** `asked`: they must accept first; `member`: in the organisation, under this userId. */
export type Invited = { readonly kind: 'asked' } | { readonly kind: 'member'; readonly userId: string };

export interface Contact {
  readonly name: string;
  /** `+66-812344821`; absent when DingTalk does not tell it. */
  readonly mobile: string | undefined;
  /** Who they are for calls that go by that. */
  readonly unionId?: string | undefined;
}

export type CardParams = Readonly<Record<string, string>>;

/** The chat a card goes to. */
export type Space =
  | { readonly kind: 'person'; readonly userId: string }
  | { readonly kind: 'group'; readonly openConversationId: string };

export interface NewCard {
  readonly outTrackId: string;
  readonly space: Space;
  readonly params: CardParams;
  /** One line for the conversation list. */
  readonly preview: string;
  /** What a locked phone says of it; without, the phone stays quiet. */
  readonly alert?: string | undefined;
}

/** `existed`: DingTalk already had this card (an earlier call got through), so what it shows is not known. */
export interface Delivered {
  readonly existed: boolean;
}
