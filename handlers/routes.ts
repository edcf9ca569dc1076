import { Router } from '../src/bot/router.ts';
import { routeAdmin } from './admin/routes.ts';
import { approveRequest, askForReason, rejectRequest } from './association/decide-request.ts';
import { expireRequest } from './association/expire-request.ts';
import { invitationRefused, invitationSent } from './association/invitations.ts';
import { memberFound, memberGone, memberLeft, membershipChanged } from './association/membership.ts';
import { sendRequest } from './association/send-request.ts';
import { takeInRequest } from './association/take-in-request.ts';
import { requestAgain, withdrawRequest } from './association/withdraw-request.ts';
import { answerMention } from './groups/answer-mention.ts';
import { bindGroup, chooseGroupLanguage, unbindGroup } from './groups/bind-group.ts';
import { routeInspection } from './inspection/routes.ts';
import { chooseLanguage, openLanguages } from './language/choose-language.ts';
import { openHelp, openMenu } from './menu/menu.ts';
import { takePhotos } from './photos/take-photos.ts';
import { routePromotion } from './promotion/routes.ts';
import { routeReview } from './review/routes.ts';
import { sayBack } from './say-back.ts';

/** Every behaviour of the bot by what asks for it: the action of a tap, a word, a text, photos. */
export function routes(): Router {
  const router = new Router()
    .tap('association.send', 'anyone', sendRequest)
    .tap('association.withdraw', 'anyone', withdrawRequest)
    .tap('association.again', 'anyone', requestAgain)
    .tap('association.approve', 'admin', approveRequest)
    .tap('association.askReject', 'admin', askForReason)
    .tap('association.reject', 'admin', rejectRequest)
    .tap('language.open', 'anyone', openLanguages)
    .tap('language.choose', 'anyone', chooseLanguage)
    .tap('menu.open', 'anyone', openMenu)
    .tap('help.open', 'anyone', openHelp)
    .event('user_add_org', membershipChanged)
    .event('user_active_org', membershipChanged)
    .event('user_leave_org', memberLeft)
    .event('member.found', memberFound)
    .event('member.gone', memberGone)
    .event('invitation.sent', invitationSent)
    .event('invitation.refused', invitationRefused)
    .event('association.overdue', expireRequest)
    .event('join.asked', takeInRequest)
    .word('menu', 'anyone', openMenu)
    .word('help', 'anyone', openHelp)
    .word('back', 'anyone', sayBack)
    .tap('group.bind', 'staff', bindGroup)
    .tap('group.unbind', 'staff', unbindGroup)
    .tap('group.language', 'staff', chooseGroupLanguage)
    .mention(answerMention)
    .photos(takePhotos);
  return routeInspection(routeReview(routeAdmin(routePromotion(router))));
}
