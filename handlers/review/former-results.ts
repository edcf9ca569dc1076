import { DAY_MS } from '@field/kit/calendar';
import type { EarningTally } from '../../cards/review/former.ts';
import { findIso } from '../../models/isos.ts';
import { itemsSubmittedBy } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import type { FeeState } from '../../src/domain/fee.ts';
import { type Standing, tallyOf } from '../../src/domain/item-standing.ts';
import { isOneOf } from '../../src/domain/who.ts';
import { isPromoted, spotStandings, storeStandings } from './item-model.ts';
import { loadFees } from './load-item.ts';

/** What was submitted so long before they left is counted: as long as they may read it. */
const COUNTED_MS = 180 * DAY_MS;

/** Own results at the ISO that one worked for. */
export async function openFormerResults(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'review.former', subject: { kind: 'person', id: ctx.person.userId } });
}

/** Numbers alone, as they stand now: what was approved and paid goes on, and shops are the ISO's. */
export const loadFormerResults: LoadCard = async (_card, viewer, now, seen) => {
  const { userId, formerIso } = viewer;
  if (formerIso === undefined || !isOneOf(viewer, 'formerly', now)) return OLD_CARD;
  const { isoId, until } = formerIso;
  const submitted = await itemsSubmittedBy(userId, until - COUNTED_MS);
  const items = submitted.filter((item) => item.isoId === isoId && isPromoted(item));
  const [iso, fees] = await Promise.all([findIso(isoId, seen), loadFees(items)]);
  return {
    name: 'review.former',
    model: {
      iso: iso?.name ?? '',
      stores: earning(items, 'STORE', storeStandings(items), fees),
      spots: earning(items, 'SPOT', spotStandings(items), fees),
    },
    version: 0,
  };
};

/** How these stand, and for how many of them there is a fee. */
function earning(
  items: readonly Item[],
  type: Item['itemType'],
  standings: readonly Standing[],
  fees: ReadonlyMap<string, FeeState>,
): EarningTally {
  const earns = ({ itemType, itemRef }: Item): boolean =>
    itemType === type && ['ELIGIBLE', 'CONFIRMED'].includes(fees.get(itemRef) ?? '');
  return { ...tallyOf(standings), feeEligible: items.filter(earns).length };
}
