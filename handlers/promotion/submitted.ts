import { DAY_MS } from '@field/kit/calendar';
import { bindingsOfSpots, shortOf } from '../../models/bindings.ts';
import type { Card } from '../../models/cards.ts';
import { findIso, isoFrom } from '../../models/isos.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItems, posmRef } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import { flowOf } from '../../models/programme-in-use.ts';
import { findPromotion, type Promotion } from '../../models/promotions.ts';
import { spotsOfPromotion } from '../../models/spots.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { TapSubject } from '../../src/bot/tap-subject.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import type { FlowDefinition } from '../../src/domain/flows/definition.ts';
import { standingOf } from '../../src/domain/item-standing.ts';
import type { ReviewState } from '../../src/domain/review-state.ts';
import { shortOf as shortOfAll } from '../../src/flow/codes-at.ts';
import { hasCodes } from '../../src/flow/definition.ts';
import { fieldThatIs } from '../../src/flow/roles.ts';
import { showMenu } from '../menu/menu.ts';

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

/** `View`: the submitted promotion with every spot and code, below its record. */
export function viewSubmitted(ctx: TapContext, { promotionId }: Promotion): void {
  ctx.show({ view: 'promotion.opened', subject: { kind: 'promotion', id: promotionId } });
}

/** A submitted promotion as its record says it; `opened` with every spot and what stands there. */
export async function loadSubmitted(card: Card, viewer: Person, opened = false): ReturnType<LoadCard> {
  const { id } = card.subject;
  const [promotion, spots, own] = await Promise.all([
    findPromotion(id),
    spotsOfPromotion(id),
    findIso(viewer.isoId ?? ''),
  ]);
  if (promotion === undefined || !isBy(viewer, promotion)) return OLD_CARD;
  const flow = flowOf(promotion.product);
  const spotIds = spots.map(({ spotId }) => spotId);
  const [iso, bindings, items] = await Promise.all([
    isoFrom(own, promotion.isoId),
    bindingsOfSpots(spotIds),
    findItems(spotIds.flatMap((spotId) => [spotId, posmRef(spotId)])),
  ]);
  const codeAt = (spotId: string): string => {
    const there = bindings.filter((binding) => binding.spotId === spotId);
    const active = there.filter(({ state }) => state === 'ACTIVE');
    return shortOfAll((active.length > 0 ? active : there.slice(0, 1)).map((one) => ({ short: shortOf(one) }))) ?? '';
  };
  return {
    name: 'promotion.submitted',
    model: {
      number: promotion.number,
      shop: promotion.storeName,
      product: promotion.product,
      spots: spots.map(({ spotId, spotType, number, posmForm, quantity }) => ({
        spot: { spotType, number },
        stands: hasCodes(flow) ? { codeEnd: codeAt(spotId) } : { quantity, kind: kindOf(flow, posmForm) },
        ...decided(items.filter((item) => item.spotId === spotId)),
      })),
      // data is one day late (the guide)
      resultsFrom: promotion.submittedAt + DAY_MS,
      timeZone: iso?.timeZone ?? 'UTC',
      opened,
    },
    version: promotion.version,
  };
}

function kindOf(flow: FlowDefinition, value: string | undefined) {
  const field = fieldThatIs({ flow }, 'posmForm')?.field;
  return field === undefined || value === undefined ? undefined : { field, value };
}

/** How a spot stands once something was decided: as it does itself, unless only what stands there failed. */
function decided(items: readonly Item[]): { state?: ReviewState | undefined } {
  const spot = items.find(({ itemType }) => itemType === 'SPOT');
  const failed = [spot, ...items].find((item) => item !== undefined && standingOf(item.state) === 'failed');
  const { state = 'PENDING' } = failed ?? spot ?? {};
  return state === 'PENDING' ? {} : { state };
}
