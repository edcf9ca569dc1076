import type { IdSource } from '@field/kit/ids';
import type { ViewName } from '../../cards/views.ts';
import type { AuditEntry } from '../../models/audit.ts';
import type { Card, CardLine } from '../../models/cards.ts';
import type { OutboxJob } from '../../models/outbox.ts';
import type { Person } from '../../models/people.ts';
import type { RecordCard } from '../../models/record-cards.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { Stop } from '../delivery/call-budget.ts';
import type { Audited } from '../domain/audited.ts';
import type { EventOf, EventType } from '../platform/event.ts';
import type { Subject } from '../platform/subject.ts';
import type { MessageUpdate, TapUpdate, Update } from '../platform/update.ts';

/** What the working card shows from now on. */
export interface WorkingContent {
  readonly view: ViewName;
  readonly subject: Subject;
  readonly line?: CardLine | undefined;
}

/** A move of the working card below what the person sent. */
export interface WantedMove {
  /** How long after the message. */
  readonly afterMs: number;
  /** What was to wait longer for the page beside the chat waits no longer than that: the person looks at the chat. */
  readonly hastens?: boolean | undefined;
  readonly line?: CardLine | undefined;
  readonly evenForm: boolean;
  /** How many photos the message brought; -1 for one of them that turned out to be of no use. */
  readonly photos: number;
  /** The shop that they are kept for. */
  readonly shop?: string | undefined;
  /** Said in place of "photo kept" below a form that stays open. */
  readonly belowForm?: CardLine | undefined;
  /** What the card shows then, when that is not what it shows now. */
  readonly content?: Pick<WorkingContent, 'view' | 'subject'> | undefined;
}

/** What a handler wants to happen; carried out at the end of its transaction (`src/bot/effects.ts`). */
export interface Effects {
  working: WorkingContent | undefined;
  /** The working card becomes this record, and the person has none until something is opened. */
  becomes: { readonly view: ViewName; readonly subject: Subject } | undefined;
  /** Moves the working card below what the person sent, `afterMs` after it. */
  move: WantedMove | undefined;
  /** Somebody else's working card, sent below their chat: what concerns them happened elsewhere. */
  readonly shownTo: { readonly userId: string; readonly content: WorkingContent }[];
  readonly records: RecordCard[];
  /** Something was submitted and is to be handed over. */
  submits: boolean;
  readonly jobs: (OutboxJob & { readonly intent: string })[];
  /** Everybody's live cards in their new language. */
  readonly viewers: string[];
  readonly touched: Subject[];
  /** Their cards of everybody else are redrawn. */
  readonly touchedForOthers: Subject[];
  readonly audit: Omit<AuditEntry, 'at' | 'by' | 'cause'>[];
}

/** What is done though nothing has come: the verdict on a picture, the move of a card that is due, what an operator commands. */
export interface FollowUp {
  readonly kind: 'verdict' | 'move' | 'operator';
  /** The picture's, the move's, the command's. */
  readonly id: string;
  /** When the person sent what it follows, by `clock.now()`. */
  readonly saidAt?: number | undefined;
}

/**
 * One update on its way through the middleware to its handler, inside its transaction. A handler authorises, loads,
 * decides with pure functions and records effects here; it never calls DingTalk (architecture 4).
 */
export interface Context<U extends Update | FollowUp = Update | FollowUp> {
  readonly update: U;
  readonly tx: Transaction;
  readonly ids: IdSource;
  /** The product's time of this update, milliseconds. */
  readonly now: number;
  /** The same moment by DingTalk's clock, which stamps what people do: what is compared with that is compared by it. */
  readonly dingTalkNow: number;
  person: Person;
  /** The card that was tapped, or the person's working card for a message. */
  card: Card | undefined;
  /** Why no call is made for what this person does, so that only the answer to a tap shows anything. */
  readonly stop?: Stop | undefined;
  readonly effects: Effects;
  /** Shows something on the working card. */
  show(content: WorkingContent): void;
  /** Shows something to somebody else, on a new working card below their chat. */
  showTo(userId: string, content: WorkingContent): void;
  /** Moves the working card below what the person sent, once it is `afterMs` ago (architecture 6). */
  moveBelow(move: WantedMove): void;
  /** The working card itself becomes a record and keeps its content from now on. */
  become(record: NonNullable<Effects['becomes']>): void;
  /** Something was submitted in this transaction: it is handed over once that is committed. */
  submitted(): void;
  /** Sends a card that keeps its content. */
  send(card: RecordCard): void;
  /** Enqueues a job for DingTalk's contacts; the same intent is run once. */
  enqueue(job: OutboxJob & { readonly intent: string }): void;
  /** Says that a subject changed: its live cards are redrawn. */
  touch(subject: Subject): void;
  /** As `touch`, where this person's own card is drawn by what they did. */
  touchForOthers(subject: Subject): void;
  /** Redraws every live card of a person, as after a change of language. */
  touchViewer(userId: string): void;
  audit(what: Audited, subject: Subject, details?: Record<string, string | number>): void;
}

/** When whoever is behind it did this, or it came by itself, by DingTalk's clock; milliseconds. */
export function actedAt({ update, dingTalkNow }: Pick<Context, 'update' | 'dingTalkNow'>): number {
  return update.kind === 'tap' || update.kind === 'message' ? update.at : dingTalkNow;
}

export type TapContext = Context<TapUpdate>;
export type MessageContext = Context<MessageUpdate>;
export type EventContext<T extends EventType = EventType> = Context<EventOf<T>>;

export function newContext<U extends Update | FollowUp>(
  base: Pick<Context<U>, 'update' | 'tx' | 'ids' | 'now' | 'dingTalkNow' | 'person' | 'card' | 'stop'>,
): Context<U> {
  const effects: Effects = {
    working: undefined,
    becomes: undefined,
    move: undefined,
    shownTo: [],
    viewers: [],
    records: [],
    submits: false,
    jobs: [],
    touched: [],
    touchedForOthers: [],
    audit: [],
  };
  return {
    ...base,
    effects,
    show(content) {
      effects.working = content;
    },
    showTo(userId, content) {
      effects.shownTo.push({ userId, content });
    },
    moveBelow(move) {
      effects.move = move;
    },
    become(record) {
      effects.becomes = record;
    },
    submitted() {
      effects.submits = true;
    },
    send(card) {
      effects.records.push(card);
    },
    enqueue(job) {
      effects.jobs.push(job);
    },
    touch(subject) {
      effects.touched.push(subject);
    },
    touchForOthers(subject) {
      effects.touchedForOthers.push(subject);
    },
    touchViewer(userId) {
      effects.viewers.push(userId);
    },
    audit(what, subject, details) {
      const isoId = this.person.isoId;
      effects.audit.push({ what, subject, isoId, details });
    },
  };
}
