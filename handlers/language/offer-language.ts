import { derivedId } from '@field/kit/ids';
import { languagesWritten } from '../../cards/written-language.ts';
import { findCard } from '../../models/cards.ts';
import { findIso } from '../../models/isos.ts';
import { changePerson } from '../../models/people.ts';
import type { MessageContext, TapContext } from '../../src/bot/context.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { DEFAULT_LANGUAGE, isLanguage, type Language } from '../../src/domain/languages.ts';
import { showMenu } from '../menu/menu.ts';
import { speak } from './choose-language.ts';

/**
 * Somebody wrote what nothing had asked for, in another language of ours than that of their cards: it is offered, once and never again.
 */
export async function offerLanguage(ctx: MessageContext): Promise<void> {
  const { userId, language: present, offered } = ctx.person;
  if (offered !== undefined || ctx.stop !== undefined || ctx.update.from.outside) return;
  const language = await languageWritten(ctx, isLanguage(present) ? present : DEFAULT_LANGUAGE);
  if (language === undefined) return;
  ctx.person = await changePerson(userId, { offered: { language } }, ctx.tx);
  ctx.send({
    intent: derivedId('language.offer', userId),
    to: userId,
    kind: 'record',
    view: 'language.offer',
    subject: { kind: 'person', id: userId },
  });
}

/** Of several that say it alike, as Indonesian and Malay, that of the ISO is meant. */
async function languageWritten(
  { person, update, tx }: MessageContext,
  present: Language,
): Promise<Language | undefined> {
  const written = languagesWritten(update.content.text ?? '');
  if (written.includes(present)) return undefined;
  if (written.length < 2 || person.isoId === undefined) return written.length === 1 ? written[0] : undefined;
  const iso = await findIso(person.isoId, tx);
  return written.find((language) => language === iso?.language);
}

/** What is in hand comes below in the language that was offered: whoever takes it may not have understood what stands there. */
export async function switchLanguage(ctx: TapContext): Promise<void> {
  const { language } = ctx.update.params.extra;
  if (!isLanguage(language)) return;
  await speak(ctx, language);
  const { workingCard } = ctx.person;
  const inHand = workingCard === undefined ? undefined : await findCard(workingCard, ctx.tx);
  if (inHand === undefined) showMenu(ctx);
  else ctx.show({ view: inHand.view, subject: inHand.subject });
}

/** Chooses what is there already; the card that asked says so. */
export async function keepLanguage(ctx: TapContext): Promise<void> {
  const { offered, language } = ctx.person;
  if (offered !== undefined) await speak(ctx, isLanguage(language) ? language : DEFAULT_LANGUAGE);
}

export const loadLanguageOffer: LoadCard = async (_card, { offered }) => {
  if (!isLanguage(offered?.language)) return OLD_CARD;
  const model = { offered: offered.language, settled: offered.settled === true };
  return { name: 'language.offer', model, version: 0 };
};
