import type { MessageContext, TapContext } from '../../src/bot/context.ts';
import type { Router } from '../../src/bot/router.ts';
import type { Draft, Outcome, Question } from '../../src/flow/draft.ts';
import * as flow from '../../src/flow/engine.ts';
import { showMenu } from '../menu/menu.ts';
import { answerForm, chooseStore, takeText } from './answer-draft.ts';
import { answering, commanding, draftInHand, gone, saveDraft, showDraft, tappedDraft } from './current-draft.ts';
import { askToDiscard, discardPromotion, submitAnyway, submitPromotion } from './finish-promotion.ts';
import { partNamed } from './place-name.ts';
import { openPolicy, openProduct, resumePromotion, startPromotion } from './start-promotion.ts';
import { viewSubmitted } from './submitted.ts';

/** Everything about promoting: from a card's action to what it does to the draft. */
export function routePromotion(router: Router): Router {
  return router
    .tap('menu.product', 'staff', openProduct)
    .tap('promotion.policy', 'staff', openPolicy)
    .tap('promotion.start', 'staff', startPromotion)
    .tap('promotion.next', 'staff', startPromotion)
    .tap('promotion.resume', 'staff', resumePromotion)
    .tap('promotion.answer', 'staff', answerForm)
    .tap('promotion.useStore', 'staff', chooseStore)
    .tap(
      'promotion.sameStore',
      'staff',
      answering((draft, ctx) => flow.sameStore(draft, ctx.update.params.extra.store ?? '')),
    )
    .tap(
      'promotion.otherStore',
      'staff',
      answering((draft) => flow.otherStore(draft)),
    )
    .tap('promotion.more', 'staff', answering(openMore))
    .tap('promotion.open', 'staff', answering(openPart))
    .tap(
      'promotion.change',
      'staff',
      answering((draft) => flow.open(draft, { kind: 'change' })),
    )
    .tap(
      'promotion.typeCode',
      'staff',
      answering((draft) => atSpot(draft, (spot) => flow.open(draft, { kind: 'typeCode', spot }))),
    )
    .tap(
      'promotion.skipSpot',
      'staff',
      answering((draft) => atSpot(draft, (spot) => flow.skipSpot(draft, spot))),
    )
    .tap('promotion.pickCode', 'staff', answering(pickCode))
    .tap(
      'promotion.moveCode',
      'staff',
      commanding((draft) => atSpot(draft, (spot) => flow.moveCode(draft, spot))),
    )
    .tap(
      'promotion.useAnother',
      'staff',
      answering((draft) => atSpot(draft, (spot) => useAnother(draft, spot))),
    )
    .tap('promotion.keepPhoto', 'staff', answering(keepPhoto))
    .tap(
      'promotion.addSpot',
      'staff',
      commanding((draft) => flow.addSpot(draft)),
    )
    .tap(
      'promotion.removeSpot',
      'staff',
      commanding((draft, ctx) => flow.removeSpot(draft, ctx.update.params.extra.spot ?? '')),
    )
    .tap(
      'promotion.leave',
      'staff',
      answering((draft) => flow.leave(draft)),
    )
    .tap('promotion.back', 'staff', goBack)
    .tap('promotion.submit', 'staff', submitPromotion)
    .tap('promotion.submitAnyway', 'staff', submitAnyway)
    .tap('promotion.discard', 'staff', askToDiscard)
    .tap('promotion.discardSure', 'staff', discardPromotion)
    .tap('promotion.view', 'staff', viewSubmitted)
    .text(takeText);
}

function openPart(draft: Draft, ctx: TapContext): Outcome | undefined {
  const part = partNamed(ctx.update.params.extra.place);
  return part === undefined ? undefined : flow.open(draft, part);
}

function openMore(draft: Draft): Outcome | undefined {
  const place = flow.placeOf(draft);
  return place.kind === 'form' ? flow.open(draft, { ...place, kind: 'form', part: 'more' }) : undefined;
}

function atSpot(draft: Draft, act: (spot: string) => Outcome): Outcome | undefined {
  const place = flow.placeOf(draft);
  return 'spot' in place && place.spot !== undefined ? act(place.spot) : undefined;
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
  return flow.open(draft, { kind: 'photos', step: 'spots', spot });
}

/** One step back; from the first card of a promotion, to the menu. */
async function goBack(ctx: TapContext): Promise<void> {
  const stored = await tappedDraft(ctx);
  if (stored === undefined) return gone(ctx);
  const beside = ctx.card?.view !== 'promotion';
  const { draft } = beside ? stored : flow.back(stored.draft);
  if (!beside && draft === stored.draft) return showMenu(ctx);
  await saveDraft(ctx, stored, draft);
  await showDraft(ctx, stored.draftId);
}

/** The word `back`, while a promotion stands on the working card: one step back in it, from its first card to the menu. */
export async function sayBackInPromotion(ctx: MessageContext): Promise<void> {
  const stored = await draftInHand(ctx);
  if (stored === undefined) return showMenu(ctx);
  const { draft } = flow.back(stored.draft);
  if (draft === stored.draft) return showMenu(ctx);
  await saveDraft(ctx, stored, draft);
  await showDraft(ctx, stored.draftId);
}
