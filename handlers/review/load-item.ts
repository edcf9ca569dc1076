import type { Happening } from '../../cards/review/history.ts';
import type { ItemModel } from '../../cards/review/item.ts';
import { type Appeal, latestAppealOf } from '../../models/appeals.ts';
import { bindingsOfSpots } from '../../models/bindings.ts';
import { findIso, isoFrom } from '../../models/isos.ts';
import { type Item, readUnder } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import { namesOf, type Person } from '../../models/people.ts';
import { photosAt } from '../../models/place-photos.ts';
import { programmeAt } from '../../models/programme-in-use.ts';
import type { Reads } from '../../models/single-write.ts';
import { findSpot } from '../../models/spots.ts';
import { findStore } from '../../models/stores.ts';
import { submissionTimes } from '../../models/submissions.ts';
import { itemsAndUnbound } from '../../models/unbound-spots.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { submissionKey } from '../../src/daily/submission-line.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import type { FeeState } from '../../src/domain/fee.ts';
import { feesOf } from '../../src/domain/item-fees.ts';
import { openRemedies, stateAt } from '../../src/domain/item-standing.ts';
import { type Reason, saidOf } from '../../src/domain/reasons.ts';
import { type SlotName, slotOf } from '../../src/flow/definition.ts';
import { feeForApproved } from '../../src/programme/fee-of.ts';
import type { VersionedProgramme } from '../../src/programme/versioned-programme.ts';
import { answerDue } from './answer-due.ts';
import { mayRead, showItem } from './item-at-hand.ts';
import { isPromoted, isStillOpen, nameOf } from './item-model.ts';
import { photosOfItem, saysOfItem } from './item-says.ts';
import { reasonsOfItem } from './reasons-of-item.ts';

/** `Fix Door`, or a row of a list. */
export function openItem(ctx: TapContext, item: Item): void {
  showItem(ctx, item);
}

/** `What happened`. */
export function openHistory(ctx: TapContext, { itemRef }: Item): void {
  ctx.show({ view: 'review.history', subject: { kind: 'item', id: itemRef } });
}

/** `See photos`: the same with all that was sent of it in one picture. */
export function openPhotos(ctx: TapContext, { itemRef }: Item): void {
  ctx.show({ view: 'review.photos', subject: { kind: 'item', id: itemRef } });
}

/** In the words that it was made under: a store, spot or POSM and how its review stands, for whoever did it or has it in hand; `opened` with what happened, or with its photos. */
export async function loadItem(
  itemRef: string,
  viewer: Person,
  now: number,
  { opened, seen }: { readonly opened?: 'history' | 'photos' | undefined; readonly seen?: Reads | undefined } = {},
): ReturnType<LoadCard> {
  // with whatever is asked next, where the item is known
  const [appealing, ownIso] = [latestAppealOf(itemRef), findIso(viewer.isoId ?? '', seen)];
  for (const asked of [appealing, ownIso]) asked.catch(() => undefined);
  const item = await findItem(itemRef, seen);
  if (item === undefined || !mayRead(viewer, item) || !isPromoted(item)) return OLD_CARD;
  const { judgement, deadlineAt } = item;
  const [reasons, programme] = await Promise.all([reasonsOfItem(item), programmeAt(readUnder(item))]);
  const remedies = openRemedies(item, now, reasons[0]?.remedy);
  const sending = sentOfItem(item, seen);
  const [appeal, iso, photo, fees, others, sent, photos, history] = await Promise.all([
    appealing,
    ownIso.then((own) => isoFrom(own, item.isoId, seen)),
    remedies.length > 0 ? photoInQuestion(item) : undefined,
    loadFees([item]),
    othersOf(item, viewer, now),
    sending,
    opened === 'photos' ? sending.then((sent) => photosOfItem(item, sent)) : undefined,
    opened === 'history' ? happeningsOf(item, appealing, reasons, programme) : undefined,
  ]);
  const state = stateAt(item, now, appeal?.state === 'DRAFT');
  const filed = state === 'APPEALING' && appeal?.state === 'FILED' ? appeal : undefined;
  const answerBy = filed && (await answerDue(filed, iso));
  return {
    name: 'review.item',
    model: {
      name: nameOf(item),
      state,
      revision: item.revision,
      submittedAt: item.submittedAt,
      reasons: saidOf(reasons),
      remedies,
      now,
      timeZone: iso?.timeZone ?? 'UTC',
      fee: fees.get(item.itemRef) ?? 'NOT_ELIGIBLE',
      feeKind: feeForApproved(programme.programme, sent.shop?.countryRegion ?? ''),
      words: judgement?.text === undefined ? undefined : { text: judgement.text, language: judgement.language },
      deadlineAt,
      appeal: state === 'APPEALING' ? stageOf(appeal) : undefined,
      answerBy,
      photo,
      examples: examplesOf(reasons),
      ...others,
      history,
      says: saysOfItem(item, sent, programme),
      decided: decision(item)[0],
      photos,
    },
    programme,
    version: item.version,
  };
}

