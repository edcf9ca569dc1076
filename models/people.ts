import { AppError, asAppError } from '@field/kit/errors';
import type { ViewName } from '../cards/views.ts';
import { PERSON_MOVES, type PersonRole, type PersonState } from '../src/domain/person-state.ts';
import type { PolicyAgreed } from '../src/domain/policy-agreed.ts';
import type { History } from '../src/domain/since.ts';
import type { ProblemCode, Refusal } from '../src/flow/codes.ts';
import type { Subject } from '../src/platform/subject.ts';
import type { CardLine } from './cards.ts';
import { checkMove } from './check-move.ts';
import { collection, type RecordOf } from './collection.ts';
import { number, sealed, sealedValue, text, value } from './fields.ts';
import type { Update } from './queries.ts';
import type { Reads } from './single-write.ts';
import { subjectNamed } from './subject-named.ts';
import { lineNamedOr } from './text-named.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';
import { viewNamed } from './view-named.ts';

const lineNamed = lineNamedOr('line.gone');

/** For the files of `models` only. */
export const People = collection('peoples', {
  id: 'userId',
  fields: {
    state: text<PersonState>(),
    role: text<PersonRole>(),
    isoId: text().optional(),
    /** Whose team they are in; that person's own role may have changed since. */
    supervisorId: text().optional(),
    /** Since when an admin has them paused; kept while they are out of the organisation. */
    paused: value<Pause>().optional(),
    /** Whose results they may still read, and until when. */
    formerIso: value<FormerIso>().optional(),
    /** How often their state, role or team was changed: what a card that changes them was drawn from. */
    changes: number().optional(),
    language: text().optional(),
    /** The language that they wrote in and were offered for it, which happens once. */
    offered: value<OfferedLanguage>().optional(),
    /** As the person gave it, or DingTalk's nick before that. */
    name: sealed(),
    /** The `outTrackId` of the one card that is worked on. */
    workingCard: text().optional(),
    /** The card that a tap's answer made a record, until something tells that the answer arrived, or the next working card comes. */
    recordByAnswer: text().optional(),
    /** What photos go to: a draft, an appeal, an inspection. */
    currentWork: value<Subject>('inHand').readBy(subjectNamed).optional(),
    /** What was in hand since when, by DingTalk's clock; absent until that changed for the first time. */
    works: value<History<Subject>>().readBy(worksNamed).optional(),
    /** To whom they give the codes that their photos show; absent while they give none. */
    allotting: value<Allotting>().optional(),
    move: value<CardMove>().readBy(withNamesAsNow).optional(),
    /** When they left the page beside the chat last, by DingTalk's clock: for what was taken before, nobody waits for the page. */
    leftPageAt: number().optional(),
    /** What the person typed into the join form and was refused, until it is right. */
    typed: sealedValue<TypedForm>().optional(),
    /** The edition of the policy that they agreed to, and when. */
    policy: value<PolicyAgreed>().optional(),
    /** On which day, counted from the epoch, they were told that nothing is left for them. */
    spentSaidOn: number().optional(),
    /** When they last wrote or tapped, to the hour. */
    activeAt: number().optional(),
    /** When it was last known whether they are in the organisation, by `clock.now()`: what was found out earlier counts no more. */
    checkedAt: number().optional(),
  },
  indexes: [
    [{ isoId: 1, role: 1, state: 1 }],
    [{ isoId: 1, state: 1 }],
    [{ role: 1, state: 1 }, { partialFilterExpression: { role: 'ADMIN' } }],
    [{ supervisorId: 1 }, { partialFilterExpression: { supervisorId: { $exists: true } } }],
    [{ 'move.dueAt': 1 }, { partialFilterExpression: { 'move.dueAt': { $exists: true } } }],
  ],
});

export interface Person extends RecordOf<typeof People> {}

/** Who paused somebody, a userId or `operator`, and when by `clock.now()`. */
export interface Pause {
  readonly by: string;
  readonly at: number;
}

export interface OfferedLanguage {
  readonly language: string;
  /** They have chosen since, that or another one. */
  readonly settled?: true | undefined;
}

/** The ISO that somebody worked for; `until` by `clock.now()`. */
export interface FormerIso {
  readonly isoId: string;
  readonly until: number;
}

/** A form that came back with mistakes: everything typed, and what is wrong with which field. */
export interface TypedForm {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly {
    readonly field: string;
    readonly code: ProblemCode;
    readonly limit?: number | undefined;
  }[];
}

