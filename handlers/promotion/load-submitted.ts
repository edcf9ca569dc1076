import { bindingsOfSpots } from '../../models/bindings.ts';
import type { Card } from '../../models/cards.ts';
import { findIso } from '../../models/isos.ts';
import type { Person } from '../../models/people.ts';
import { findPromotion } from '../../models/promotions.ts';
import { spotsOfPromotion } from '../../models/spots.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import { isPosmForm } from '../../src/domain/posm-form.ts';
import { isSpotType } from '../../src/domain/spot-label.ts';

const DAY_MS = 24 * 3_600_000;

/** A submitted promotion as its record says it; `opened` with every spot and what stands there. */
export async function loadSubmitted(card: Card, viewer: Person, opened = false): ReturnType<LoadCard> {
  const promotion = await findPromotion(card.subject.id);
  if (promotion?.staffId !== viewer.userId) return { name: 'notice', model: { kind: 'oldCard' }, version: 0 };
  const iso = await findIso(promotion.isoId);
  const spots = await spotsOfPromotion(promotion.promotionId);
  const bindings = await bindingsOfSpots(spots.map(({ spotId }) => spotId));
  return {
    name: 'promotion.submitted',
    model: {
      number: promotion.number,
      shop: promotion.storeName,
      product: promotion.product,
      spots: spots.map(({ spotId, spotType, number, posmForm, quantity }) => ({
        spot: { spotType: isSpotType(spotType) ? spotType : 'CASHIER_COUNTER', number },
        stands: isPosmForm(posmForm)
          ? { posmForm, quantity }
          : { codeEnd: bindings.find((binding) => binding.spotId === spotId)?.codeId.slice(-4) ?? '' },
      })),
      // data is one day late (the guide)
      resultsFrom: promotion.submittedAt + DAY_MS,
      timeZone: iso?.timeZone ?? 'UTC',
      ...(opened && { opened }),
    },
    version: promotion.version,
  };
}
