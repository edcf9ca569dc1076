import { isViewName, type ViewName } from '../cards/views.ts';

/**
 * The view that a row names. One of a version that named it otherwise becomes the notice that the card is done; what version 0.1
 * named otherwise is known still, since its cards are alive in chats.
 */
export function viewNamed(stored: string): ViewName {
  const name = RENAMED[stored] ?? stored;
  return isViewName(name) ? name : 'notice';
}

const RENAMED: Readonly<Partial<Record<string, ViewName>>> = {
  'association-request': 'association.request',
  waiting: 'association.waiting',
  'data-notice': 'team.dataNotice',
  'team-requests': 'team.requests',
  'team-request': 'team.request',
  'team-approve': 'team.approve',
  'team-people': 'team.people',
  'team-person': 'team.person',
  'team-search': 'team.search',
  'team-invite': 'team.invite',
  'team-poster': 'team.poster',
  'team-failed': 'team.failed',
  'team-failed-item': 'team.failedItem',
  'team-tasks': 'team.tasks',
  'team-groups': 'team.groups',
  'team-limits': 'team.limits',
  'team-more': 'team.more',
  'limit-notice': 'team.limitNotice',
  'association-reject': 'association.reject',
  'association-reject-why': 'association.rejectWhy',
  inspections: 'inspection.home',
  'inspection-tasks': 'inspection.tasks',
  'inspection-payments': 'inspection.payments',
  'inspection-results': 'inspection.results',
  'inspection-submitted': 'inspection.submitted',
  'inspection-findings': 'inspection.findings',
  'account-request': 'account.request',
  'account-form': 'account.form',
  'account-given': 'account.given',
  'promotion-intro': 'promotion.intro',
  'promotion-policy': 'promotion.policy',
  'promotion-discard': 'promotion.discard',
  submitted: 'promotion.submitted',
  'submitted-details': 'promotion.opened',
  'result-day': 'review.day',
  results: 'review.mine',
  'results-month': 'review.month',
  'result-list': 'review.list',
  item: 'review.item',
  'item-history': 'review.history',
  resent: 'review.resent',
  appeal: 'review.appeal',
  'appeal-why': 'review.appealWhy',
  'appeal-sent': 'review.appealSent',
  'appeal-answer': 'review.answer',
  fraud: 'review.fraud',
};
