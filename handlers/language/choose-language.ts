import { changePerson } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { isLanguage } from '../../src/domain/languages.ts';
import { showMenu } from '../menu/menu.ts';

/** The languages, each in its own name. */
export async function openLanguages(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'language', subject: { kind: 'person', id: ctx.person.userId } });
}

/** The chosen language holds from this tap on, and every open card of the person is redrawn in it. */
export async function chooseLanguage(ctx: TapContext): Promise<void> {
  const { language } = ctx.update.params.extra;
  if (language !== undefined && isLanguage(language)) {
    ctx.person = await changePerson(ctx.person.userId, { language }, ctx.tx);
    ctx.touchViewer(ctx.person.userId);
    ctx.audit('language.choose', { kind: 'person', id: ctx.person.userId }, { language });
  }
  // whoever is invited goes on reading that card
  if (ctx.card?.view !== 'association.invitations') showMenu(ctx);
}
