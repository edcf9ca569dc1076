import type { ViewName } from '../cards/views.ts';
import { type LoadCard, type LoadGroupCard, OLD_CARD } from '../src/delivery/render-cards.ts';
import { isShutOut } from '../src/domain/person-state.ts';
import { loadAccount, loadAccounts, loadReturned, loadSure, loadWhom } from './accounts/load-accounts.ts';
import { loadRequest as loadAccountRequest, loadChoose, loadNew } from './accounts/load-asks.ts';
import { loadOwnAccount } from './accounts/load-own-account.ts';
import { loadLeave } from './association/leave-by-wish.ts';
import { loadAssociation, loadReject, loadRequest, loadSuspended } from './association/load-cards.ts';
import { loadInvitations, loadLeft, loadMove } from './association/load-invitations.ts';
import { SHOWN_TO_PAUSED } from './association/open-to-paused.ts';
import { loadBinding, loadDigest } from './groups/load-cards.ts';
import { loadHandOver, loadWorkLeft } from './hand-over/load-cards.ts';
import { loadAnswer, loadAnswered, loadAsk, loadQuestion } from './help/load-cards.ts';
import {
  loadFindings,
  loadGiveBack,
  loadInspection,
  loadInspectionRecord,
  loadInspections,
  loadTaskList,
} from './inspection/load-cards.ts';
import { loadLanguage } from './language/load-card.ts';
import { loadLanguageOffer } from './language/offer-language.ts';
import { loadHelp, loadMenu, loadPhotoTips } from './menu/load-cards.ts';
import { loadChooseTeam, loadMember, loadMemberChange, loadMemberMore } from './people/load-members.ts';
import { loadPhoto, loadPhotoList } from './photos/load-cards.ts';
import { loadDiscard, loadIntro, loadNoSites, loadPolicy, loadPromotion } from './promotion/load-cards.ts';
import { loadUnpaid } from './promotion/load-payments.ts';
import { loadSubmitted } from './promotion/submitted.ts';
import { loadReminder } from './reminders/load-reminder.ts';
import { loadFormerResults } from './review/former-results.ts';
import { loadFraud } from './review/fraud.ts';
import { loadAppeal, loadAppealAnswer, loadAppealSent } from './review/load-appeal.ts';
import { loadItem } from './review/load-item.ts';
import { loadResent } from './review/load-resubmit.ts';
import { loadMine, loadTimes } from './review/my-results.ts';
import { loadOwnFeeLine, loadOwnFeeList, loadOwnFees } from './review/own-fees.ts';
import { loadList } from './review/result-lists.ts';
import { loadShop, loadShops } from './review/result-shops.ts';
import { loadResultDay } from './review/tell-results.ts';
import { loadVisits } from './review/visit-again.ts';
import { loadAllotPhotos } from './stock/allot-by-photo.ts';
import { loadAllot } from './stock/allot-card.ts';
import { loadCodes } from './stock/codes-card.ts';
import { loadBookedOver, loadStock } from './stock/stock-card.ts';
import { loadFlaggedPhotos } from './team/flagged-photos.ts';
import { loadGroups } from './team/groups.ts';
import { loadLateAppeals } from './team/load-appeals.ts';
import { loadCameIn } from './team/load-came-in.ts';
import {
  loadApproveAll,
  loadInvite,
  loadMore,
  loadPeople,
  loadPoster,
  loadRejectAll,
  loadRequests,
  loadSearch,
  loadWaiting,
} from './team/load-cards.ts';
import { loadFailed, loadFailedItem } from './team/load-failed.ts';
import { loadFeeLine, loadFeeLines, loadFees } from './team/load-fees.ts';
import { loadFileStory, loadFiles } from './team/load-files.ts';
import { loadFound } from './team/load-found.ts';
import { loadFarAbove, loadLimitNotice, loadLimits } from './team/load-limits.ts';
import { loadPersonStory } from './team/load-person-story.ts';
import { loadSites } from './team/load-sites.ts';
import { loadStory } from './team/load-story.ts';
import { loadTeamTasks } from './team/load-tasks.ts';
import { loadTeam } from './team/load-team.ts';
import { loadPromotionData } from './team/promotion-data.ts';
import { loadRenewPoster } from './team/renew-poster.ts';
import { loadPayRate, loadStaffFees } from './team/staff-fees.ts';
import { loadExport, loadLists } from './team/take-list.ts';
import { loadDataNotice } from './team/tell-data-notice.ts';
import { loadRefusedWords } from './team/tell-refused-words.ts';
import { loadUnanswered, loadUnansweredList } from './team/unanswered.ts';

