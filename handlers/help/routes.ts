import type { Router } from '../../src/bot/router.ts';
import { openHelp, openPhotoTips } from '../menu/menu.ts';
import { answerQuestion, openAnswer } from './answer-question.ts';
import { openQuestion, sendQuestion } from './ask-admin.ts';
import { QUESTION_TO_ANSWER } from './question-subject.ts';

/** *Help*, and questions to the admins of an ISO. */
export function routeHelp(router: Router): Router {
  return router
    .tap('help.open', 'anyone', openHelp)
    .tap('help.photos', 'staff', openPhotoTips)
    .tap('help.ask', 'staff', openQuestion)
    .tap('help.send', 'staff', sendQuestion)
    .answer('help.toAnswer', 'admin', QUESTION_TO_ANSWER, openAnswer)
    .answer('help.answer', 'admin', QUESTION_TO_ANSWER, answerQuestion);
}
