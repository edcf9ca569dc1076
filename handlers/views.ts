import type { LoadCard } from '../src/delivery/render-cards.ts';
import { loadGroups } from './admin/groups.ts';
import {
  loadApproveAll,
  loadInvite,
  loadMore,
  loadPeople,
  loadPoster,
  loadRequests,
  loadSearch,
  loadWaiting,
} from './admin/load-cards.ts';
import { loadFailed, loadFailedItem } from './admin/load-failed.ts';
import { loadLimitNotice, loadLimits } from './admin/load-limits.ts';
import { loadTeamTasks } from './admin/load-tasks.ts';
import { loadTeam } from './admin/load-team.ts';
import { loadDataNotice } from './admin/tell-data-notice.ts';
import { loadAssociation, loadReject, loadRequest, loadSuspended } from './association/load-cards.ts';
import {
  loadFindings,
  loadInspection,
  loadInspectionRecord,
  loadInspections,
  loadTaskList,
} from './inspection/load-cards.ts';
import { loadAccountForm, loadAccountGiven, loadAccountRequest } from './inspection/test-account.ts';
import { loadLanguage } from './language/load-card.ts';
import { loadHelp, loadMenu } from './menu/load-cards.ts';
import { loadDiscard, loadIntro, loadPolicy, loadPromotion } from './promotion/load-cards.ts';
import { loadSubmitted } from './promotion/submitted.ts';
import { loadFraud } from './review/fraud.ts';
import { loadAppeal, loadAppealAnswer, loadAppealSent } from './review/load-appeal.ts';
import { loadItem } from './review/load-item.ts';
import { loadResent } from './review/load-resubmit.ts';
import { loadList, loadMine } from './review/my-results.ts';
import { loadResultDay } from './review/tell-results.ts';

/** From the view that a card's row names to what it is drawn from. A row's view may be drawn as one of several. */
const LOADERS: Readonly<Record<string, LoadCard>> = {
  association: loadAssociation,
  'association-request': (card, viewer) => loadRequest(card, viewer),
  waiting: loadWaiting,
  'data-notice': loadDataNotice,
  team: loadTeam,
  'team-requests': loadRequests,
  'team-request': (card, viewer) => loadRequest(card, viewer, { back: 'requests' }),
  'team-approve': loadApproveAll,
  'team-people': loadPeople,
  'team-person': (card, viewer) => loadRequest(card, viewer, { back: 'people' }),
  'team-search': loadSearch,
  'team-invite': loadInvite,
  'team-poster': loadPoster,
  'team-failed': loadFailed,
  'team-failed-item': loadFailedItem,
  'team-tasks': loadTeamTasks,
  'team-groups': loadGroups,
  'team-limits': loadLimits,
  'team-more': loadMore,
  'limit-notice': loadLimitNotice,
  'association-reject': (card, viewer) => loadReject(card, viewer),
  'association-reject-why': (card, viewer) => loadReject(card, viewer, true),
  language: loadLanguage,
  menu: loadMenu,
  help: loadHelp,
  inspections: loadInspections,
  'inspection-tasks': loadTaskList('tasks'),
  'inspection-payments': loadTaskList('payments'),
  'inspection-results': loadTaskList('submitted'),
  inspection: loadInspection,
  'inspection-submitted': loadInspectionRecord,
  'inspection-findings': loadFindings,
  'account-request': loadAccountRequest,
  'account-form': loadAccountForm,
  'account-given': loadAccountGiven,
  'promotion-intro': loadIntro,
  'promotion-policy': loadPolicy,
  promotion: loadPromotion,
  'promotion-discard': loadDiscard,
  submitted: (card, viewer) => loadSubmitted(card, viewer),
  'submitted-details': (card, viewer) => loadSubmitted(card, viewer, true),
  'result-day': loadResultDay,
  results: loadMine('week'),
  'results-month': loadMine('month'),
  'result-list': loadList,
  item: ({ subject }, viewer, now) => loadItem(subject.id, viewer, now),
  'item-history': ({ subject }, viewer, now) => loadItem(subject.id, viewer, now, true),
  resent: loadResent,
  appeal: (card, viewer, now) => loadAppeal(card, viewer, now),
  'appeal-why': (card, viewer, now) => loadAppeal(card, viewer, now, true),
  'appeal-sent': loadAppealSent,
  'appeal-answer': loadAppealAnswer,
  fraud: loadFraud,
  suspended: async () => ({ name: 'notice', model: { kind: 'suspended' }, version: 0 }),
};

/**
 * What any card shows now; a view of an older version of the product becomes "This card is done". To somebody whose access is
 * paused every card says only that (A.12-19); it is itself again once they are back.
 */
export const loadCard: LoadCard = async (card, viewer, now) => {
  if (viewer.state === 'SUSPENDED') return await loadSuspended(card, viewer);
  const loader = LOADERS[card.view];
  if (loader === undefined) return { name: 'notice', model: { kind: 'oldCard' }, version: 0 };
  return await loader(card, viewer, now);
};
