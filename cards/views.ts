import { chooseAccount } from './account/choose.ts';
import { accountDetail } from './account/detail.ts';
import { accountGiven } from './account/given.ts';
import { accountList } from './account/list.ts';
import { newAccount } from './account/new.ts';
import { accountRequest } from './account/request.ts';
import { accountReturned } from './account/returned.ts';
import { accountSure } from './account/sure.ts';
import { accountWhom } from './account/whom.ts';
import { former } from './association/former.ts';
import { invitations } from './association/invitations.ts';
import { joinForm } from './association/join.ts';
import { leave } from './association/leave.ts';
import { move } from './association/move.ts';
import { rejected } from './association/rejected.ts';
import { adminRequest } from './association/request.ts';
import { requestSent } from './association/sent.ts';
import { unanswered } from './association/unanswered.ts';
import { waiting } from './association/waiting.ts';
import { digest } from './digest.ts';
import { groupBinding } from './group.ts';
import { workLeft } from './hand-over/left.ts';
import { handOver } from './hand-over.ts';
import { answerQuestion } from './help/answer.ts';
import { answered } from './help/answered.ts';
import { askAdmin } from './help/ask.ts';
import { photoTips } from './help/photos.ts';
import { question } from './help/question.ts';
import { help } from './help.ts';
import { changeParts } from './inspection/change.ts';
import { findings } from './inspection/findings.ts';
import { findingForm } from './inspection/form.ts';
import { shopFront } from './inspection/front.ts';
import { giveBackForm } from './inspection/give-back.ts';
import { taskGone } from './inspection/gone.ts';
import { inspectionHome } from './inspection/home.ts';
import { onlyAlipay } from './inspection/only-alipay.ts';
import { payment } from './inspection/payment.ts';
import { sendPhoto } from './inspection/photo.ts';
import { spotCheck } from './inspection/spot.ts';
import { inspectionSubmitted } from './inspection/submitted.ts';
import { inspectionSummary } from './inspection/summary.ts';
import { taskList } from './inspection/tasks.ts';
import { selectTool } from './inspection/tool.ts';
import { languageOffer } from './language/offer.ts';
import { language } from './language.ts';
import { line } from './line.ts';
import { productList } from './menu.ts';
import { notice } from './notice.ts';
import { photoList } from './photos/list.ts';
import { movePhoto } from './photos/move.ts';
import { changeList } from './promotion/change.ts';
import { confirmDoubts } from './promotion/confirm-doubts.ts';
import { details } from './promotion/details.ts';
import { discardConfirm } from './promotion/discard.ts';
import { held } from './promotion/held.ts';
import { productIntro } from './promotion/intro.ts';
import { moveCode } from './promotion/move-code.ts';
import { noSites } from './promotion/no-sites.ts';
import { notPaid } from './promotion/not-paid.ts';
import { onePhoto } from './promotion/photo.ts';
import { spotPhotos } from './promotion/photos.ts';
import { policy } from './promotion/policy.ts';
import { resubmit } from './promotion/resubmit.ts';
import { sameShop } from './promotion/same-shop.ts';
import { spotForm } from './promotion/spot.ts';
import { stepForm } from './promotion/step.ts';
import { storeForm } from './promotion/store.ts';
import { submitted } from './promotion/submitted.ts';
import { summary } from './promotion/summary.ts';
import { twoCodes } from './promotion/two-codes.ts';
import { typeCode } from './promotion/type-code.ts';
import { unpaid } from './promotion/unpaid.ts';
import { weakPhoto } from './promotion/weak-photo.ts';
import { appealAnswer } from './review/answer.ts';
import { appeal } from './review/appeal.ts';
import { appealSent } from './review/appeal-sent.ts';
import { resultDay } from './review/day.ts';
import { ownFeeLine } from './review/fee-line.ts';
import { ownFeeList } from './review/fee-list.ts';
import { ownFees } from './review/fees.ts';
import { formerResults } from './review/former.ts';
import { fraudSuspected } from './review/fraud.ts';
import { item } from './review/item.ts';
import { itemList } from './review/list.ts';
import { myResults } from './review/mine.ts';
import { reminder } from './review/reminder.ts';
import { resent } from './review/resent.ts';
import { resultShop } from './review/shop.ts';
import { shops } from './review/shops.ts';
import { times } from './review/times.ts';
import { visitAgain } from './review/visits.ts';
import { codesInHand } from './stock.ts';
import { allot } from './team/allot.ts';
import { allotPhotos } from './team/allot-photos.ts';
import { lateAppeals } from './team/appeals.ts';
import { approveAll } from './team/approve.ts';
import { bookedOver } from './team/booked-over.ts';
import { cameIn } from './team/came-in.ts';
import { chooseTeam } from './team/choose-team.ts';
import { dataNotice } from './team/data-notice.ts';
import { exportedList } from './team/export.ts';
import { failed } from './team/failed.ts';
import { failedItem } from './team/failed-item.ts';
import { farAbove } from './team/far-above.ts';
import { feeLine } from './team/fee-line.ts';
import { feeLines } from './team/fee-lines.ts';
import { fees } from './team/fees.ts';
import { fileStory } from './team/file-story.ts';
import { files } from './team/files.ts';
import { found } from './team/found.ts';
import { groups } from './team/groups.ts';
import { invite } from './team/invite.ts';
import { left } from './team/left.ts';
import { limitNotice } from './team/limit-notice.ts';
import { limits } from './team/limits.ts';
import { lists } from './team/lists.ts';
import { member } from './team/member.ts';
import { memberChange } from './team/member-change.ts';
import { memberMore } from './team/member-more.ts';
import { more } from './team/more.ts';
import { payRate } from './team/pay-rate.ts';
import { people } from './team/people.ts';
import { personStory } from './team/person-story.ts';
import { flaggedPhotosList } from './team/photos.ts';
import { poster } from './team/poster.ts';
import { promotionData } from './team/promotion-data.ts';
import { refusedWords } from './team/refused-words.ts';
import { rejectAll } from './team/reject.ts';
import { renewPoster } from './team/renew-poster.ts';
import { requests } from './team/requests.ts';
import { search } from './team/search.ts';
import { sites } from './team/sites.ts';
import { staffFees } from './team/staff-fees.ts';
import { stockOfIso } from './team/stock.ts';
import { story } from './team/story.ts';
import { teamTasks } from './team/tasks.ts';
import { unansweredList } from './team/unanswered.ts';
import { team } from './team.ts';
import type { T } from './text.ts';
import type { CardView } from './view.ts';

