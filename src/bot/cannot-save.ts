import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { translator } from '../../cards/text.ts';
import { doubtShown } from '../../models/cards.ts';
import { findPerson, type Person } from '../../models/people.ts';
import { STORE_SILENT_MS, type StorePulse } from '../../models/store-pulse.ts';
import { inTransaction } from '../../models/transaction.ts';
import { DEFAULT_LANGUAGE, isLanguage, LANGUAGES, type Language } from '../domain/languages.ts';
import type { CardParams } from '../platform/platform.ts';
import type { MessageUpdate, TapUpdate } from '../platform/update.ts';
import { within } from '../work/within.ts';

export interface CannotSaveOptions {
  readonly clock: Pick<Clock, 'machine'>;
  readonly log: Logger;
  readonly pulse: StorePulse;
}

/** What is said while nothing can be saved: without the store, from memory, so that it can be said at all. */
export interface CannotSave {
  /** Remembers what somebody reads. */
  met(person: Pick<Person, 'userId' | 'language'>): void;
  /** A tap's answer: the card stays as it is, with what was typed, and says so at its foot. */
  onCard(tap: Pick<TapUpdate, 'userId' | 'outTrackId'>): { readonly changes: CardParams };
  /** Has the cards that say so drawn anew, which takes it away; throws while that cannot be saved either. Answers whether there were any. */
  takeBack(): Promise<boolean>;
  /** A message's: a line in its chat, once in a while for each person. */
  inChat(update: MessageUpdate, reply: ((text: string) => Promise<void>) | undefined): Promise<void>;
}

/** DingTalk pushes what was not acknowledged again after a minute; that says nothing new. */
const ONCE_IN_MS = 5 * 60_000;
const LOOKED_UP_WITHIN_MS = 300;
/** More people, and cards, than one process ever has to do with; the one met longest ago is forgotten first. */
const MOST = 20_000;

export function createCannotSave({ clock, log, pulse }: CannotSaveOptions): CannotSave {
  const languages = new Map<string, Language>();
  const told = new Map<string, number>();
  const cards = new Map<string, true>();

  async function languageOf(userId: string): Promise<Language | undefined> {
    const known = languages.get(userId);
    if (known !== undefined || pulse.silentForMs() >= STORE_SILENT_MS) return known;
    const looked = findPerson(userId).then(
      (person) => person?.language,
      () => undefined,
    );
    const found = await within(LOOKED_UP_WITHIN_MS, looked, undefined);
    return isLanguage(found) ? found : undefined;
  }

  return {
    met({ userId, language }) {
      if (isLanguage(language)) keep(languages, userId, language);
    },
    onCard({ userId, outTrackId }) {
      keep(cards, outTrackId, true);
      const t = translator(languages.get(userId) ?? DEFAULT_LANGUAGE);
      return { changes: { note: t('notice.unsaved') } };
    },
    async takeBack() {
      const said = [...cards.keys()];
      if (said.length === 0) return false;
      await inTransaction(async (tx) => {
        for (const outTrackId of said) await doubtShown(outTrackId, tx);
      });
      for (const outTrackId of said) cards.delete(outTrackId);
      return true;
    },
    async inChat({ id, from: { userId } }, reply) {
      const now = clock.machine();
      if (reply === undefined || now < (told.get(userId) ?? 0) + ONCE_IN_MS) return;
      keep(told, userId, now);
      const language = await languageOf(userId);
      const spoken = language === undefined ? LANGUAGES : [language];
      try {
        await reply(spoken.map((one) => translator(one)('notice.unsaved')).join('\n'));
      } catch (thrown) {
        log.warn({ trace: id, code: asAppError(thrown).code }, 'message.notReplied');
      }
    },
  };
}

function keep<Value>(of: Map<string, Value>, id: string, value: Value): void {
  of.delete(id);
  of.set(id, value);
  const [oldest] = of.keys();
  if (of.size > MOST && oldest !== undefined) of.delete(oldest);
}
