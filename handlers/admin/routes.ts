import type { Router } from '../../src/bot/router.ts';
import { approveTicked, openApproveAll } from './approve-all.ts';
import { invitePeople, openInvite } from './invite-people.ts';
import { resendInvitation, takeInvitationBack } from './open-invitations.ts';
import {
  openLimits,
  openMore,
  openPeople,
  openPerson,
  openPoster,
  openRequest,
  openRequests,
  openSearch,
  openTeam,
  searchPeople,
} from './team.ts';

/** What an admin of an ISO does in `Team`. */
export function routeAdmin(router: Router): Router {
  return router
    .tap('team.open', 'admin', openTeam)
    .tap('team.more', 'admin', openMore)
    .tap('team.limits', 'admin', openLimits)
    .tap('team.requests', 'admin', openRequests)
    .tap('team.request', 'admin', openRequest)
    .tap('team.approveAll', 'admin', openApproveAll)
    .tap('team.approve', 'admin', approveTicked)
    .tap('team.people', 'admin', openPeople)
    .tap('team.person', 'admin', openPerson)
    .tap('team.search', 'admin', openSearch)
    .tap('team.find', 'admin', searchPeople)
    .tap('team.invite', 'admin', openInvite)
    .tap('team.sendInvites', 'admin', invitePeople)
    .tap('team.poster', 'admin', openPoster)
    .tap('association.resend', 'admin', resendInvitation)
    .tap('association.takeBack', 'admin', takeInvitationBack);
}
