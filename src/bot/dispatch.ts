import compose from 'koa-compose';
import type { CommandWord } from '../../cards/words.ts';
import { changePerson } from '../../models/people.ts';
import { isShutOut } from '../domain/person-state.ts';
import { isOneOf } from '../domain/who.ts';
import { isTheirDoing } from '../platform/event.ts';
import type { Update } from '../platform/update.ts';
import { isHeardAnew } from './activity.ts';
import type { Context, EventContext, MessageContext, TapContext } from './context.ts';
import type { MessageHandler, Router } from './router.ts';

/** What the bot does where no route applies; the words for it are handlers' business. */
export interface Fallbacks {
  /** Somebody who works for no ISO wrote or tapped. */
  stranger(ctx: Context): Promise<void>;
  /** Somebody whose access is paused. */
  suspended(ctx: Context): Promise<void>;
  /** Somebody who is paused sent a form that was open before: what they typed is kept, and goes no further. */
  typedWhilePaused(ctx: TapContext): Promise<void>;
  /** A tap whose action nobody knows, or that this person may not use: the card is redrawn. */
  nothingToDo(ctx: Context): Promise<void>;
  /** The month's pushes are used up: the frame came without content. */
  quotaUsedUp(ctx: MessageContext): Promise<void>;
  /** A message that means nothing here: a text, or of a kind that we have no use for. */
  meaningless(ctx: MessageContext): Promise<void>;
  /** After what it led to: a text that nothing had asked for, a word or free. */
  heard(ctx: MessageContext): Promise<void>;
  /** Which word a text is, in any language. */
  wordOf(text: string): CommandWord | undefined;
  /** Which word it was meant to be, by one slip. */
  nearlyWordOf(text: string): CommandWord | undefined;
}

type Middleware = (ctx: Context<Update>, next: () => Promise<void>) => Promise<void>;

/** The way of an update from its context to its handler: whose it is, whether they may, and what they want. */
export function dispatcher(router: Router, fallbacks: Fallbacks): (ctx: Context<Update>) => Promise<void> {
  const run = compose<Context<Update>>([noteActivity, pausedPeople(router, fallbacks), route(router, fallbacks)]);
  return (ctx) => run(ctx);
}

/** A tap is noted once it is answered. */
const noteActivity: Middleware = async (ctx, next) => {
  const { update, person, now, tx } = ctx;
  const isTheirs = update.kind === 'message' || (update.kind === 'event' && isTheirDoing(update.type));
  if (isTheirs && isHeardAnew(person, now)) ctx.person = await changePerson(person.userId, { activeAt: now }, tx);
  await next();
};

function pausedPeople(router: Router, fallbacks: Fallbacks): Middleware {
  return async (ctx, next) => {
    const { state } = ctx.person;
    if (!isShutOut(state) || ctx.update.kind === 'event') return await next();
    if (state === 'PAUSED' && ctx.update.kind === 'tap')
      return await tapWhilePaused(ctx as TapContext, router, fallbacks);
    await fallbacks.suspended(ctx);
  };
}

/** What a pause lets be, and the form of their own work that somebody had before them when it began; within what they may otherwise. */
async function tapWhilePaused(ctx: TapContext, router: Router, fallbacks: Fallbacks): Promise<void> {
  const { action } = ctx.update.params;
  const found = router.forTap(action);
  const may = found !== undefined && isOneOf({ ...ctx.person, state: 'ACTIVE' }, found.who, ctx.now);
  if (may && router.isEvenPaused(action)) return await found.handle(ctx);
  if (!may || found.manner !== 'answer' || found.who !== 'staff' || !isOpenForm(ctx))
    return await fallbacks.suspended(ctx);
  await found.handle(ctx);
  await fallbacks.typedWhilePaused(ctx);
}

/** Whether the tap is of the form that the card has before them now. */
function isOpenForm({ card, update: { params } }: TapContext): boolean {
  return params.form !== undefined && card?.formOpen === true && params.round === (card.round ?? 0);
}

