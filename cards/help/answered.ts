import { plain } from '../buttons.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type TalkModel, talkFacts } from './talk.ts';

/** *Answer from Ploy*: a record for whoever asked, with what was asked. */
export function answered(model: TalkModel, t: T): CardView {
  const { admin = '' } = model;
  return {
    title: admin === '' ? t('question.answerTitle') : t('question.answerFrom', { name: shorten(admin, 14) }),
    body: [],
    facts: talkFacts(model, t),
    actions: [plain(t('button.askMore'), 'help.ask')],
  };
}
