import type { Answer, Said } from '../../src/domain/question.ts';
import { shownWhen } from '../account/when.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { feeName } from '../vocabulary.ts';

/** What somebody asked their admins, and what was answered. */
export interface TalkModel {
  /** Who asked. */
  readonly name: string;
  /** Who answered; absent while nobody has, empty where that is not known any more. */
  readonly admin?: string | undefined;
  readonly asked: readonly Said[];
  readonly answers: readonly Answer[];
  readonly timeZone: string;
}

/** So many of the newest. */
const SHOWN = 8;

/** Each answer, with a tick, below the questions that it was to. */
export function talkFacts({ asked, answers, timeZone }: TalkModel, t: T): NonNullable<CardView['facts']> {
  const questions = asked.map(({ at, shop = '', about, statement }, index) => {
    const where = shop === '' ? '' : ` · ${shorten(shop, 20)}`;
    const fee = about === undefined ? '' : ` · ${feeName(t, { id: about.fee })}`;
    return { place: index + 1, label: `${shownWhen(t, at, timeZone)}${where}${fee}`, value: statement };
  });
  const replies = answers.map(({ at, to, statement }) => {
    return { place: to, label: `✓ ${shownWhen(t, at, timeZone)}`, value: statement };
  });
  const all = [...questions, ...replies].toSorted((one, other) => one.place - other.place);
  return all.slice(-SHOWN).map(({ label, value }) => ({ label, value }));
}
