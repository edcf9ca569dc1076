import { model, Schema } from 'mongoose';
import type { ViewName } from '../cards/views.ts';
import type { ProblemCode } from '../src/flow/codes.ts';
import type { CardLine, Subject } from './cards.ts';
import { seal, sealJson, unseal, unsealJson } from './sealing.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';
import { viewNamed } from './view-named.ts';

/** Whether a person may work: nobody yet, at work, or paused by leaving the organisation. */
export type PersonState = 'UNKNOWN' | 'ACTIVE' | 'SUSPENDED';
export type PersonRole = 'STAFF' | 'ADMIN';

export interface Person {
  readonly userId: string;
  readonly state: PersonState;
  readonly role: PersonRole;
  readonly isoId: string | undefined;
  readonly language: string | undefined;
  /** As the person gave it, or DingTalk's nick before that. */
  readonly name: string;
  /** The `outTrackId` of the one card that is worked on. */
  readonly workingCard: string | undefined;
  /** What photos go to: a draft, an appeal, an inspection. */
  readonly inHand: Subject | undefined;
  readonly move: CardMove | undefined;
  /** What the person typed into the join form and was refused, until it is right. */
  readonly typed: TypedForm | undefined;
  /** When it was last known whether they are in the organisation, by `clock.now()`: what was found out earlier counts no more. */
  readonly checkedAt: number | undefined;
}

/** A form that came back with mistakes: everything typed, and what is wrong with which field. */
export interface TypedForm {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly { readonly field: string; readonly code: ProblemCode; readonly limit?: number }[];
}

/** A move of the working card to the bottom of the chat that is owed; see `src/bot/working-card.ts`. */
export interface CardMove {
  /** By `clock.now()`, milliseconds. */
  readonly dueAt: number;
  /** When the first message that asked for it came. */
  readonly since: number;
  /** Names the move, so that its card is made once. */
  readonly id: string;
  /** One line to stand on top of the card. */
  readonly line?: CardLine;
  /** How many photos of the burst were kept, as far as is known. */
  readonly photos: number;
  /** Said in place of "photo kept" below a form that stays open. */
  readonly belowForm?: CardLine;
  /** What the card shows then, when that is not what it shows now. */
  readonly content?: { readonly view: ViewName; readonly subject: Subject };
  /** The words `menu`, `back`, `help` move even a form. */
  readonly evenForm?: boolean;
}

/** As another version of the product may have named the view. */
type StoredMove = Omit<CardMove, 'content'> & {
  readonly content?: { readonly view: string; readonly subject: Subject };
};

interface PersonRow {
  _id: string;
  state: PersonState;
  role: PersonRole;
  isoId?: string;
  language?: string;
  sealedName: string;
  workingCard?: string;
  inHand?: Subject;
  move?: StoredMove;
  sealedTyped?: string;
  checkedAt?: number;
}

const schema = new Schema<PersonRow>(
  {
    _id: String,
    state: { type: String, required: true },
    role: { type: String, required: true },
    isoId: String,
    language: String,
    sealedName: String,
    workingCard: String,
    inHand: { type: Object },
    move: { type: Object },
    sealedTyped: String,
    checkedAt: Number,
  },
  { versionKey: false, minimize: false },
);
schema.index({ isoId: 1, role: 1 });
schema.index({ 'move.dueAt': 1 }, { partialFilterExpression: { 'move.dueAt': { $exists: true } } });

const People = model<PersonRow>('people', schema);

export async function findPerson(userId: string, tx?: Transaction): Promise<Person | undefined> {
  const row = await People.findById(userId)
    .session(tx ?? null)
    .lean();
  return row === null ? undefined : toPerson(row);
}

/** The person, made on first sight with the name that DingTalk gives. */
export async function meetPerson(userId: string, nick: string, tx: Transaction): Promise<Person> {
  const row = await People.findOneAndUpdate(
    { _id: userId },
    { $setOnInsert: { state: 'UNKNOWN', role: 'STAFF', sealedName: seal(nick) } },
    { upsert: true, returnDocument: 'after', session: tx },
  ).lean();
  return toPerson(mustHaveMatched(row));
}

