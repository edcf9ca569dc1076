import { DAY_MS } from '@field/kit/calendar';
import { derivedId } from '@field/kit/ids';
import type { TextKey } from '../cards/text-key.ts';
import { commandWord, nearlyCommandWord } from '../cards/words.ts';
import type { Context } from '../src/bot/context.ts';
import type { Fallbacks } from '../src/bot/dispatch.ts';
import { keepPlaceOrRefuse } from './accounts/no-password-here.ts';
import { lookWhoThatIs } from './association/membership.ts';
import { SHOWN_TO_PAUSED } from './association/open-to-paused.ts';
import { sayShutOut } from './association/say-shut-out.ts';
import { showAssociation } from './association/send-request.ts';
import { keepPlace } from './keep-place.ts';
import { offerLanguage } from './language/offer-language.ts';
import { showMenu } from './menu/menu.ts';

/** What is said of a message of a kind that we have no use for, by DingTalk's name of it (dingtalk 2.1). */
const UNUSABLE: Readonly<Partial<Record<string, TextKey>>> = {
  audio: 'line.cannotUse.voice',
  video: 'line.cannotUse.video',
  location: 'line.cannotUse.location',
  picture: 'line.cannotUse.picture',
  file: 'line.cannotUse.picture',
};

/** What is said where no route applies. */
export const fallbacks: Fallbacks = {
  async stranger(ctx) {
    if (ctx.update.kind === 'message') lookWhoThatIs(ctx);
    if (isInGroup(ctx) && ctx.person.formerIso !== undefined) return await sayShutOut(ctx);
    if (ctx.card?.formOpen === true && ctx.update.kind === 'message') return keepPlace(ctx);
    showAssociation(ctx);
  },

  /** Every card of theirs says so, see `handlers/views.ts`: a tap is answered by that, a message by a new card. */
  async suspended(ctx) {
    if (isInGroup(ctx)) return await sayShutOut(ctx);
    // from one of the few that do not say so, the way back is to what they say otherwise
    const isBack = ctx.card?.kind === 'working' && SHOWN_TO_PAUSED.has(ctx.card.view);
    if (ctx.update.kind === 'message' || isBack) {
      ctx.show({ view: 'menu', subject: { kind: 'person', id: ctx.person.userId } });
    }
  },

  async typedWhilePaused(ctx) {
    const { view = 'menu', subject = { kind: 'person', id: ctx.person.userId } } =
      ctx.effects.working ?? ctx.card ?? {};
    ctx.show({ view, subject, line: { key: 'notice.suspended.kept' } });
  },

  /** The card is redrawn as it is now, by the answer to the tap. */
  async nothingToDo(ctx) {
    if (ctx.person.workingCard === undefined) showMenu(ctx);
  },

  async quotaUsedUp(ctx) {
    ctx.send({
      intent: derivedId('quota', ctx.person.userId, Math.floor(ctx.now / DAY_MS)),
      once: true,
      to: ctx.person.userId,
      kind: 'line',
      view: 'line',
      subject: { kind: 'person', id: ctx.person.userId },
      line: { key: 'notice.limit' },
    });
  },

  async meaningless(ctx) {
    const { other } = ctx.update.content;
    if (other !== undefined) keepPlace(ctx, { key: UNUSABLE[other] ?? 'line.cannotUse.other' });
    else await keepPlaceOrRefuse(ctx);
  },

  heard: offerLanguage,

  wordOf: commandWord,
  nearlyWordOf: nearlyCommandWord,
};

/** Whether it was said, or tapped, where others read. */
function isInGroup({ update, card }: Context): boolean {
  return update.kind === 'message' ? update.conversation.kind === 'group' : card?.inGroup === true;
}

/** An update that failed for a reason of ours: a neutral sentence; nothing else was changed. */
export function sayTrouble(ctx: Context): void {
  ctx.send({
    intent: derivedId('trouble', ctx.person.userId, ctx.update.id),
    to: ctx.person.userId,
    kind: 'line',
    view: 'line',
    subject: { kind: 'person', id: ctx.person.userId },
    line: { key: 'notice.trouble' },
  });
}