/** What became of the codes that photos showed. */
export interface CodesCounted {
  readonly given: number;
  /** Of the stock, and with somebody, in a shop or lost already. */
  readonly before: number;
  /** Codes that count, of which the ISO has received none. */
  readonly notInStock: number;
  /** Everything else that was read. */
  readonly others: number;
}

/** Codes that go to somebody by photos. */
export interface Allotting extends CodesCounted {
  /** A userId. */
  readonly to: string;
  /** When it was begun, or the last photo for it was sent, milliseconds by DingTalk's clock. */
  readonly at: number;
  /** Why nothing was read in the last photo. */
  readonly note?: Refusal | 'noCode' | undefined;
}

/** A pending move of the working card to the bottom of the chat; see `src/bot/working-card.ts`. */
export interface CardMove {
  /** By `clock.now()`, milliseconds. */
  readonly dueAt: number;
  /** When the first message that asked for it came. */
  readonly since: number;
  /** When the person last sent something that it follows; absent where a release before this one wrote it. */
  readonly saidAt?: number | undefined;
  /** Names the move, so that its card is made once. */
  readonly id: string;
  /** One line to stand on top of the card. */
  readonly line?: CardLine | undefined;
  /** How many photos of the burst were kept, as far as is known. */
  readonly photos: number;
  /** Said in place of "photo kept" below a form that stays open. */
  readonly belowForm?: CardLine | undefined;
  /** What the card shows then, when that is not what it shows now. */
  readonly content?: { readonly view: ViewName; readonly subject: Subject } | undefined;
  /** The shop that the photos are kept for. */
  readonly shop?: string | undefined;
  /** The words `menu`, `back`, `help` move even a form. */
  readonly evenForm?: boolean | undefined;
}

export async function findPerson(userId: string, tx?: Reads): Promise<Person | undefined> {
  return await People.get(userId, { tx });
}

/** The person, made on first sight with the name that DingTalk gives. */
export async function meetPerson(userId: string, nick: string, tx: Transaction): Promise<Person> {
  const setOnInsert = { state: 'UNKNOWN', role: 'STAFF', name: nick } as const;
  return mustHaveMatched(await People.change({ userId }, { setOnInsert }, { upsert: true, tx }));
}

/** Somebody in the organisation of whom nothing is known or kept: an event names many who never use the bot. */
export function nobodyYet(userId: string): Person {
  return { userId, state: 'UNKNOWN', role: 'STAFF', name: '' };
}

/** What may change about a person; `null` removes. */
export type PersonChange = NonNullable<Update<Omit<Person, 'userId'>, never>['set']>;

/** Changes a person; answers the person as it is now. The person must exist. */
export async function changePerson(userId: string, set: PersonChange, tx: Transaction): Promise<Person> {
  return mustHaveMatched(await People.change({ userId }, { set }, { tx }));
}

/** Somebody was heard of at that time. */
export async function noteActive(userId: string, at: number): Promise<void> {
  await People.update({ userId }, { max: { activeAt: at } });
}

/**
 * Changes what a person is in their ISO, or whether they may work, if that is still as it was read; `subject.lostRace` otherwise. A state
 * that cannot follow is `bug.unexpected`.
 */
export async function changeMember(
  { userId, state, role }: Pick<Person, 'userId' | 'state' | 'role'>,
  to: PersonChange,
  tx: Transaction,
): Promise<Person> {
  checkMove(PERSON_MOVES, { what: 'person', id: userId, from: state, to: to.state });
  return mustHaveMatched(await People.change({ userId, state, role }, { set: to, inc: { changes: 1 } }, { tx }));
}

/**
 * Counts as a change of their place, so that of a change of that and what is given to them at the same moment one comes first and the
 * other sees it. `subject.lostRace` where they changed since they were read.
 */
export async function holdMember(
  { userId, state, role }: Pick<Person, 'userId' | 'state' | 'role'>,
  tx: Transaction,
): Promise<Person> {
  return mustHaveMatched(await People.change({ userId, state, role }, { inc: { changes: 1 } }, { tx }));
}

