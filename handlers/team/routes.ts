import type { Router } from '../../src/bot/router.ts';
import { giveTicked, openHandOver } from '../hand-over/hand-over.ts';
import { endByPhoto } from '../stock/allot-by-photo.ts';
import { allotTyped, openAllot } from '../stock/allot-card.ts';
import { moveTicked, openCodes } from '../stock/codes-card.ts';
import { openBookedOver, openStock } from '../stock/stock-card.ts';
import { approveTicked, openApproveAll } from './approve-all.ts';
import { LISTED_GROUP, stopGroup } from './groups.ts';
import { invitePeople, openInvite } from './invite-people.ts';
import { openFileStory, openFiles } from './load-files.ts';
import { openPersonStory } from './load-person-story.ts';
import { openStory } from './load-story.ts';
import { INVITATION_OF_OWN_ISO, resendInvitation, takeInvitationBack } from './open-invitations.ts';
import { openPromotionData } from './promotion-data.ts';
import { openRejectAll, rejectTicked } from './reject-all.ts';
import { OWN_CODE, openRenewPoster, renewPoster } from './renew-poster.ts';
import { openPayRate, openStaffFees, savePayRate, showFeesTo } from './staff-fees.ts';
import { OWN_EXPORT, openLists, sendListAgain, takeList } from './take-list.ts';
import {
  openCameIn,
  openFailed,
  openFailedItem,
  openFeeLine,
  openFeeLines,
  openFees,
  openFlaggedPhotos,
  openFound,
  openGroups,
  openLateAppeals,
  openLimits,
  openMore,
  openPeople,
  openPerson,
  openPoster,
  openRequest,
  openRequests,
  openSearch,
  openTasks,
  openTeam,
  search,
} from './team.ts';
import { openUnanswered, sendTickedAgain } from './unanswered.ts';

/** What an admin of an ISO does in `Team`, and a supervisor for their own team. */
export function routeAdmin(router: Router): Router {
  return router
    .tap('team.open', 'supervisor', openTeam)
    .tap('team.more', 'admin', openMore)
    .tap('team.limits', 'admin', openLimits)
    .tap('team.promotionData', 'admin', openPromotionData)
    .tap('team.cameIn', 'admin', openCameIn)
    .tap('team.fees', 'admin', openFees)
    .tap('team.feeLines', 'admin', openFeeLines)
    .tap('team.feeLine', 'admin', openFeeLine)
    .tap('team.lists', 'admin', openLists)
    .tap('team.takeList', 'admin', takeList)
    .tap('team.stock', 'admin', openStock)
    .tap('team.allot', 'admin', openAllot)
    .tap('team.allotCodes', 'admin', allotTyped)
    .tap('team.allotDone', 'admin', endByPhoto)
    .tap('team.bookedOver', 'admin', openBookedOver)
    .tap('stock.open', 'staff', openCodes)
    .tap('stock.move', 'staff', moveTicked)
    .answer('team.sendList', 'admin', OWN_EXPORT, sendListAgain)
    .tap('team.staffFees', 'admin', openStaffFees)
    .tap('team.showFees', 'admin', showFeesTo)
    .tap('team.payRate', 'admin', openPayRate)
    .tap('team.savePayRate', 'admin', savePayRate)
    .tap('team.photos', 'admin', openFlaggedPhotos)
    .tap('team.requests', 'admin', openRequests)
    .tap('team.request', 'admin', openRequest)
    .tap('team.approveAll', 'admin', openApproveAll)
    .tap('team.approve', 'admin', approveTicked)
    .tap('team.rejectAll', 'admin', openRejectAll)
    .tap('team.reject', 'admin', rejectTicked)
    .tap('team.failed', 'supervisor', openFailed)
    .tap('team.failedItem', 'supervisor', openFailedItem)
    .tap('team.story', 'supervisor', openStory)
    .tap('team.personStory', 'supervisor', openPersonStory)
    .tap('team.files', 'admin', openFiles)
    .tap('team.fileStory', 'admin', openFileStory)
    .tap('team.appeals', 'supervisor', openLateAppeals)
    .tap('team.tasks', 'supervisor', openTasks)
    .tap('handOver.open', 'supervisor', openHandOver)
    .tap('handOver.give', 'supervisor', giveTicked)
    .tap('team.groups', 'admin', openGroups)
    .command('team.stopGroup', 'admin', LISTED_GROUP, stopGroup)
    .tap('team.people', 'supervisor', openPeople)
    .tap('team.person', 'admin', openPerson)
    .tap('team.search', 'supervisor', openSearch)
    .tap('team.find', 'supervisor', search)
    .tap('team.found', 'supervisor', openFound)
    .tap('team.invite', 'admin', openInvite)
    .tap('team.sendInvites', 'admin', invitePeople)
    .tap('team.unanswered', 'admin', openUnanswered)
    .tap('team.sendAgain', 'admin', sendTickedAgain)
    .tap('team.poster', 'admin', openPoster)
    .tap('team.renewPoster', 'admin', openRenewPoster)
    .command('team.renewPosterSure', 'admin', OWN_CODE, renewPoster)
    .command('association.resend', 'admin', INVITATION_OF_OWN_ISO, resendInvitation)
    .command('association.takeBack', 'admin', INVITATION_OF_OWN_ISO, takeInvitationBack);
}