/** Draws one face: pure, in the language of `t`. */
type Draw<Model = never> = (model: Model, t: T) => CardView;

/**
 * Every view that can be opened, one line each, and how it is drawn: by a function; by one of several, its faces, where it asks one
 * thing after another; or as the view that is named does. It is found by its name: `review.day` is drawn by `review/day.ts`, or by
 * `review.ts` where one file has them all. What loads it stands under the same name in `handlers/views.ts`. A card's
 * row keeps the name (`models/cards.ts`), so that renaming a view takes a migration.
 */
const VIEWS = tableOf({
  menu: productList,
  help,
  'help.photos': photoTips,
  /** A question to the admins, and what is answered. */
  'help.ask': askAdmin,
  'help.question': question,
  'help.answer': answerQuestion,
  'help.answered': answered,
  language,
  'language.offer': languageOffer,
  /** One sentence, and all that is left of a card that moved on. */
  line,
  notice,

  /** A person's way into an ISO. */
  association: { join: joinForm, sent: requestSent, rejected, former },
  /** Who invites somebody who is in the organisation. */
  'association.invitations': invitations,
  'association.leave': leave,
  'association.leaveSure': 'association.leave',
  'association.move': move,
  'association.request': adminRequest,
  'association.reject': 'association.request',
  'association.rejectWhy': 'association.request',
  'association.unanswered': unanswered,
  'association.waiting': waiting,

  team,
  'team.appeals': lateAppeals,
  'team.approve': approveAll,
  'team.chooseTeam': chooseTeam,
  'team.cameIn': cameIn,
  'team.dataNotice': dataNotice,
  'team.farAbove': farAbove,
  'team.fees': fees,
  'team.feeLine': feeLine,
  'team.lists': lists,
  'team.stock': stockOfIso,
  'team.allot': allot,
  'team.allotPhotos': allotPhotos,
  'team.bookedOver': bookedOver,
  'team.export': exportedList,
  'team.staffFees': staffFees,
  'team.payRate': payRate,
  'team.feeLines': feeLines,
  'team.failed': failed,
  'team.failedItem': failedItem,
  'team.story': story,
  'team.personStory': personStory,
  'team.files': files,
  'team.fileStory': fileStory,
  'team.groups': groups,
  'team.invite': invite,
  'team.left': left,
  'team.limitNotice': limitNotice,
  'team.limits': limits,
  'team.member': member,
  'team.memberChange': memberChange,
  'team.memberMore': memberMore,
  'team.more': more,
  'team.people': people,
  'team.person': 'association.request',
  'team.poster': poster,
  'team.promotionData': promotionData,
  'team.refusedWords': refusedWords,
  'team.reject': rejectAll,
  'team.renewPoster': renewPoster,
  'team.request': 'association.request',
  'team.requests': requests,
  'team.search': search,
  'team.found': found,
  'team.sites': sites,
  'team.tasks': teamTasks,
  'team.photos': flaggedPhotosList,
  'team.unanswered': unansweredList,

  handOver,
  'handOver.left': workLeft,

  /** In groups. */
  group: groupBinding,
  digest,

  stock: codesInHand,

  'promotion.intro': productIntro,
  'promotion.policy': policy,
  'promotion.noSites': noSites,
  /** The step at hand of a promotion in the making, or of what puts something right. */
  promotion: {
    store: storeForm,
    details,
    sameShop,
    photo: onePhoto,
    spot: spotForm,
    photos: spotPhotos,
    typeCode,
    twoCodes,
    moveCode,
    weakPhoto,
    notPaid,
    step: stepForm,
    summary,
    change: changeList,
    confirmDoubts,
    resubmit,
    held,
  },
  'promotion.discard': discardConfirm,
  'promotion.unpaid': unpaid,
  'promotion.submitted': submitted,
  'promotion.opened': 'promotion.submitted',

  /** Photos that are of another shop. */
  'photos.list': photoList,
  'photos.move': movePhoto,

  'review.day': resultDay,
  'review.reminder': reminder,
  'review.fees': ownFees,
  'review.feeLine': ownFeeLine,
  'review.feeList': ownFeeList,
  'review.mine': myResults,
  'review.month': 'review.mine',
  'review.former': formerResults,
  'review.list': itemList,
  'review.times': times,
  'review.shops': shops,
  'review.shop': resultShop,
  'review.visits': visitAgain,
  'review.item': item,
  'review.history': 'review.item',
  'review.photos': 'review.item',
  'review.resent': resent,
  'review.appeal': appeal,
  'review.appealWhy': 'review.appeal',
  'review.appealSent': appealSent,
  'review.answer': appealAnswer,
  'review.fraud': fraudSuspected,

  'inspection.home': inspectionHome,
  'inspection.tasks': taskList,
  'inspection.payments': 'inspection.tasks',
  'inspection.results': 'inspection.tasks',
  /** The step at hand of an inspection, or why it is not this person's any more. */
  inspection: {
    front: shopFront,
    spot: spotCheck,
    form: findingForm,
    tool: selectTool,
    onlyAlipay,
    payment,
    photo: sendPhoto,
    summary: inspectionSummary,
    change: changeParts,
    gone: taskGone,
  },
  'inspection.giveBack': giveBackForm,
  'inspection.submitted': inspectionSubmitted,
  'inspection.findings': findings,

  /** Test accounts: those of the ISO, what is asked for, and one's own. */
  'account.list': accountList,
  'account.detail': accountDetail,
  'account.request': accountRequest,
  'account.asked': 'account.request',
  'account.choose': chooseAccount,
  'account.whom': accountWhom,
  'account.new': newAccount,
  'account.sure': accountSure,
  'account.returned': accountReturned,
  'account.given': accountGiven,
  'account.mine': 'account.given',
});