function route(router: Router, fallbacks: Fallbacks): Middleware {
  return async (ctx) => {
    switch (ctx.update.kind) {
      case 'tap':
        return await routeTap(ctx as TapContext, router, fallbacks);
      case 'message':
        return await routeMessage(ctx as MessageContext, router, fallbacks);
      case 'event':
        return await router.forEvent(ctx.update.type)?.(ctx as EventContext);
    }
  };
}

async function routeTap(ctx: TapContext, router: Router, fallbacks: Fallbacks): Promise<void> {
  const found = router.forTap(ctx.update.params.action);
  if (found === undefined) return await fallbacks.nothingToDo(ctx);
  if (isOneOf(ctx.person, found.who, ctx.now)) return await found.handle(ctx);
  await (ctx.person.state === 'ACTIVE' ? fallbacks.nothingToDo(ctx) : fallbacks.stranger(ctx));
}

async function routeMessage(ctx: MessageContext, router: Router, fallbacks: Fallbacks): Promise<void> {
  const { text, pictures, file, quotaUsedUp } = ctx.update.content;
  if (ctx.update.conversation.kind === 'group') return await router.forMention()?.(ctx);
  if (quotaUsedUp) return await fallbacks.quotaUsedUp(ctx);
  const isStaff = isOneOf(ctx.person, 'staff', ctx.now);
  const takePhotos = isStaff && (pictures.length > 0 || file !== undefined) ? router.forPhotos() : undefined;
  const said = text === undefined ? undefined : fallbacks.wordOf(text);
  // a photo goes on from the step that asks for it, so that the way back from there is a tap
  const obey = takePhotos !== undefined && said === 'back' ? undefined : handlerOf(said, ctx, router);
  if (obey !== undefined && takePhotos !== undefined) return await takeThenObey(ctx, takePhotos, obey);
  if (obey !== undefined) {
    await obey(ctx);
    return said === 'language' || said === 'languageName' ? undefined : await fallbacks.heard(ctx);
  }
  if (!isStaff) {
    await (nearlyObey(ctx, router, fallbacks) ?? fallbacks.stranger)(ctx);
    return await fallbacks.heard(ctx);
  }
  if (takePhotos !== undefined) {
    await takePhotos(ctx);
    if (text !== undefined) await router.forCaption()?.(ctx);
    return;
  }
  if (text !== undefined && (await router.forText()?.(ctx)) === true) return;
  await (nearlyObey(ctx, router, fallbacks) ?? fallbacks.meaningless)(ctx);
  await fallbacks.heard(ctx);
}

function handlerOf(word: CommandWord | undefined, ctx: Context, router: Router): MessageHandler | undefined {
  const found = word === undefined ? undefined : router.forWord(word);
  return found !== undefined && isOneOf(ctx.person, found.who, ctx.now) ? found.handle : undefined;
}

/** What a text that means nothing else was meant to be, by one slip. */
function nearlyObey(ctx: MessageContext, router: Router, fallbacks: Fallbacks): MessageHandler | undefined {
  const { text } = ctx.update.content;
  return text === undefined ? undefined : handlerOf(fallbacks.nearlyWordOf(text), ctx, router);
}

/** Photos whose caption is a word: they are taken first, and what is to be said of them stands on the card that the word shows. */
async function takeThenObey(ctx: MessageContext, takePhotos: MessageHandler, obey: MessageHandler): Promise<void> {
  await takePhotos(ctx);
  const { move, working } = ctx.effects;
  await obey(ctx);
  const { working: shown, move: moved } = ctx.effects;
  if (shown !== undefined) ctx.show({ ...shown, line: shown.line ?? move?.line ?? working?.line });
  else if (move !== undefined)
    ctx.moveBelow({ ...move, line: moved?.line ?? move.line, evenForm: move.evenForm || moved?.evenForm === true });
}