/** And the shop of the item, where it is what somebody said besides of one that a colleague has approved. */
async function sentOfItem({ itemRef, itemType, storeId, spotId }: Item, seen: Reads | undefined) {
  const [shop, own, spot, bindings] = await Promise.all([
    findStore(storeId, seen),
    itemType === 'STORE' && itemRef !== storeId ? findStore(itemRef, seen) : undefined,
    spotId === undefined ? undefined : findSpot(spotId, seen),
    spotId === undefined ? [] : bindingsOfSpots([spotId], seen),
  ]);
  return { shop, store: own ?? shop, spot, bindings };
}

/** Of the first reason that has any. */
export function examplesOf(reasons: readonly Reason[]): Reason['examples'] | undefined {
  return reasons.find(({ examples }) => examples.good !== undefined || examples.bad !== undefined)?.examples;
}

/** Who else did it, or has what is still to be done about it in hand. */
async function othersOf(
  item: Item,
  { userId }: Person,
  now: number,
): Promise<Pick<ItemModel, 'promotedBy' | 'inHandOf'>> {
  const { staffId, ownerId = '' } = item;
  const names = await namesOf([staffId, ownerId].filter((id) => id !== '' && id !== userId));
  const isOpen = isStillOpen(item, now);
  return {
    promotedBy: staffId === userId ? undefined : (names.get(staffId) ?? ''),
    inHandOf: ownerId === userId || !isOpen ? undefined : (names.get(ownerId) ?? ''),
  };
}

function stageOf(appeal: Appeal | undefined): 'draft' | 'filed' {
  return appeal?.state === 'DRAFT' ? 'draft' : 'filed';
}

/** What is earned for these items, by `itemRef`. It hangs on everything in their stores, whoever promoted it. */
export async function loadFees(items: readonly Item[]): Promise<ReadonlyMap<string, FeeState>> {
  const { items: all, unbound } = await itemsAndUnbound([...new Set(items.map(({ storeId }) => storeId))]);
  return feesOf(all, unbound);
}

/** The photo that the first reason which is about one asks for again. */
export async function photoInQuestion(item: Item): Promise<ItemModel['photo']> {
  const [reasons, sent] = await Promise.all([reasonsOfItem(item), photosAt(item)]);
  const asked = reasons.flatMap(({ asks }) => asks);
  const photo = asked.map((part) => sent?.photos.find(({ slot }) => slot === part)).find((one) => one !== undefined);
  if (photo?.contentHash === undefined) return undefined;
  const { slot, contentHash: sha256 } = photo;
  return { sha256, slot, example: exampleOf(item, slot, await programmeAt(readUnder(item))) };
}

/** The picture that shows how it should be, of the item's product as it was made; of a store, whichever product shows it. */
function exampleOf({ product }: Item, slot: SlotName, by: VersionedProgramme): string | undefined {
  const products = product === undefined ? by.programme.products.map(({ id }) => id) : [product];
  const flows = products.map((one) => by.flowOf(one));
  const slots = flows.flatMap(({ steps }) => steps.flatMap((step) => slotOf(step, slot) ?? []));
  return slots.find(({ example }) => example !== undefined)?.example;
}

/** What happened to an item, oldest first: each time it was sent, the last decision, its appeal; then the policy's clauses. */
async function happeningsOf(
  item: Item,
  appealing: Promise<Appeal | undefined>,
  reasons: readonly Reason[],
  programme: VersionedProgramme,
): Promise<readonly Happening[]> {
  const [sent, appeal] = await Promise.all([timesSent(item), appealing]);
  const happened = [...sent, ...decision(item), ...appealed(appeal)];
  return [...happened.sort((one, other) => one.at - other.at), ...policies(item, reasons, programme)];
}

type Dated = Exclude<Happening, { what: 'policy' }>;

async function timesSent({ itemRef, revision }: Item): Promise<Dated[]> {
  const revisions = Array.from({ length: revision }, (_, index) => index + 1);
  const times = await submissionTimes(revisions.map((one) => submissionKey(itemRef, one)));
  return revisions.flatMap((one) => {
    const at = times.get(submissionKey(itemRef, one));
    return at === undefined ? [] : [{ what: 'sent' as const, at, revision: one }];
  });
}

function decision({ judgement }: Item): Dated[] {
  switch (judgement?.decision) {
    case 'APPROVED':
      return [{ what: 'approved', at: judgement.decidedAt }];
    case 'REJECTED':
      return [{ what: 'failed', at: judgement.decidedAt }];
    case 'INVALIDATED':
      return [{ what: 'invalidated', at: judgement.decidedAt }];
    default:
      return [];
  }
}

function appealed(appeal: Appeal | undefined): Dated[] {
  if (appeal?.filedAt === undefined) return [];
  const sent: Dated = { what: 'appealSent', at: appeal.filedAt };
  if (appeal.decidedAt === undefined) return [sent];
  return [sent, { what: appeal.state === 'ACCEPTED' ? 'appealAccepted' : 'appealDenied', at: appeal.decidedAt }];
}

/** As they were numbered and worded when it was made. */
function policies(
  { judgement, product = '' }: Item,
  reasons: readonly Reason[],
  programme: VersionedProgramme,
): Happening[] {
  if (judgement === undefined || judgement.decision === 'APPROVED') return [];
  const named = reasons.flatMap(({ clauses }) => clauses);
  const { clauses } = programme.flowOf(product);
  return [...new Set(named)]
    .filter((clause) => clauses.includes(clause))
    .map((clause) => ({ what: 'policy', clause, product }));
}
