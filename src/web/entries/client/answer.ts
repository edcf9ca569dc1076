/** What the bot answers to the page of an entry, besides the status; `text` is for the person to read, in their language. */
export type EntryAnswer =
  /** The working card is on its way below. */
  | { readonly outcome: 'moved' }
  /** It is known who looks: the page shows itself when it is loaded anew. */
  | { readonly outcome: 'signedIn' }
  /** Nobody is signed in, or the code was of no use: a code is needed. */
  | { readonly outcome: 'whoAreYou'; readonly text: string }
  | { readonly outcome: 'refused'; readonly text: string }
  /** It may work in a moment. */
  | { readonly outcome: 'later'; readonly text: string };

/** What the page sends. */
export interface EntryTap {
  readonly nonce: string;
  /** What DingTalk's client gave for whoever is looking. */
  readonly code?: string | undefined;
}
