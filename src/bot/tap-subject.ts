import type { Person } from '../../models/people.ts';
import type { TapParams } from '../platform/update.ts';
import type { TapContext } from './context.ts';

/**
 * Why nothing is done to what a tap names: there is no such thing, it is not this person's, it can no longer be worked on, or the
 * card was drawn from an older version of it.
 */
export type Refusal<S> = { readonly why: 'gone' } | { readonly why: 'foreign' | 'over' | 'stale'; readonly subject: S };

/**
 * What an action is done to. The router loads it and holds it against who taps, before the handler gets it; so a handler never sees what
 * is another's. One of a kind stands beside the handlers of its model.
 */
export interface TapSubject<S> {
  /** What the tap names, whoever's it is. Nothing in a tap is trusted: another kind of thing and an unknown id are undefined. */
  load(ctx: TapContext): Promise<S | undefined>;
  /** Whether it is this person's to work on (domain A.12-14, 15). */
  readonly mayUse: (person: Person, subject: S) => boolean;
  /** Whether it can be worked on at this moment. Without it: always. */
  readonly isOpen?: ((ctx: TapContext, subject: S) => boolean | Promise<boolean>) | undefined;
  /** What the person sees in place of what they wanted. Nothing said: the card is redrawn as it is now, by the answer to the tap. */
  refuse(ctx: TapContext, refusal: Refusal<S>): void | Promise<void>;
}

/** A subject that a command can be given on: it can be told from which version of it a card was drawn. */
export interface VersionedSubject<S> extends TapSubject<S> {
  versionOf(subject: S): number;
  /** The version that the card was drawn from. Without it: the tap's own `version`. */
  seenIn?(params: TapParams): number | undefined;
}

export type SubjectHandler<S> = (ctx: TapContext, subject: S) => void | Promise<void>;

/** An answer: handed on while its subject is this person's and open, however old the card is. */
export function answeringOn<S>(wanted: TapSubject<S>, handle: SubjectHandler<S>): (ctx: TapContext) => Promise<void> {
  return async (ctx) => {
    const subject = await heldAgainst(ctx, wanted);
    if (subject !== undefined) await handle(ctx, subject);
  };
}

/** A command: as an answer, but from a card that was drawn from an older version nothing is done (domain A.12-20). */
export function commandingOn<S>(
  wanted: VersionedSubject<S>,
  handle: SubjectHandler<S>,
): (ctx: TapContext) => Promise<void> {
  return answeringOn(wanted, async (ctx, subject) => {
    const { params } = ctx.update;
    const seen = wanted.seenIn === undefined ? params.version : wanted.seenIn(params);
    if (seen === wanted.versionOf(subject)) await handle(ctx, subject);
    else await wanted.refuse(ctx, { why: 'stale', subject });
  });
}

/** What the tap names, if this person may work on it now; else it is refused. */
async function heldAgainst<S>(ctx: TapContext, wanted: TapSubject<S>): Promise<S | undefined> {
  const subject = await wanted.load(ctx);
  const refusal = await whyNot(ctx, wanted, subject);
  if (refusal === undefined) return subject;
  await wanted.refuse(ctx, refusal);
  return undefined;
}

async function whyNot<S>(
  ctx: TapContext,
  { mayUse, isOpen }: TapSubject<S>,
  subject: S | undefined,
): Promise<Refusal<S> | undefined> {
  if (subject === undefined) return { why: 'gone' };
  if (!mayUse(ctx.person, subject)) return { why: 'foreign', subject };
  return isOpen === undefined || (await isOpen(ctx, subject)) ? undefined : { why: 'over', subject };
}