/** Throws `sealed.unreadable` when people are stored here that were sealed with another key than the one that is set. */
export async function assertKeyFits(): Promise<void> {
  try {
    await People.findOne({}, { only: ['name'] });
  } catch (cause) {
    const error = asAppError(cause);
    if (error.code !== 'sealed.unreadable') throw error;
    const say =
      'DATA_KEY (in the demo: data.key) is not the key that sealed this data. Use the one that the bot has always had.';
    throw new AppError('sealed.unreadable', { say }, { cause });
  }
}

/** The admins of an ISO who may decide its requests. */
export async function adminsOf(isoId: string, tx?: Reads): Promise<readonly Person[]> {
  return await People.find({ isoId, role: 'ADMIN', state: 'ACTIVE' }, { tx });
}

/** The admins of every ISO: for what concerns the whole organisation. */
export async function everyAdmin(tx?: Reads): Promise<readonly Person[]> {
  return await People.find({ role: 'ADMIN', state: 'ACTIVE' }, { tx });
}

/** Everybody who works for an ISO, or whose access to it is paused. */
export async function peopleOf(isoId: string, tx?: Reads): Promise<readonly Person[]> {
  return await People.find({ isoId, state: { $in: ['ACTIVE', 'PAUSED', 'SUSPENDED'] } }, { tx });
}

/** How many work for an ISO now. */
export async function activePeople(isoId: string): Promise<number> {
  return await People.count({ isoId, state: 'ACTIVE' });
}

/** For whom these people work, by userId; who works for nobody is not in it. */
export async function isoIdsOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await People.find({ userId: { $in: userIds } }, { only: ['userId', 'isoId'] });
  return new Map(rows.flatMap(({ userId, isoId }) => (isoId === undefined ? [] : [[userId, isoId]])));
}

/** The names of these people, by userId; of those that are known. */
export async function namesOf(userIds: readonly string[], tx?: Reads): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(userIds)];
  if (wanted.length === 0) return new Map();
  const rows = await People.find({ userId: { $in: wanted } }, { only: ['userId', 'name'], tx });
  return new Map(rows.map(({ userId, name }) => [userId, name]));
}

/** The same where most of them are known; who is not among `people` is asked for. */
export async function namesAmong(
  people: readonly Pick<Person, 'userId' | 'name'>[],
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map(people.map(({ userId, name }) => [userId, name]));
  const others = await namesOf(userIds.filter((id) => !names.has(id)));
  return new Map([...names, ...others]);
}

/** The people of a supervisor's team, of their own ISO. */
export async function teamOf(supervisorId: string, isoId: string, tx?: Reads): Promise<readonly Person[]> {
  return await People.find({ supervisorId, isoId }, { tx });
}

/** Everyone whose working card has a move pending; read at start and by the sweep. */
export async function peopleWithMoves(): Promise<readonly { readonly userId: string; readonly dueAt: number }[]> {
  const rows = await People.find({ 'move.dueAt': { $exists: true } }, { only: ['userId', 'move'] });
  return rows.flatMap(({ userId, move }) => (move === undefined ? [] : [{ userId, dueAt: move.dueAt }]));
}

/** Moves that are due until then, and later than `after`, are due now, all by `clock.now()`. */
export async function hastenMoves(now: number, until: number, after: number = now): Promise<void> {
  const rows = await People.find({ 'move.dueAt': { $gt: after, $lte: until } }, { only: ['userId', 'move'] });
  const updates = rows.flatMap(({ userId, move }) =>
    move === undefined
      ? []
      : [{ filter: { userId, 'move.dueAt': move.dueAt }, change: { set: { move: { ...move, dueAt: now } } } }],
  );
  if (updates.length > 0) await People.updateEach(updates);
}

function worksNamed(works: History<Subject>): History<Subject> {
  return works.map((work) => (work.value === undefined ? work : { ...work, value: subjectNamed(work.value) }));
}

/** The cards that any of these people work on. */
export async function workingCardsOf(userIds: readonly string[], tx: Transaction): Promise<ReadonlySet<string>> {
  const rows = await People.find({ userId: { $in: userIds } }, { only: ['workingCard'], tx });
  return new Set(rows.flatMap(({ workingCard }) => (workingCard === undefined ? [] : [workingCard])));
}

/** Another version of the product may have named the view otherwise. */
function withNamesAsNow(move: CardMove): CardMove {
  const { line, belowForm, content } = move;
  return {
    ...move,
    line: line && lineNamed(line),
    belowForm: belowForm && lineNamed(belowForm),
    content: content && { view: viewNamed(content.view), subject: subjectNamed(content.subject) },
  };
}
