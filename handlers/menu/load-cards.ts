import type { OpenFailures } from '../../cards/menu.ts';
import { openDraftsOf, type StoredDraft } from '../../models/drafts.ts';
import { findIso } from '../../models/isos.ts';
import type { Item } from '../../models/item-rows.ts';
import { adminsOf, type Person } from '../../models/people.ts';
import { flowOf, productsOffered } from '../../models/programme-in-use.ts';
import { countTasksFor } from '../../models/task-lists.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';

import { isOneOf } from '../../src/domain/who.ts';
import { progress } from '../../src/flow/engine.ts';
import { shopName } from '../promotion/job.ts';
import { firstToDo } from '../review/failed-list.ts';
import { nameOf } from '../review/item-model.ts';

import { helpHere } from './help-here.ts';

/** The product list, with what can be resumed on top. */
export const loadMenu: LoadCard = async (_card, viewer, now, seen) => {
  const { userId, isoId } = viewer;
  const [open, failures, inspections, iso] = await Promise.all([
    openDraftsOf(userId),
    openFailures(viewer, now),
    isoId === undefined ? 0 : countTasksFor({ userId, isoId, now }, MOST_COUNTED),
    isoId === undefined ? undefined : findIso(isoId, seen),
  ]);
  const drafts = open.filter(isPromotion).map(({ draftId, product, draft }) => {
    const { step, of } = progress(draft);
    return { draftId, product, shop: shopName(draft), step, of };
  });
  return {
    name: 'menu',
    model: {
      name: viewer.name,
      products: productsOffered(),
      drafts,
      inspections,
      inCharge: isOneOf(viewer, 'supervisor', now),
      failures,
      now,
      timeZone: iso?.timeZone ?? 'UTC',
    },
    version: 0,
  };
};

/** More inspections are said as `9+`. */
const MOST_COUNTED = 10;

/** What puts something right is found by what failed. */
function isPromotion({ draft }: StoredDraft): boolean {
  return draft.modifies === undefined;
}

/** Of more it is not said whether they are spots alone. */
const LOOKED_AT = 10;

/** What failed and waits for the person, by its most urgent. */
async function openFailures({ userId }: Person, now: number): Promise<OpenFailures | undefined> {
  const { count, first } = await firstToDo(userId, now, LOOKED_AT);
  const [urgent] = first;
  if (urgent === undefined) return undefined;
  return {
    count,
    onlySpots: count <= LOOKED_AT && areSpots(first),
    itemRef: urgent.itemRef,
    itemName: nameOf(urgent),
    deadlineAt: urgent.deadlineAt,
  };
}

/** Whether as many spots failed as things did: one may have failed with what stands there. */
function areSpots(items: readonly Item[]): boolean {
  const spots = new Set(items.map(({ itemType, spotId }) => (itemType === 'STORE' ? undefined : spotId)));
  return spots.size === items.length && !spots.has(undefined);
}

export const loadHelp: LoadCard = async (_card, viewer, now, seen) => {
  const { isoId } = viewer;
  const [admins, iso, here] = await Promise.all(
    isoId === undefined ? [[], undefined, undefined] : [adminsOf(isoId), findIso(isoId, seen), helpHere(viewer, now)],
  );
  const former = isOneOf(viewer, 'formerly', now);
  // an admin asks another
  const admin = admins.find(({ userId }) => userId !== viewer.userId) ?? admins[0];
  const canAsk = admin !== undefined && admin.userId !== viewer.userId;
  return { name: 'help', model: { admin: admin?.name, canAsk, former, iso: iso?.name, here }, version: 0 };
};

/** *Photo tips*: with every example of what can be promoted. */
export const loadPhotoTips: LoadCard = async () => {
  const slots = productsOffered()
    .flatMap((product) => flowOf(product).steps)
    .flatMap((step) => step.slots);
  const named = new Map(slots.flatMap(({ name, example }) => (example === undefined ? [] : [[example, name]])));
  return {
    name: 'help.photos',
    model: { examples: [...named].map(([example, slot]) => ({ slot, example })) },
    version: 0,
  };
};