/** Somebody in the organisation of whom nothing is known or kept: an event names many who never use the bot. */
export function nobodyYet(userId: string): Person {
  return toPerson({ _id: userId, state: 'UNKNOWN', role: 'STAFF', sealedName: seal('') });
}

/** What may change about a person; `null` removes. */
export interface PersonChange {
  readonly state?: PersonState;
  readonly role?: PersonRole;
  readonly isoId?: string;
  readonly language?: string;
  readonly name?: string;
  readonly workingCard?: string | null;
  readonly inHand?: Subject | null;
  readonly move?: CardMove | null;
  readonly typed?: TypedForm | null;
  readonly checkedAt?: number;
}

const SEALED_COLUMNS: Readonly<Record<string, string>> = { name: 'sealedName', typed: 'sealedTyped' };

/** Changes a person; answers the person as it is now. The person must exist. */
export async function changePerson(userId: string, change: PersonChange, tx: Transaction): Promise<Person> {
  const set: Record<string, unknown> = {};
  const unset: Record<string, 1> = {};
  for (const [field, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const column = SEALED_COLUMNS[field] ?? field;
    if (value === null) unset[column] = 1;
    else if (field === 'name') set.sealedName = seal(String(value));
    else if (field === 'typed') set.sealedTyped = sealJson(value);
    else set[field] = value;
  }
  const update = {
    ...(Object.keys(set).length > 0 ? { $set: set } : {}),
    ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
  };
  const row = await People.findOneAndUpdate({ _id: userId }, update, { returnDocument: 'after', session: tx }).lean();
  return toPerson(mustHaveMatched(row));
}

/** The admins of an ISO who may decide its requests. */
export async function adminsOf(isoId: string, tx?: Transaction): Promise<readonly Person[]> {
  const rows = await People.find({ isoId, role: 'ADMIN', state: 'ACTIVE' })
    .session(tx ?? null)
    .lean();
  return rows.map(toPerson);
}

/** The admins of every ISO: for what concerns the whole organisation. */
export async function everyAdmin(tx?: Transaction): Promise<readonly Person[]> {
  const rows = await People.find({ role: 'ADMIN', state: 'ACTIVE' })
    .session(tx ?? null)
    .lean();
  return rows.map(toPerson);
}

/** Everybody who works for an ISO, or whose access to it is paused. */
export async function peopleOf(isoId: string): Promise<readonly Person[]> {
  return (await People.find({ isoId, state: { $in: ['ACTIVE', 'SUSPENDED'] } }).lean()).map(toPerson);
}

/** Everyone whose working card is owed a move; read at start and by the sweep. */
export async function peopleWithMoves(): Promise<readonly { readonly userId: string; readonly dueAt: number }[]> {
  const rows = await People.find({ 'move.dueAt': { $exists: true } }, { move: 1 }).lean();
  return rows.flatMap((row) => (row.move === undefined ? [] : [{ userId: row._id, dueAt: row.move.dueAt }]));
}

function moveOf({ content, ...move }: StoredMove): CardMove {
  return content === undefined ? move : { ...move, content: { ...content, view: viewNamed(content.view) } };
}

function toPerson(row: PersonRow): Person {
  return {
    userId: row._id,
    state: row.state,
    role: row.role,
    isoId: row.isoId ?? undefined,
    language: row.language ?? undefined,
    name: unseal(row.sealedName),
    workingCard: row.workingCard ?? undefined,
    inHand: row.inHand ?? undefined,
    move: row.move && moveOf(row.move),
    typed: row.sealedTyped === undefined ? undefined : unsealJson<TypedForm>(row.sealedTyped),
    checkedAt: row.checkedAt ?? undefined,
  };
}
