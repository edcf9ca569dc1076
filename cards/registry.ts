import { type ApproveAllModel, approveAll } from './admin/approve-all.ts';
import { type DataNoticeModel, dataNotice } from './admin/data-notice.ts';
import { type FailedModel, failed } from './admin/failed.ts';
import { type FailedItemModel, failedItem } from './admin/failed-item.ts';
import { type GroupsModel, groups } from './admin/groups.ts';
import { type InviteModel, invite } from './admin/invite.ts';
import { type LimitNoticeModel, limitNotice } from './admin/limit-notice.ts';
import { type LimitsModel, limits } from './admin/limits.ts';
import { more } from './admin/more.ts';
import { type PeopleModel, people } from './admin/people.ts';
import { type PosterModel, poster } from './admin/poster.ts';
import { type RequestsModel, requests } from './admin/requests.ts';
import { type SearchModel, search } from './admin/search.ts';
import { type TeamTasksModel, teamTasks } from './admin/tasks.ts';
import { type TeamModel, team } from './admin/team.ts';
import { type AdminRequestModel, adminRequest } from './association/admin-request.ts';
import { type JoinFormModel, joinForm } from './association/join-form.ts';
import { type RejectedModel, rejected } from './association/rejected.ts';
import { type RequestSentModel, requestSent } from './association/request-sent.ts';
import { type WaitingModel, waiting } from './association/waiting.ts';
import { type DigestModel, digest } from './digest/digest.ts';
import { type GroupBindingModel, groupBinding } from './digest/group-binding.ts';
import { type HelpModel, help } from './help.ts';
import { type ChangePartsModel, changeParts } from './inspection/change-parts.ts';
import { type FindingFormModel, findingForm } from './inspection/finding-form.ts';
import { type FindingsModel, findings } from './inspection/findings.ts';
import { type TaskGoneModel, taskGone } from './inspection/gone.ts';
import { type InspectionHomeModel, inspectionHome } from './inspection/home.ts';
import { type PaymentModel, payment } from './inspection/payment.ts';
import { type OnlyAlipayModel, onlyAlipay, type SelectToolModel, selectTool } from './inspection/select-tool.ts';
import { type SendPhotoModel, sendPhoto } from './inspection/send-photo.ts';
import { type ShopFrontModel, shopFront } from './inspection/shop-front.ts';
import { type SpotCheckModel, spotCheck } from './inspection/spot-check.ts';
import { type InspectionSubmittedModel, inspectionSubmitted } from './inspection/submitted.ts';
import { type InspectionSummaryModel, inspectionSummary } from './inspection/summary.ts';
import { type TaskListModel, taskList } from './inspection/task-list.ts';
import {
  type AccountFormModel,
  type AccountGivenModel,
  type AccountRequestModel,
  accountForm,
  accountGiven,
  accountRequest,
} from './inspection/test-account.ts';
import { type LanguageModel, language } from './language.ts';
import { type LineModel, line } from './line.ts';
import { type ProductListModel, productList } from './menu/product-list.ts';
import { type NoticeModel, notice } from './notice.ts';
import { type ChangeListModel, changeList } from './promotion/change-list.ts';
import { type ConfirmDoubtsModel, confirmDoubts } from './promotion/confirm-doubts.ts';
import { type DetailsModel, details } from './promotion/details.ts';
import { type DiscardConfirmModel, discardConfirm } from './promotion/discard-confirm.ts';
import { type MerchantFormModel, merchantForm } from './promotion/merchant-form.ts';
import { type MoveCodeModel, moveCode } from './promotion/move-code.ts';
import { policy } from './promotion/policy.ts';
import { type ProductIntroModel, productIntro } from './promotion/product-intro.ts';
import { type SameShopModel, sameShop } from './promotion/same-shop.ts';
import { type SpotFormModel, spotForm } from './promotion/spot-form.ts';
import { type SpotPhotosModel, spotPhotos } from './promotion/spot-photos.ts';
import { type StoreFormModel, storeForm } from './promotion/store-form.ts';
import { type StorefrontPhotoModel, storefrontPhoto } from './promotion/storefront-photo.ts';
import { type SubmittedModel, submitted } from './promotion/submitted.ts';
import { type SummaryModel, summary } from './promotion/summary.ts';
import { type TwoCodesModel, twoCodes } from './promotion/two-codes.ts';
import { type TypeCodeModel, typeCode } from './promotion/type-code.ts';
import { type WeakPhotoModel, weakPhoto } from './promotion/weak-photo.ts';
import { type AppealModel, appeal } from './review/appeal.ts';
import { type AppealAnswerModel, appealAnswer } from './review/appeal-answer.ts';
import { type AppealSentModel, appealSent } from './review/appeal-sent.ts';
import { type FraudSuspectedModel, fraudSuspected } from './review/fraud-suspected.ts';
import { type ItemModel, item } from './review/item.ts';
import { type ItemListModel, itemList } from './review/item-list.ts';
import { type MyResultsModel, myResults } from './review/my-results.ts';
import { type ResentModel, resent } from './review/resent.ts';
import { type ResubmitModel, resubmit } from './review/resubmit.ts';
import { type ResultDayModel, resultDay } from './review/result-day.ts';
import type { T } from './text.ts';
import type { CardView } from './view.ts';

