import { languageNamed } from '../../cards/words.ts';
import { changePerson } from '../../models/people.ts';
import type { Context, MessageContext, TapContext } from '../../src/bot/context.ts';
import { isLanguage, type Language } from '../../src/domain/languages.ts';
import { keepPlace } from '../keep-place.ts';
import { showMenu } from '../menu/menu.ts';

/** The languages, each in its own name; typed or tapped. */
export async function openLanguages(ctx: TapContext | MessageContext): Promise<void> {
  ctx.show({ view: 'language', subject: { kind: 'person', id: ctx.person.userId } });
}

/** The chosen language holds from this tap on, and every open card of the person is redrawn in it. */
export async function chooseLanguage(ctx: TapContext): Promise<void> {
  const { language } = ctx.update.params.extra;
  if (language !== undefined && isLanguage(language)) await speak(ctx, language);
  // whoever is invited goes on reading that card
  if (ctx.card?.view !== 'association.invitations') showMenu(ctx);
}

/**
 * The name of a language, typed at any time: it holds at once, and what is in hand comes below in it. A form comes, too: whoever
 * writes this cannot read it.
 */
export async function chooseNamedLanguage(ctx: MessageContext): Promise<void> {
  const language = languageNamed(ctx.update.content.text ?? '');
  if (language === undefined) return keepPlace(ctx);
  await speak(ctx, language);
  const line = { key: 'line.languageChosen' } as const;
  if (ctx.person.workingCard === undefined) showMenu(ctx, line);
  else ctx.moveBelow({ afterMs: 0, line, evenForm: true, photos: 0 });
}

/** Holds from now on, and every open card of the person is redrawn in it. */
export async function speak(ctx: Context, language: Language): Promise<void> {
  const { userId, offered } = ctx.person;
  const answer = offered && { ...offered, settled: true as const };
  ctx.person = await changePerson(userId, { language, offered: answer }, ctx.tx);
  ctx.touchViewer(userId);
  ctx.audit('language.choose', { kind: 'person', id: userId }, { language });
}
