import type Router from '@koa/router';
import type { StandsAt } from '../samples/route.ts';
import type { ControlParts } from './parts.ts';

/**
 * What the chat page offers: as whom it opens when nobody was chosen, who cannot be taken up yet, and whether there is a way to
 * the next day (`POST /next-day`, a route of the extension).
 */
export interface Cast {
  readonly openAs?: string | undefined;
  isPreparing(userId: string): boolean;
  readonly hasNextDay: boolean;
}

/** What whoever starts a sandbox adds to it. */
export interface SandboxExtension {
  /** More routes of the control API, below `/sandbox/api`. */
  routes?(router: Router): void;
  /** Before the sandbox forgets what it has; `now` is the time it is put to, the machine's when left out. */
  beforeReset?(now: number | undefined): Promise<void>;
  readonly standsAt?: StandsAt | undefined;
  cast?(): Cast;
}

/** Made once the sandbox's parts are there, before it listens. */
export type Extend = (parts: ControlParts) => SandboxExtension;