/** What each view is drawn from: small plain data that a loader makes from stored state. */
export interface ViewModels {
  'association.join': JoinFormModel;
  'association.sent': RequestSentModel;
  'association.rejected': RejectedModel;
  'association.request': AdminRequestModel;
  'association.waiting': WaitingModel;
  group: GroupBindingModel;
  digest: DigestModel;
  language: LanguageModel;
  menu: ProductListModel;
  help: HelpModel;
  line: LineModel;
  folded: LineModel;
  notice: NoticeModel;
  'promotion.intro': ProductIntroModel;
  'promotion.policy': ProductIntroModel;
  'promotion.store': StoreFormModel;
  'promotion.details': DetailsModel;
  'promotion.sameShop': SameShopModel;
  'promotion.storefront': StorefrontPhotoModel;
  'promotion.spot': SpotFormModel;
  'promotion.photos': SpotPhotosModel;
  'promotion.typeCode': TypeCodeModel;
  'promotion.twoCodes': TwoCodesModel;
  'promotion.moveCode': MoveCodeModel;
  'promotion.weakPhoto': WeakPhotoModel;
  'promotion.merchant': MerchantFormModel;
  'promotion.summary': SummaryModel;
  'promotion.change': ChangeListModel;
  'promotion.confirmDoubts': ConfirmDoubtsModel;
  'promotion.submitted': SubmittedModel;
  'promotion.discard': DiscardConfirmModel;
  team: TeamModel;
  'team.approve': ApproveAllModel;
  'team.dataNotice': DataNoticeModel;
  'team.failed': FailedModel;
  'team.failedItem': FailedItemModel;
  'team.groups': GroupsModel;
  'team.invite': InviteModel;
  'team.limitNotice': LimitNoticeModel;
  'team.limits': LimitsModel;
  'team.more': object;
  'team.people': PeopleModel;
  'team.poster': PosterModel;
  'team.requests': RequestsModel;
  'team.search': SearchModel;
  'team.tasks': TeamTasksModel;
  'review.day': ResultDayModel;
  'review.mine': MyResultsModel;
  'review.list': ItemListModel;
  'review.item': ItemModel;
  'inspection.home': InspectionHomeModel;
  'inspection.tasks': TaskListModel;
  'inspection.front': ShopFrontModel;
  'inspection.spot': SpotCheckModel;
  'inspection.form': FindingFormModel;
  'inspection.tool': SelectToolModel;
  'inspection.onlyAlipay': OnlyAlipayModel;
  'inspection.payment': PaymentModel;
  'inspection.photo': SendPhotoModel;
  'inspection.summary': InspectionSummaryModel;
  'inspection.change': ChangePartsModel;
  'inspection.submitted': InspectionSubmittedModel;
  'inspection.gone': TaskGoneModel;
  'inspection.findings': FindingsModel;
  'account.request': AccountRequestModel;
  'account.form': AccountFormModel;
  'account.given': AccountGivenModel;
  'review.resubmit': ResubmitModel;
  'review.appeal': AppealModel;
  'review.appealSent': AppealSentModel;
  'review.answer': AppealAnswerModel;
  'review.fraud': FraudSuspectedModel;
  'review.resent': ResentModel;
}

/** The name under which a card's row knows its view. */
export type ViewName = keyof ViewModels;

type Views = { readonly [Name in ViewName]: (model: ViewModels[Name], t: T) => CardView };

const VIEWS: Views = {
  'association.join': joinForm,
  'association.sent': requestSent,
  'association.rejected': rejected,
  'association.request': adminRequest,
  'association.waiting': waiting,
  group: groupBinding,
  digest,
  language,
  menu: productList,
  help,
  line,
  folded: line,
  notice,
  'promotion.intro': productIntro,
  'promotion.policy': policy,
  'promotion.store': storeForm,
  'promotion.details': details,
  'promotion.sameShop': sameShop,
  'promotion.storefront': storefrontPhoto,
  'promotion.spot': spotForm,
  'promotion.photos': spotPhotos,
  'promotion.typeCode': typeCode,
  'promotion.twoCodes': twoCodes,
  'promotion.moveCode': moveCode,
  'promotion.weakPhoto': weakPhoto,
  'promotion.merchant': merchantForm,
  'promotion.summary': summary,
  'promotion.change': changeList,
  'promotion.confirmDoubts': confirmDoubts,
  'promotion.submitted': submitted,
  'promotion.discard': discardConfirm,
  team,
  'team.approve': approveAll,
  'team.dataNotice': dataNotice,
  'team.failed': failed,
  'team.failedItem': failedItem,
  'team.groups': groups,
  'team.invite': invite,
  'team.limitNotice': limitNotice,
  'team.limits': limits,
  'team.more': more,
  'team.people': people,
  'team.poster': poster,
  'team.requests': requests,
  'team.search': search,
  'team.tasks': teamTasks,
  'review.day': resultDay,
  'review.mine': myResults,
  'review.list': itemList,
  'review.item': item,
  'inspection.home': inspectionHome,
  'inspection.tasks': taskList,
  'inspection.front': shopFront,
  'inspection.spot': spotCheck,
  'inspection.form': findingForm,
  'inspection.tool': selectTool,
  'inspection.onlyAlipay': onlyAlipay,
  'inspection.payment': payment,
  'inspection.photo': sendPhoto,
  'inspection.summary': inspectionSummary,
  'inspection.change': changeParts,
  'inspection.submitted': inspectionSubmitted,
  'inspection.gone': taskGone,
  'inspection.findings': findings,
  'account.request': accountRequest,
  'account.form': accountForm,
  'account.given': accountGiven,
  'review.resubmit': resubmit,
  'review.appeal': appeal,
  'review.appealSent': appealSent,
  'review.answer': appealAnswer,
  'review.fraud': fraudSuspected,
  'review.resent': resent,
};

/** Whether a stored name is one of a view. */
export function isViewName(name: string): name is ViewName {
  return Object.hasOwn(VIEWS, name);
}

/** Draws a view: pure, in the language of `t`. */
export function render<Name extends ViewName>(name: Name, model: ViewModels[Name], t: T): CardView {
  return VIEWS[name](model, t);
}
