import { DAY_MS } from '@field/kit/calendar';
import type { SubmittedModel } from '../../cards/promotion/submitted.ts';
import { bindingsOfSpots } from '../../models/bindings.ts';
import type { Card } from '../../models/cards.ts';
import { findIso, isoFrom } from '../../models/isos.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItems, posmRef } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import { contentHashesOf } from '../../models/photos.ts';
import { FIRST_VERSION, programmeAt } from '../../models/programme-in-use.ts';
import { findPromotion, type Promotion } from '../../models/promotions.ts';
import type { Seen } from '../../models/read-ahead.ts';
import { type Spot, spotsOfPromotion } from '../../models/spots.ts';
import { findStore, type Store, versionBy } from '../../models/stores.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { TapSubject } from '../../src/bot/tap-subject.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { standingOf } from '../../src/domain/item-standing.ts';
import type { ReviewState } from '../../src/domain/review-state.ts';
import type { FlowDefinition, StepDefinition } from '../../src/flow/definition.ts';
import { showMenu } from '../menu/menu.ts';
import { codeEndAt } from './code-end.ts';
import { saysOfSpot, saysOfStep, sentAt } from './part-says.ts';
import { spotAnswers, storeAnswers } from './store-answers.ts';

/** A promotion that this person began, or submitted for a colleague. */
export const SUBMITTED_PROMOTION: TapSubject<Promotion> = {
  async load({ update, tx }) {
    const { subject } = update.params;
    return subject?.kind === 'promotion' ? await findPromotion(subject.id, tx) : undefined;
  },
  mayUse: isBy,
  refuse: (ctx) => showMenu(ctx, { key: 'line.gone' }),
};

function isBy({ userId }: Pick<Person, 'userId'>, { staffId, submittedBy }: Promotion): boolean {
  return staffId === userId || submittedBy === userId;
}

/** `See photos`: the submitted promotion with all its photos in one picture, below its record. */
export function viewSubmitted(ctx: TapContext, { promotionId }: Promotion): void {
  ctx.show({ view: 'promotion.opened', subject: { kind: 'promotion', id: promotionId } });
}

/** A submitted promotion as its record says it; `opened` with its photos. */
export async function loadSubmitted(card: Card, viewer: Person, opened = false, seen?: Seen): ReturnType<LoadCard> {
  const { id } = card.subject;
  // nothing waits for what it does not hang on
  const finding = findPromotion(id, seen);
  const sending = spotsOfPromotion(id, seen);
  const shopping = finding.then((found) => found && shopAsSaid(found, seen));
  const [promotion, own, spots, { bindings, items }, store, hashes] = await Promise.all([
    finding,
    findIso(viewer.isoId ?? '', seen),
    sending,
    sending.then((some) => standingAt(some, seen)),
    shopping,
    opened ? Promise.all([shopping, sending]).then(hashesOf) : undefined,
  ]);
  if (promotion === undefined || !isBy(viewer, promotion)) return OLD_CARD;
  const iso = await isoFrom(own, promotion.isoId);
  // all of it was submitted under one version: a spot's, since the store's may be that of another promotion
  const [made = FIRST_VERSION] = items.flatMap((item) => (item.spotId === undefined ? [] : [item.programme]));
  const programme = await programmeAt(made);
  const flow = programme.flowOf(promotion.product);
  return {
    name: 'promotion.submitted',
    model: {
      number: promotion.number,
      shop: promotion.storeName,
      product: promotion.product,
      parts: flow.steps.flatMap((step): SubmittedModel['parts'] => {
        if (!step.repeats) return store === undefined ? [] : partsOfStore(flow, step, store);
        return spots.map((spot) => ({
          part: { kind: 'spot', spot: { spotType: spot.spotType, number: spot.number } },
          says: saysOfSpot(
            step,
            { answers: spotAnswers(flow, spot), codeEnd: codeEndAt(flow, bindings, spot.spotId) },
            sentAt(spot.photos),
          ),
          ...decided(items.filter((item) => item.spotId === spot.spotId)),
        }));
      }),
      // data is one day late (the guide)
      resultsFrom: promotion.submittedAt + DAY_MS,
      timeZone: iso?.timeZone ?? 'UTC',
      photos: hashes,
    },
    programme,
    version: promotion.version,
  };
}

/** Its shop as its author said it, of one that a colleague has promoted too. */
async function shopAsSaid({ storeId, staffId }: Promotion, seen?: Seen): Promise<Store | undefined> {
  const [shop, ownVersion] = await Promise.all([findStore(storeId, seen), versionBy(staffId, storeId, seen)]);
  return ownVersion ?? shop;
}

/** Which codes stand there, and how all of it is reviewed. */
async function standingAt(spots: readonly Spot[], seen?: Seen) {
  const spotIds = spots.map(({ spotId }) => spotId);
  const [bindings, items] = await Promise.all([
    bindingsOfSpots(spotIds, seen),
    findItems(
      spotIds.flatMap((spotId) => [spotId, posmRef(spotId)]),
      seen,
    ),
  ]);
  return { bindings, items };
}

function partsOfStore(flow: FlowDefinition, step: StepDefinition, store: Store): SubmittedModel['parts'] {
  const { form, photos } = saysOfStep(step, storeAnswers(flow, store)[step.id] ?? {}, sentAt(store.photos));
  const [only, ...others] = step.slots.filter(({ required }) => required);
  const ofPhotos =
    only === undefined || others.length > 0
      ? ({ kind: 'photos' } as const)
      : ({ kind: 'photo', slot: only.name } as const);
  return [
    ...(form.length === 0 ? [] : [{ part: { kind: 'step', step: step.id }, says: form } as const]),
    ...(photos.length === 0 ? [] : [{ part: ofPhotos, says: photos }]),
  ];
}

async function hashesOf([store, spots]: readonly [Store | undefined, readonly Spot[]]): Promise<readonly string[]> {
  const photos = [...(store?.photos ?? []), ...spots.flatMap((spot) => spot.photos)];
  const hashes = await contentHashesOf(photos.map(({ photoId }) => photoId));
  return photos.flatMap(({ photoId }) => hashes.get(photoId) ?? []);
}

/** How a spot stands once something was decided: as it does itself, unless only what stands there failed. */
function decided(items: readonly Item[]): { state?: ReviewState | undefined } {
  const spot = items.find(({ itemType }) => itemType === 'SPOT');
  const failed = [spot, ...items].find((item) => item !== undefined && standingOf(item.state) === 'failed');
  const { state = 'PENDING' } = failed ?? spot ?? {};
  return state === 'PENDING' ? {} : { state };
}
