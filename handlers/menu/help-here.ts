import type { HelpHere, HelpWants } from '../../cards/help.ts';
import { findDraft } from '../../models/drafts.ts';
import type { Person } from '../../models/people.ts';
import type { Reads } from '../../models/single-write.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { isHeld } from '../../src/flow/definition.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { placeOf } from '../../src/flow/engine.ts';
import { placeOf as placeInInspection } from '../../src/inspection/place.ts';
import { spotIn, spotsToInspect } from '../inspection/inspected-shop.ts';
import { isOpen, isTheirs, withAssignment } from '../inspection/task-at-hand.ts';
import { isNamed, labelOf, shopName } from '../promotion/job.ts';
import { ownAppeal } from '../review/appeal-at-hand.ts';

/** What the work in hand of this person waits for; undefined where nothing is in hand, or it can go on no more. */
export async function helpHere(
  { currentWork, ...viewer }: Person,
  now: number,
  tx?: Reads,
): Promise<HelpHere | undefined> {
  if (currentWork?.kind === 'draft') return await hereInDraft(currentWork.id, viewer, tx);
  if (currentWork?.kind === 'inspection') return await hereInInspection(currentWork.id, viewer, now, tx);
  if (currentWork?.kind === 'appeal') return await hereInAppeal(currentWork.id, viewer, now, tx);
  return undefined;
}

async function hereInDraft(
  draftId: string,
  { userId }: Pick<Person, 'userId'>,
  tx?: Reads,
): Promise<HelpHere | undefined> {
  const stored = await findDraft(draftId, tx);
  if (stored?.ownerId !== userId || stored.state !== 'OPEN' || isHeld(stored.draft)) return undefined;
  const { draft } = stored;
  const place = placeOf(draft);
  const at = 'spot' in place ? place.spot : undefined;
  return {
    shop: shopName(draft),
    spot: at !== undefined && isNamed(draft, at) ? labelOf(draft, at) : undefined,
    wants: wantsOfDraft(draft),
    // what puts something right is found by what failed
    goOn: draft.modifies === undefined ? { draft: draftId } : { item: draft.modifies.itemRef },
  };
}

function wantsOfDraft(draft: Draft): HelpWants {
  const place = placeOf(draft);
  switch (place.kind) {
    case 'photo':
      return { kind: 'photos', product: draft.flow.product, slots: place.wanted };
    case 'form':
      return { kind: 'form', step: place.step };
    case 'typeCode':
      return { kind: 'code' };
    case 'question':
      return { kind: 'choice' };
    case 'payments':
      return { kind: 'payments' };
    case 'change':
    case 'summary':
      return { kind: 'check' };
  }
}

async function hereInInspection(
  taskId: string,
  viewer: Pick<Person, 'userId' | 'isoId'>,
  now: number,
  tx?: Reads,
): Promise<HelpHere | undefined> {
  const found = await withAssignment(taskId, tx);
  if (found === undefined || !isTheirs(found.task, viewer) || !(await isOpen(found.task, now, tx))) return undefined;
  const { task, assignment } = found;
  const place = placeInInspection(task.inspection, assignment);
  const known = 'spotRef' in place ? spotIn(await spotsToInspect(task, tx), place.spotRef).spot : undefined;
  return { shop: task.storeName, spot: known?.label, wants: { kind: WANTS[place.kind] }, goOn: { task: taskId } };
}

async function hereInAppeal(
  appealId: string,
  viewer: Pick<Person, 'userId' | 'isoId'>,
  now: number,
  tx?: Reads,
): Promise<HelpHere | undefined> {
  const own = await ownAppeal(appealId, viewer, tx);
  if (own === undefined || own.appeal.state !== 'DRAFT' || stateAt(own.item, now, true) !== 'APPEALING')
    return undefined;
  const { itemRef, shop } = own.item;
  return { shop, wants: { kind: 'appeal' }, goOn: { item: itemRef } };
}

const WANTS: Readonly<
  Record<ReturnType<typeof placeInInspection>['kind'], Exclude<HelpWants['kind'], 'photos' | 'form'>>
> = {
  store: 'front',
  differs: 'reason',
  spot: 'spotPhoto',
  problem: 'reason',
  cannot: 'reason',
  cannotPhoto: 'cannotPhoto',
  tool: 'payments',
  onlyAlipay: 'choice',
  payment: 'payments',
  paymentPhoto: 'paymentPhoto',
  change: 'check',
  summary: 'check',
};
