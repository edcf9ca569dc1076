import type { Router } from '../../src/bot/router.ts';
import { MEMBER_OF_TEAM, openChooseTeam, setTeam } from './choose-team.ts';
import { askChange, changeMemberAsAsked, MEMBER_CHANGE, openMember, openMemberMore } from './members.ts';

/** What is done about the people of an ISO, one by one. */
export function routePeople(router: Router): Router {
  return router
    .tap('team.member', 'supervisor', openMember)
    .tap('team.memberMore', 'admin', openMemberMore)
    .tap('team.askChange', 'admin', askChange)
    .command('team.change', 'admin', MEMBER_CHANGE, changeMemberAsAsked)
    .tap('team.chooseTeam', 'admin', openChooseTeam)
    .command('team.setTeam', 'admin', MEMBER_OF_TEAM, setTeam);
}
