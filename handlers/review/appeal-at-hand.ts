import { type Appeal, findAppeal, latestAppealOf } from '../../models/appeals.ts';
import type { CardLine } from '../../models/cards.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import type { Reads } from '../../models/single-write.ts';
import type { Context } from '../../src/bot/context.ts';
import type { VersionedSubject } from '../../src/bot/tap-subject.ts';
import { isOpenAppeal } from '../../src/domain/appeal-state.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { showMenu } from '../menu/menu.ts';
import { setCurrentWork } from '../photos/current-work.ts';
import type { Asking } from '../photos/photo-work.ts';
import { showItem } from './item-at-hand.ts';
import { whyNotNow } from './item-model.ts';

export interface AppealedItem {
  readonly appeal: Appeal;
  readonly item: Item;
}

/** An appeal with its item, if both are in this person's hands, in the ISO that they work for. */
export async function ownAppeal(
  found: Appeal | string | undefined,
  person: Pick<Person, 'userId' | 'isoId'>,
  tx?: Reads,
): Promise<AppealedItem | undefined> {
  const own = await withItem(typeof found === 'string' ? await findAppeal(found, tx) : found, tx);
  return own && isOwn(person, own) ? own : undefined;
}

/** An appeal with its item, whoever's they are. */
export async function appealedItem(appealId: string, tx?: Reads): Promise<AppealedItem | undefined> {
  return await withItem(await findAppeal(appealId, tx), tx);
}

/** The appeal while it is being written, in time, whoever has it in hand. */
export async function writtenAppeal(
  { now, tx }: Pick<Asking, 'now' | 'tx'>,
  appealId: string,
): Promise<Appeal | undefined> {
  const found = await appealedItem(appealId, tx);
  if (found === undefined || found.appeal.state !== 'DRAFT') return undefined;
  return stateAt(found.item, now, true) === 'APPEALING' ? found.appeal : undefined;
}

/** The appeal is what the person works on now: photos go to it. */
export async function showAppeal(
  ctx: Context,
  { appealId }: Pick<Appeal, 'appealId'>,
  view: 'review.appeal' | 'review.appealWhy' = 'review.appeal',
  line?: CardLine,
): Promise<void> {
  const subject = { kind: 'appeal', id: appealId } as const;
  await setCurrentWork(ctx, subject);
  ctx.show({ view, subject, line });
}

/** The appeal that a card is about, while it is in this person's hands, is being written and is in time. */
export const OWN_APPEAL: VersionedSubject<AppealedItem> = {
  async load({ update, tx }) {
    const { subject } = update.params;
    return subject?.kind === 'appeal' ? await withItem(await findAppeal(subject.id, tx), tx) : undefined;
  },
  mayUse: isOwn,
  isOpen: ({ now }, found) =>
    found.appeal.state === 'DRAFT' && isOfNow(found) && stateAt(found.item, now, true) === 'APPEALING',
  versionOf: ({ appeal }) => appeal.version,
  async refuse(ctx, refusal) {
    if (refusal.why === 'gone' || refusal.why === 'foreign') return showMenu(ctx, { key: 'line.gone' });
    const { appeal, item } = refusal.subject;
    if (refusal.why === 'stale') return await showAppeal(ctx, appeal);
    showItem(ctx, item, appeal.state === 'FILED' ? { key: 'appeal.frozen' } : whyNotNow(item, ctx.now));
  },
};

/** An open appeal of this person, on a card about it or about its item. */
export const OPEN_APPEAL: VersionedSubject<AppealedItem & { readonly version: number }> = {
  async load(ctx) {
    const { subject } = ctx.update.params;
    if (subject?.kind !== 'item') {
      const found = await OWN_APPEAL.load(ctx);
      return found && { ...found, version: found.appeal.version };
    }
    const found = await withItem(await latestAppealOf(subject.id, ctx.tx), ctx.tx);
    return found && { ...found, version: found.item.version };
  },
  mayUse: isOwn,
  isOpen: (_ctx, found) => isOpenAppeal(found.appeal.state) && isOfNow(found) && found.item.state === 'APPEALING',
  versionOf: ({ version }) => version,
  refuse(ctx, refusal) {
    if (refusal.why === 'gone' || refusal.why === 'foreign') return showMenu(ctx, { key: 'line.gone' });
    showItem(ctx, refusal.subject.item, { key: refusal.why === 'stale' ? 'line.changed' : 'item.cannotNow' });
  },
};

async function withItem(appeal: Appeal | undefined, tx?: Reads): Promise<AppealedItem | undefined> {
  const item = appeal && (await findItem(appeal.itemRef, tx));
  return appeal && item && { appeal, item };
}

function isOwn({ userId, isoId }: Pick<Person, 'userId' | 'isoId'>, { appeal, item }: AppealedItem): boolean {
  return appeal.ownerId === userId && appeal.isoId === isoId && item.ownerId === userId;
}

/** Whether it is against what was submitted last: of the same item an older one may still wait for its answer. */
function isOfNow({ appeal, item }: AppealedItem): boolean {
  return appeal.againstRevision === item.revision;
}
