import { isUnanswered } from '../../src/domain/question.ts';
import { plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardAction, CardView } from '../view.ts';
import { feeName } from '../vocabulary.ts';
import { type TalkModel, talkFacts } from './talk.ts';

export interface QuestionModel extends TalkModel {
  /** Whether the reader may answer: whoever answered first goes on. */
  readonly mayAnswer: boolean;
}

/** *Question from Nok*: a record for each admin of the ISO, that grows with what is asked and answered. */
export function question(model: QuestionModel, t: T): CardView {
  const { name, admin, asked, answers, mayAnswer } = model;
  const isOpen = isUnanswered(asked, answers);
  const button = isOpen ? primary : plain;
  return {
    title: t('question.title', { name: shorten(name, 12) }),
    tag: isOpen
      ? { text: t('question.tag.open'), tone: 'warning' }
      : { text: t('question.tag.answered'), tone: 'success' },
    body: admin === undefined || admin === '' ? [] : [markdownText(t, 'question.by', { name: shorten(admin, 24) })],
    facts: talkFacts(model, t),
    actions: [...(mayAnswer ? [button(t('button.answer'), 'help.toAnswer')] : []), ...feesAskedAbout(asked, t)],
  };
}

/** The lines of the ledger that were asked about, the newest first; as many as buttons there may be (wording rule 4). */
function feesAskedAbout(asked: TalkModel['asked'], t: T): CardAction[] {
  const lines = new Map(
    asked.toReversed().flatMap(({ about, shop }) => (about ? [[about.line, { ...about, shop }]] : [])),
  );
  return [...lines.values()]
    .slice(0, 2)
    .map(({ line, fee, shop = '' }) =>
      plain(shorten(shop === '' ? feeName(t, { id: fee }) : shop, 20), 'team.feeLine', { line }),
    );
}
