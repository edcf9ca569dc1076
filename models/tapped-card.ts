import { AppError } from '@field/kit/errors';
import { isSubjectKind, type Subject, type SubjectKind } from '../src/platform/subject.ts';
import type { TapUpdate } from '../src/platform/update.ts';
import type { Ahead, Follows } from './brought-ahead.ts';
import { type Card, Cards } from './cards.ts';
import { Isos } from './isos.ts';
import { People } from './people.ts';
import { Taps } from './taps.ts';
import type { Transaction } from './transaction.ts';

/** Where what a card is about lies, as far as it has an id of its own. */
const LIES_IN: Readonly<Partial<Record<SubjectKind, string>>> = {
  accountAsk: 'accountasks',
  appeal: 'appeals',
  association: 'associations',
  draft: 'drafts',
  feeLine: 'feelines',
  group: 'groups',
  inspection: 'inspectiontasks',
  item: 'items',
  person: People.name,
  promotion: 'promotions',
  question: 'questions',
  testAccount: 'accounts',
};
/** The same for what a button names besides. */
const NAMED_BY: Readonly<Record<string, string>> = {
  account: 'accounts',
  ask: 'accountasks',
  association: 'associations',
  draft: 'drafts',
  export: 'exports',
  group: 'groups',
  item: 'items',
  line: 'feelines',
  person: People.name,
  photo: 'photos',
  store: 'stores',
  task: 'inspectiontasks',
};
/** Kinds whose id says besides where in a list one is, or what is asked of it: what they are of comes last. */
const OF_ANOTHER: Readonly<Partial<Record<SubjectKind, string>>> = {
  accountChange: 'accounts',
  memberChange: People.name,
  story: 'items',
};

/** What is nearly always asked for with it, and its card is drawn from. */
const FOLLOWED_BY: Readonly<Record<string, readonly Follows[]>> = {
  [People.name]: [{ of: Isos, by: 'isoId', at: '_id' }],
  appeals: [{ of: { name: 'items' }, by: 'itemRef', at: '_id' }],
  associations: [{ of: Isos, by: 'isoId', at: '_id' }],
  feelines: [{ of: { name: 'items' }, by: 'itemRef', at: '_id' }],
  groups: [{ of: Isos, by: 'isoId', at: '_id' }],
  inspectiontasks: [
    { of: { name: 'stores' }, by: 'storeRef', at: '_id' },
    { of: { name: 'spots' }, by: 'spotRefs', at: '_id' },
    { of: { name: 'bindings' }, by: 'spotRefs', at: 'spotId' },
    { of: { name: 'items' }, by: '_id', at: '_id' },
  ],
  items: [
    { of: { name: 'stores' }, by: 'storeId', at: '_id' },
    { of: { name: 'spots' }, by: 'spotId', at: '_id' },
    { of: { name: 'bindings' }, by: 'spotId', at: 'spotId' },
    { of: { name: 'appeals' }, by: '_id', at: 'itemRef' },
  ],
  stores: [{ of: { name: 'items' }, by: '_id', at: '_id' }],
};

/** Whose work a supervisor looks after. */
const TEAM: Follows = { of: { name: People.name }, by: '_id', at: 'supervisorId' };

/** The same of whoever taps, by the first word of the action. */
const OF_THEIRS: Readonly<Record<string, readonly Follows[]>> = {
  association: [{ of: { name: 'associations' }, by: '_id', at: 'userId' }],
  handOver: [TEAM],
  team: [TEAM],
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
  const [word = ''] = tap.params.action.split('.');
  const whoTaps = aheadIn(People.name, tap.userId, OF_THEIRS[word]);
  const ahead = [whoTaps, { of: Taps, id: tap.id }, ...namedBy(tap)];
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
  const named = new Map<string, Ahead>();
  const name = (collection: string | undefined, id: string | undefined): void => {
    if (collection === undefined || id === undefined || id === userId) return;
    named.set(`${collection} ${id}`, aheadIn(collection, id));
  };
  if (subject !== undefined) {
    const { kind, id } = workIn(subject);
    name(LIES_IN[kind], id);
    name(OF_ANOTHER[kind], /^[^/]*\/(.+)$/s.exec(id)?.[1]);
    if (subject.kind === 'photo') name('photos', /^(?:\d+\/){2}[^/]+\/(.+)$/s.exec(subject.id)?.[1]);
  }
  // where a photo is to go
  const [, kind = '', id] = /^(\w+):(.+)$/s.exec(extra.to ?? '') ?? [];
  if (isSubjectKind(kind)) name(LIES_IN[kind], id);
  for (const [key, collection] of Object.entries(NAMED_BY)) name(collection, extra[key]);
  return [...named.values()];
}

function aheadIn(name: string, id: string, besides: readonly Follows[] = []): Ahead {
  return { of: { name }, id, follows: [...(FOLLOWED_BY[name] ?? []), ...besides] };
}

/** The work whose photos a card lists, or shows one of; else what the card is about. */
function workIn(subject: Subject): Subject {
  const isOfPhotos = subject.kind === 'photoList' || subject.kind === 'photo';
  const [, kind = '', id = ''] = (isOfPhotos && /^(?:\d+\/){1,2}(\w+):([^/]+)/.exec(subject.id)) || [];
  return isSubjectKind(kind) ? { kind, id } : subject;
}
