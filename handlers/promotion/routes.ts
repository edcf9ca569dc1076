import type { StoredDraft } from '../../models/drafts.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { Router } from '../../src/bot/router.ts';
import type { Draft, Outcome, Question } from '../../src/flow/draft.ts';
import * as flow from '../../src/flow/engine.ts';
import { spotStepOf } from '../../src/flow/roles.ts';
import { answerForm, chooseStore, sayingSameShop, takeCaption, takeText } from './answer-draft.ts';
import { type Change, changing, LISTED_DRAFT, OWN_DRAFT, OWN_PROMOTION } from './current-draft.ts';
import { askToDiscard, discardPromotion, submitAnyway, submitPromotion } from './finish-promotion.ts';
import { goBack } from './go-back.ts';
import { partNamed } from './place-name.ts';
import { payAgain } from './save-payments.ts';
import { openPolicy, openProduct, resumePromotion, startPromotion } from './start-promotion.ts';
import { SUBMITTED_PROMOTION, viewSubmitted } from './submitted.ts';

/** Everything about promoting: from a card's action to what it does to the draft. */
export function routePromotion(router: Router): Router {
  return router
    .tap('menu.product', 'staff', openProduct)
    .tap('promotion.policy', 'staff', openPolicy)
    .tap('promotion.start', 'staff', startPromotion)
    .tap('promotion.next', 'staff', startPromotion)
    .answer('promotion.resume', 'staff', LISTED_DRAFT, resumePromotion)
    .answer('promotion.answer', 'staff', OWN_DRAFT, answerForm)
    .answer('promotion.useStore', 'staff', OWN_PROMOTION, chooseStore)
    .answer('promotion.sameStore', 'staff', OWN_DRAFT, sayingSameShop)
    .answer('promotion.otherStore', 'staff', OWN_DRAFT, changing(otherStore))
    .answer('promotion.more', 'staff', OWN_DRAFT, changing(openMore))
    .answer('promotion.open', 'staff', OWN_DRAFT, openPart)
    .answer('promotion.payAgain', 'staff', OWN_PROMOTION, payAgain)
    .answer('promotion.change', 'staff', OWN_DRAFT, changing(openChange))
    .answer('promotion.typeCode', 'staff', OWN_DRAFT, changing(atSpot(openTypeCode)))
    .answer('promotion.skipSpot', 'staff', OWN_DRAFT, changing(atSpot(flow.skipSpot)))
    .answer('promotion.pickCode', 'staff', OWN_DRAFT, changing(pickCode))
    .command('promotion.moveCode', 'staff', OWN_DRAFT, changing(atSpot(flow.moveCode)))
    .answer('promotion.useAnother', 'staff', OWN_DRAFT, changing(atSpot(useAnother)))
    .answer('promotion.keepPhoto', 'staff', OWN_DRAFT, changing(keepPhoto))
    .command('promotion.addSpot', 'staff', OWN_DRAFT, changing(addSpot))
    .command('promotion.removeSpot', 'staff', OWN_DRAFT, changing(removeSpot))
    .answer('promotion.leave', 'staff', OWN_DRAFT, changing(leave))
    .answer('promotion.back', 'staff', OWN_DRAFT, goBack)
    .command('promotion.submit', 'staff', OWN_PROMOTION, submitPromotion)
    .command('promotion.submitAnyway', 'staff', OWN_PROMOTION, submitAnyway)
    .answer('promotion.discard', 'staff', OWN_PROMOTION, askToDiscard)
    .command('promotion.discardSure', 'staff', OWN_PROMOTION, discardPromotion)
    .answer('promotion.view', 'staff', SUBMITTED_PROMOTION, viewSubmitted)
    .text(takeText)
    .caption(takeCaption);
}

const otherStore: Change = (draft) => flow.otherStore(draft);
const openChange: Change = (draft) => flow.open(draft, { kind: 'change' });
const addSpot: Change = (draft) => flow.addSpot(draft);
const removeSpot: Change = (draft, ctx) => flow.removeSpot(draft, ctx.update.params.extra.spot ?? '');
const leave: Change = (draft) => flow.leave(draft);

async function openPart(ctx: TapContext, stored: StoredDraft): Promise<void> {
  const part = partNamed(ctx.update.params.extra.place);
  if (part?.kind === 'payments' && stored.draft.modifies === undefined) return await payAgain(ctx, stored);
  await changing((draft) => (part === undefined ? undefined : flow.open(draft, part)))(ctx, stored);
}

function openMore(draft: Draft): Outcome | undefined {
  const place = flow.placeOf(draft);
  return place.kind === 'form' ? flow.open(draft, { ...place, kind: 'form', part: 'more' }) : undefined;
}

/** Done at the spot where the draft stands. */
function atSpot(act: (draft: Draft, spot: string) => Outcome): Change {
  return (draft) => {
    const place = flow.placeOf(draft);
    return 'spot' in place && place.spot !== undefined ? act(draft, place.spot) : undefined;
  };
}

function openTypeCode(draft: Draft, spot: string): Outcome {
  return flow.open(draft, { kind: 'typeCode', spot });
}

function questionAsked<K extends Question['kind']>(draft: Draft, kind: K): Extract<Question, { kind: K }> | undefined {
  return draft.questions.find((question): question is Extract<Question, { kind: K }> => question.kind === kind);
}

function pickCode(draft: Draft, ctx: TapContext): Outcome | undefined {
  const question = questionAsked(draft, 'twoCodes');
  return question && flow.pickCode(draft, question.photoId, ctx.update.params.extra.code ?? '');
}

function keepPhoto(draft: Draft): Outcome | undefined {
  const question = questionAsked(draft, 'weakPhoto');
  return question && flow.keepPhoto(draft, question.photoId);
}

/** Another code than the one in use, or another photo than the one with two codes. */
function useAnother(draft: Draft, spot: string): Outcome {
  if (questionAsked(draft, 'twoCodes') === undefined) return flow.useAnother(draft, spot);
  return flow.open(draft, { kind: 'photos', step: spotStepOf(draft), spot });
}