type GroupView = 'group' | 'digest';

/** What is not of an ISO, or is about which one it shall be. */
const FOR_ANYONE: ReadonlySet<ViewName> = new Set([
  ...(['help', 'language', 'language.offer', 'line', 'notice'] as const),
  ...(['association', 'association.invitations', 'association.move', 'review.former'] as const),
]);

const oldCard: LoadCard = async () => OLD_CARD;

/**
 * What loads each view in a person's chat; how it is drawn stands under the same name in `cards/views.ts`. A loader may answer the
 * face of another view where that is what is so now: how an item stands, in place of the modification that came too late.
 */
const IN_CHATS: Readonly<Record<Exclude<ViewName, GroupView>, LoadCard>> = {
  menu: loadMenu,
  help: loadHelp,
  'help.photos': loadPhotoTips,
  'help.ask': loadAsk,
  'help.question': loadQuestion,
  'help.answer': loadAnswer,
  'help.answered': loadAnswered,
  language: loadLanguage,
  'language.offer': loadLanguageOffer,
  // drawn from the card itself, which always has one
  line: oldCard,
  notice: oldCard,

  association: loadAssociation,
  'association.invitations': loadInvitations,
  'association.leave': loadLeave(false),
  'association.leaveSure': loadLeave(true),
  'association.move': loadMove,
  'association.request': (card, viewer, _now, seen) => loadRequest(card, viewer, {}, seen),
  'association.reject': (card, viewer) => loadReject(card, viewer),
  'association.rejectWhy': (card, viewer) => loadReject(card, viewer, true),
  'association.unanswered': loadUnanswered,
  'association.waiting': loadWaiting,

  team: loadTeam,
  'team.approve': loadApproveAll,
  'team.chooseTeam': loadChooseTeam,
  'team.cameIn': loadCameIn,
  'team.dataNotice': loadDataNotice,
  'team.farAbove': loadFarAbove,
  'team.fees': loadFees,
  'team.feeLine': loadFeeLine,
  'team.lists': loadLists,
  'team.export': loadExport,
  'team.stock': loadStock,
  'team.allot': loadAllot,
  'team.allotPhotos': loadAllotPhotos,
  'team.bookedOver': loadBookedOver,
  'team.staffFees': loadStaffFees,
  'team.payRate': loadPayRate,
  'team.feeLines': loadFeeLines,
  'team.failed': loadFailed,
  'team.failedItem': loadFailedItem,
  'team.story': loadStory,
  'team.personStory': loadPersonStory,
  'team.files': loadFiles,
  'team.fileStory': loadFileStory,
  'team.groups': loadGroups,
  'team.invite': loadInvite,
  'team.left': loadLeft,
  'team.limitNotice': loadLimitNotice,
  'team.refusedWords': loadRefusedWords,
  'team.limits': loadLimits,
  'team.member': loadMember,
  'team.memberChange': loadMemberChange,
  'team.memberMore': loadMemberMore,
  'team.reject': loadRejectAll,
  'team.renewPoster': loadRenewPoster,
  'team.more': loadMore,
  'team.people': loadPeople,
  'team.person': (card, viewer, _now, seen) => loadRequest(card, viewer, { back: 'people' }, seen),
  'team.poster': loadPoster,
  'team.promotionData': loadPromotionData,
  'team.request': (card, viewer, _now, seen) => loadRequest(card, viewer, { back: 'requests' }, seen),
  'team.requests': loadRequests,
  'team.search': loadSearch,
  'team.found': loadFound,
  'team.sites': loadSites,
  'team.appeals': loadLateAppeals,
  'team.tasks': loadTeamTasks,
  'team.photos': loadFlaggedPhotos,
  'team.unanswered': loadUnansweredList,

  handOver: loadHandOver,
  'handOver.left': loadWorkLeft,

  stock: loadCodes,

  'promotion.intro': loadIntro,
  'promotion.policy': loadPolicy,
  'promotion.noSites': loadNoSites,
  promotion: loadPromotion,
  'promotion.discard': loadDiscard,
  'promotion.unpaid': loadUnpaid,
  'promotion.submitted': (card, viewer, _now, seen) => loadSubmitted(card, viewer, false, seen),
  'promotion.opened': (card, viewer, _now, seen) => loadSubmitted(card, viewer, true, seen),

  'photos.list': loadPhotoList,
  'photos.move': loadPhoto,

  'review.day': loadResultDay,
  'review.reminder': loadReminder,
  'review.fees': loadOwnFees,
  'review.feeLine': loadOwnFeeLine,
  'review.feeList': loadOwnFeeList,
  'review.mine': loadMine('week'),
  'review.month': loadMine('month'),
  'review.former': loadFormerResults,
  'review.list': loadList,
  'review.times': loadTimes,
  'review.shops': loadShops,
  'review.shop': loadShop,
  'review.visits': loadVisits,
  'review.item': ({ subject }, viewer, now, seen) => loadItem(subject.id, viewer, now, { seen }),
  'review.history': ({ subject }, viewer, now, seen) => loadItem(subject.id, viewer, now, { opened: 'history', seen }),
  'review.photos': ({ subject }, viewer, now, seen) => loadItem(subject.id, viewer, now, { opened: 'photos', seen }),
  'review.resent': loadResent,
  'review.appeal': (card, viewer, now, seen) => loadAppeal(card, viewer, now, { seen }),
  'review.appealWhy': (card, viewer, now, seen) => loadAppeal(card, viewer, now, { why: true, seen }),
  'review.appealSent': loadAppealSent,
  'review.answer': loadAppealAnswer,
  'review.fraud': loadFraud,

  'inspection.home': loadInspections,
  'inspection.tasks': loadTaskList('tasks'),
  'inspection.payments': loadTaskList('payments'),
  'inspection.results': loadTaskList('submitted'),
  inspection: loadInspection,
  'inspection.giveBack': loadGiveBack,
  'inspection.submitted': loadInspectionRecord,
  'inspection.findings': loadFindings,

  'account.list': loadAccounts,
  'account.detail': loadAccount,
  'account.request': loadAccountRequest(false),
  'account.asked': loadAccountRequest(true),
  'account.choose': loadChoose,
  'account.whom': loadWhom,
  'account.new': loadNew,
  'account.sure': loadSure,
  'account.returned': loadReturned,
  'account.given': loadOwnAccount(false),
  'account.mine': loadOwnAccount(true),
};

