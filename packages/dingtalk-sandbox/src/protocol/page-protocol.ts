import type { RenderedNode, RenderedView } from './rendered.ts';

export type { RenderedButton, RenderedField, RenderedForm, RenderedNode, RenderedView } from './rendered.ts';

/**
 * What the chat page and the sandbox say to each other, besides the control API (architecture 9), which the page uses for
 * everything it does: `POST /sandbox/api/messages`, `/cards/:outTrackId/actions`, `/users/:userId/join`.
 *
 * One WebSocket at `/sandbox/live`. The page says whom it watches; the sandbox answers with a `people` frame, then an
 * `entries` frame a conversation with everything after the `seq` the page names (0 for all), then further frames as things
 * happen. After a reconnect the page says `watch` again with the last `seq` it has, so nothing is missed or shown twice.
 */
export interface WatchFrame {
  readonly type: 'watch';
  readonly viewer: string;
  /** Last `seq` known, by conversation id. */
  readonly after: Readonly<Record<string, number>>;
}

export type LiveFrame =
  | {
      readonly type: 'people';
      readonly people: readonly Person[];
      readonly conversations: readonly ConversationSummary[];
      /** As whom the page opens when nobody was chosen. */
      readonly openAs?: string | undefined;
      /** Whether the page leads to the next day. */
      readonly hasNextDay?: boolean | undefined;
      /** Whether the page offers to tell the story again. */
      readonly hasStory?: boolean | undefined;
      /** The names of what was tried of the story and is done. */
      readonly done?: readonly string[] | undefined;
      /** Names the data that this sandbox has: another after a reset, and in another folder. */
      readonly epoch: number;
    }
  | {
      readonly type: 'entries';
      readonly viewer: string;
      readonly conversationId: string;
      readonly entries: readonly Entry[];
    }
  /** What stands last in people's chats with the bot: of everybody at first, then of whose chat has changed. */
  | { readonly type: 'latest'; readonly chats: readonly LatestEntry[] }
  /** What stands at the bottom of the chat with the bot: at first, and as the app changes it. */
  | { readonly type: 'quickEntries'; readonly entries: readonly QuickEntryLink[] }
  /** The viewer's open to-dos: at first, and as apps change them. */
  | { readonly type: 'todos'; readonly viewer: string; readonly todos: readonly TodoLink[] }
  | { readonly type: 'clock'; readonly now: number }
  /** Everything was reset: forget what you have and watch again. */
  | { readonly type: 'reset' };

/** An open to-do. */
export interface TodoLink {
  readonly taskId: string;
  readonly subject: string;
  /** The page of the app that it leads to. */
  readonly url: string;
}

/** One entry at the bottom of the chat with the bot. */
export interface QuickEntryLink {
  /** By the client's language, `en_US`; a name that is one for all stands under `*`. */
  readonly names: Readonly<Record<string, string>>;
  /** A `mediaId`. */
  readonly icon: string;
  readonly url: string;
}

export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly joined: boolean;
  /** Shown under the name: "in the organisation"; where there is a `standing`, that is shown. */
  readonly about: string;
  readonly standing?: Standing | undefined;
  /** Something is being made ready: this person cannot be taken up yet. */
  readonly preparing?: boolean | undefined;
}

/** What a person is to the app by now, and to whose organisation, where one is known. */
export interface Standing {
  readonly is: 'new' | 'waiting' | 'promoter' | 'admin';
  readonly of?: string | undefined;
}

/** The end of a person's chat with the bot, for the list of people. */
export interface LatestEntry {
  readonly userId: string;
  readonly pos: number;
  readonly from: string;
  /** One line. */
  readonly text: string;
}

/** `id` is the userId for the chat with the bot, else the group's conversation id. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  readonly group: boolean;
  readonly members: readonly string[];
}

/** One entry of a conversation as one viewer sees it; listed again under a new `seq` when it changes, `pos` stays. */
export interface Entry {
  readonly seq: number;
  readonly pos: number;
  readonly kind: 'text' | 'picture' | 'richText' | 'file' | 'card' | 'invitation';
  /** Milliseconds since the epoch, by the demo's clock. */
  readonly at: number;
  /** A userId, or `bot`. */
  readonly from: string;
  readonly text?: string | undefined;
  /** Pictures and files of a message: `GET /sandbox/api/files/:downloadCode`. */
  readonly files?:
    | readonly { readonly downloadCode: string; readonly fileName: string; readonly image: boolean }[]
    | undefined;
  readonly outTrackId?: string | undefined;
  readonly templateId?: string | undefined;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly view?: RenderedView | undefined;
  /** The card as drawn, component by component, in order; what the page paints. */
  readonly nodes?: readonly RenderedNode[] | undefined;
  /** The card has dynamic data: asked for when it is drawn and, unless 0, every so many milliseconds while it is to be seen. */
  readonly asksEveryMs?: number | undefined;
  /** A changed form starts afresh (a knob): values are not kept by their fields' names. */
  readonly freshForms?: true | undefined;
  /** A card at the top of the chat rather than in it, until then by the demo's clock. */
  readonly topUntil?: number | undefined;
}