type Views = typeof VIEWS;

/** What can be opened; the name under which a card's row keeps its view. */
export type ViewName = keyof Views;

/** How a view can look: its own name, `review.item`; of one with several faces, which of them, `promotion.store`. */
export type FaceName = {
  [View in ViewName]: Views[View] extends Draw
    ? View
    : Views[View] extends ViewName
      ? never
      : `${View}.${keyof Views[View] & string}`;
}[ViewName];

type DrawOf<Face extends FaceName> = Face extends ViewName
  ? Views[Face]
  : Face extends `${infer View extends ViewName}.${infer Name}`
    ? Views[View][Name & keyof Views[View]]
    : never;

/** What each face is drawn from: small plain data that a loader makes from stored state. */
export type FaceModels = {
  readonly [Face in FaceName]: DrawOf<Face> extends (model: infer Model, t: T) => CardView ? Model : never;
};

const FACES = new Map<string, Draw>(
  Object.entries(VIEWS).flatMap(([view, drawn]: [string, Draw | Readonly<Record<string, Draw>> | string]) => {
    if (typeof drawn === 'string') return [];
    if (typeof drawn === 'function') return [[view, drawn] as const];
    return Object.entries(drawn).map(([face, draw]) => [`${view}.${face}`, draw] as const);
  }),
);

/** Whether a stored name is one of a view. */
export function isViewName(name: string): name is ViewName {
  return Object.hasOwn(VIEWS, name);
}

/** Draws a face: pure, in the language of `t`. */
export function render<Face extends FaceName>(face: Face, model: FaceModels[Face], t: T): CardView {
  return (FACES.get(face) as Draw<FaceModels[Face]>)(model, t);
}

/** The names of the faces in a table: `promotion.store`. */
type FacesIn<Table> = {
  [View in keyof Table]: Table[View] extends Draw | string ? never : `${View & string}.${keyof Table[View] & string}`;
}[keyof Table];

/** Holds every name that stands in place of a function to be one of a view, and no view to be named as a face of another. */
function tableOf<
  const Table extends { readonly [View in keyof Table]: Draw | Readonly<Record<string, Draw>> | keyof Table },
>(views: Table & { readonly [View in Extract<keyof Table, FacesIn<Table>>]: never }): Table {
  return views;
}