/** What loads each view that a whole group sees. */
const IN_GROUPS: Readonly<Record<GroupView, LoadGroupCard>> = { group: loadBinding, digest: loadDigest };

/**
 * What any card in a person's chat shows now. To somebody whose access is paused every card says only that (domain A.12-19), but for those
 * on which they answer an invitation or leave; it is itself again once they are back.
 */
export const loadCard: LoadCard = async (card, viewer, now, seen) => {
  const isOpen = viewer.state === 'PAUSED' && SHOWN_TO_PAUSED.has(card.view);
  if (isShutOut(viewer.state) && !isOpen) return await loadSuspended(card, viewer);
  if (viewer.state === 'UNKNOWN' && !FOR_ANYONE.has(card.view)) return await loadAssociation(card, viewer, now, seen);
  const loaders: Readonly<Partial<Record<ViewName, LoadCard>>> = IN_CHATS;
  return (await loaders[card.view]?.(card, viewer, now, seen)) ?? OLD_CARD;
};

/** What any card in a group shows now. */
export const loadGroupCard: LoadGroupCard = async (card, group, seen) => {
  const loaders: Readonly<Partial<Record<ViewName, LoadGroupCard>>> = IN_GROUPS;
  return (await loaders[card.view]?.(card, group, seen)) ?? OLD_CARD;
};
