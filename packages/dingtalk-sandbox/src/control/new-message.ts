import type { FilePart } from '../http/body.ts';

/** A message as somebody sends it in the client. */
export interface NewMessage {
  readonly from: string;
  /** A group's conversation id; without it the message goes to the bot. */
  readonly to?: string | undefined;
  readonly text?: string | undefined;
  /** Parts named `picture`, `file`, `audio` or `video`. */
  readonly parts: readonly FilePart[];
  /** What DingTalk understood of a voice message. */
  readonly recognition?: string | undefined;
  /** Of a voice message or a video. */
  readonly durationMs?: number | undefined;
  /** The message that is replied to, by its `msgId`. */
  readonly quote?: string | undefined;
  /** People named in a group, by their userId. */
  readonly at?: readonly string[] | undefined;
  /** A message of a type that no bot knows, by that type's name. */
  readonly unknown?: string | undefined;
  /** Written by somebody who is not of the organisation. */
  readonly outside?: boolean | undefined;
  /** The app whose robot is spoken to; the demo's unless said otherwise. */
  readonly app?: string | undefined;
}
