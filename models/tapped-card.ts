import { AppError } from '@field/kit/errors';
import type { SubjectKind } from '../src/platform/subject.ts';
import type { TapUpdate } from '../src/platform/update.ts';
import { type Card, Cards } from './cards.ts';
import type { Ahead } from './collection.ts';
import { People } from './people.ts';
import { Taps } from './taps.ts';
import type { Transaction } from './transaction.ts';

/** Where what a card is about lies, as far as it has an id of its own. */
const LIES_IN: Readonly<Partial<Record<SubjectKind, string>>> = {
  accountAsk: 'accountasks',
  appeal: 'appeals',
  association: 'associations',
  draft: 'drafts',
  group: 'groups',
  inspection: 'inspectiontasks',
  item: 'items',
  person: People.name,
  promotion: 'promotions',
  question: 'questions',
  testAccount: 'accounts',
};
/** The same for what a button of a list names besides. */
const NAMED_BY: Readonly<Record<string, SubjectKind>> = {
  association: 'association',
  draft: 'draft',
  group: 'group',
  item: 'item',
  task: 'inspection',
};

/** A card as it was tapped, and how much had been sent to it by then. */
interface Tapped extends Card {
  readonly flight: number;
}

/**
 * The card that was tapped, with one command, the first of its transaction, which brings whoever taps and what the tap names: they are found
 * without asking again. `tap.duplicate` when this tap was applied before; undefined when the card is not ours.
 */
export async function findTapped(tap: TapUpdate, tx: Transaction): Promise<Tapped | undefined> {
  const ahead: Ahead[] = [{ of: People, id: tap.userId }, { of: Taps, id: tap.id }, ...namedBy(tap)];
  const found = await Cards.getFirst(tap.outTrackId, { tx, also: ['tapped', 'flight'], ahead });
  if (found === undefined) return undefined;
  const { tapped = [], ...card } = found;
  const before = tapped.includes(tap.id) || (await Taps.get(tap.id, { tx })) !== undefined;
  if (before) throw new AppError('tap.duplicate');
  return card;
}

/** Whether a tap was applied, as far as the card remembers, read outside a transaction. */
export async function wasApplied({ outTrackId, id }: Pick<TapUpdate, 'outTrackId' | 'id'>): Promise<boolean> {
  const { tapped = [] } = (await Cards.get(outTrackId, { only: ['tapped'] })) ?? {};
  return tapped.includes(id);
}

function namedBy({ userId, params: { subject, extra } }: TapUpdate): readonly Ahead[] {
  const named = Object.entries(NAMED_BY).map(([name, kind]) => ({ kind, id: extra[name] }));
  return [subject, ...named].flatMap((one) => {
    const name = one && LIES_IN[one.kind];
    if (name === undefined || one?.id === undefined || one.id === userId) return [];
    return [{ of: { name }, id: one.id }];
  });
}
