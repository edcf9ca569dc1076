import { Router } from '../src/bot/router.ts';
import { routeAccounts } from './accounts/routes.ts';
import { acceptInvitation, INVITATION_TO_ME, moveToIso, refuseInvitation } from './association/answer-invitation.ts';
import { approveRequest, askForReason, REQUEST_TO_DECIDE, rejectRequest } from './association/decide-request.ts';
import { expireRequest } from './association/expire-request.ts';
import { invitationRefused, invitationSent } from './association/invitations.ts';
import { askToLeave, askToLeaveAgain, leaveByWish, OWN_MEMBERSHIP } from './association/leave-by-wish.ts';
import { memberFound, memberGone, memberLeft, membershipChanged } from './association/membership.ts';
import { OPEN_TO_PAUSED } from './association/open-to-paused.ts';
import { remindAdmins } from './association/remind-admins.ts';
import { sendRequest } from './association/send-request.ts';
import { takeInRequest } from './association/take-in-request.ts';
import { tellUnanswered } from './association/tell-unanswered.ts';
import {
  OPEN_REQUEST,
  openJoinForm,
  REJECTED_REQUEST,
  requestAgain,
  withdrawRequest,
} from './association/withdraw-request.ts';
import { answerMention } from './groups/answer-mention.ts';
import {
  bindGroup,
  chooseDigestHour,
  chooseGroupLanguage,
  chooseQuietHours,
  declineGroup,
  GROUP_OF_ADMIN,
  unbindGroup,
} from './groups/bind-group.ts';
import { routeHelp } from './help/routes.ts';
import { routeInspection } from './inspection/routes.ts';
import { resume } from './keep-place.ts';
import { chooseLanguage, chooseNamedLanguage, openLanguages } from './language/choose-language.ts';
import { keepLanguage, switchLanguage } from './language/offer-language.ts';
import { openHelp, openMenu } from './menu/menu.ts';
import { openQuickEntry } from './menu/open-quick-entry.ts';
import { routePayments } from './payments/routes.ts';
import { routePeople } from './people/routes.ts';
import { routePhotos } from './photos/routes.ts';
import { routePromotion } from './promotion/routes.ts';
import { routeReview } from './review/routes.ts';
import { sayBack } from './say-back.ts';
import { routeAdmin } from './team/routes.ts';
import { tellRefusedWords } from './team/tell-refused-words.ts';

/** Every behaviour of the bot by what asks for it: the action of a tap, a word, a text, photos. */
export function routes(): Router {
  const router = new Router()
    .tap('association.send', 'anyone', sendRequest)
    .command('association.withdraw', 'anyone', OPEN_REQUEST, withdrawRequest)
    .answer('association.again', 'anyone', REJECTED_REQUEST, requestAgain)
    .tap('association.askToJoin', 'anyone', openJoinForm)
    .command('association.approve', 'admin', REQUEST_TO_DECIDE, approveRequest)
    .answer('association.askReject', 'admin', REQUEST_TO_DECIDE, askForReason)
    .command('association.reject', 'admin', REQUEST_TO_DECIDE, rejectRequest)
    .command('association.join', 'anyone', INVITATION_TO_ME, acceptInvitation)
    .command('association.refuse', 'anyone', INVITATION_TO_ME, refuseInvitation)
    .command('association.move', 'anyone', INVITATION_TO_ME, moveToIso)
    .tap('association.leave', 'staff', askToLeave)
    .tap('association.leaveAgain', 'staff', askToLeaveAgain)
    .command('association.leaveSure', 'staff', OWN_MEMBERSHIP, leaveByWish)
    .tap('language.open', 'anyone', openLanguages)
    .tap('language.choose', 'anyone', chooseLanguage)
    .tap('language.switch', 'anyone', switchLanguage)
    .tap('language.stay', 'anyone', keepLanguage)
    .tap('menu.open', 'anyone', openMenu)
    .event('user_add_org', membershipChanged)
    .event('user_active_org', membershipChanged)
    .event('user_leave_org', memberLeft)
    .event('member.found', memberFound)
    .event('member.gone', memberGone)
    .event('invitation.sent', invitationSent)
    .event('invitation.refused', invitationRefused)
    .event('association.overdue', expireRequest)
    .event('association.waits', remindAdmins)
    .event('invitations.unanswered', tellUnanswered)
    .event('card.refused', tellRefusedWords)
    .event('join.asked', takeInRequest)
    .event('quickEntry.tapped', openQuickEntry)
    .word('menu', 'anyone', openMenu)
    .word('help', 'anyone', openHelp)
    .word('back', 'anyone', sayBack)
    .word('language', 'anyone', openLanguages)
    .word('languageName', 'anyone', chooseNamedLanguage)
    .word('hello', 'staff', resume)
    .command('group.bind', 'staff', GROUP_OF_ADMIN, bindGroup)
    .command('group.decline', 'staff', GROUP_OF_ADMIN, declineGroup)
    .command('group.unbind', 'staff', GROUP_OF_ADMIN, unbindGroup)
    .command('group.language', 'staff', GROUP_OF_ADMIN, chooseGroupLanguage)
    .command('group.hour', 'staff', GROUP_OF_ADMIN, chooseDigestHour)
    .command('group.quiet', 'staff', GROUP_OF_ADMIN, chooseQuietHours)
    .mention(answerMention)
    .evenPaused(OPEN_TO_PAUSED);
  return routeAccounts(
    routePayments(
      routeInspection(routeReview(routePeople(routeAdmin(routePromotion(routePhotos(routeHelp(router))))))),
    ),
  );
}
