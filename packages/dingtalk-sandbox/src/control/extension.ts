import type Router from '@koa/router';
import type { Standing } from '../protocol/page-protocol.ts';
import type { Tap } from '../push/taps.ts';
import type { StandsAt } from '../samples/route.ts';
import type { ControlParts } from './parts.ts';

/** What the chat page offers besides the chats. */
export interface Cast {
  /** As whom it opens when nobody was chosen. */
  readonly openAs?: string | undefined;
  /** Whether a person cannot be taken up yet. */
  isPreparing(userId: string): boolean;
  /** Whether there is a way to the next day (`POST /next-day`, a route of the extension). */
  readonly hasNextDay: boolean;
  /** Whether a story can be told again (`POST /story`, a route of the extension). */
  readonly hasStory: boolean;
  /** The names of what was tried of the story and is done. */
  readonly done: readonly string[];
  /** What a person is by now, where the extension knows. */
  standingOf(userId: string): Standing | undefined;
}

/** What whoever starts a sandbox adds to it. */
export interface SandboxExtension {
  /** More routes of the control API, below `/sandbox/api`. */
  routes?(router: Router): void;
  /** Before the sandbox forgets what it has; `now` is the time it is put to, the machine's when left out. */
  beforeReset?(now: number | undefined): Promise<void>;
  /** After a tap that was answered, when the card is as the answer left it. */
  afterTap?(tap: Tap): void;
  readonly standsAt?: StandsAt | undefined;
  cast?(): Cast;
}

/** Made once the sandbox's parts are there, before it listens. `isNew`: its data is new with this start. */
export type Extend = (parts: ControlParts, isNew: boolean) => SandboxExtension;
