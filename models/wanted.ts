import type { ViewName } from '../cards/views.ts';
import type { CallClass } from '../src/domain/budget.ts';
import { monthEnd, monthOf } from '../src/domain/limits.ts';
import type { Subject } from '../src/platform/subject.ts';
import type { OutboxJob, Wanted } from './outbox.ts';

/** A sentence about what somebody wrote or tapped: an hour later nobody waits for it, and their card says how things stand. */
const LINE_WANTED_MS = 60 * 60_000;

interface Told {
  readonly to: string;
  readonly view: ViewName;
  readonly subject: Subject;
  readonly kind: 'record' | 'line';
  readonly inGroup?: true | undefined;
  readonly callClass?: CallClass | undefined;
}

/** What waits of one kind of card for somebody. */
export function seriesOf(view: ViewName, to: string): string {
  return `${view}/${to}`;
}

type Superfluous = Pick<Wanted, 'series' | 'wantedUntil'>;

/**
 * What makes a card superfluous that could not be sent yet (architecture 7 has the table). All that is not named here is wanted for as
 * long as it takes: a request, what was submitted, what became of an appeal, a suspicion of fraud. A working card is overtaken by the
 * next one, which would fold it (`addToOutbox`). `at` by `clock.now()`; `follows`: it answers what somebody did then.
 */
export function recordWanted(
  { kind, view, subject, to, inGroup, callClass }: Told,
  at: number,
  follows?: number,
): Superfluous {
  if (callClass === 'reminder') return { series: `reminder/${view}/${subject.id}/${to}` };
  switch (view) {
    case 'review.day':
    case 'review.reminder':
    case 'digest':
      return { series: seriesOf(view, to) };
    case 'team.limitNotice':
    case 'team.farAbove':
      return { wantedUntil: monthEnd(monthOf(at)) };
    default:
      return kind === 'line' && (inGroup || follows !== undefined) ? { wantedUntil: at + LINE_WANTED_MS } : {};
  }
}

/** What a card is for, by what it says: the answer to whom it is for, where they did something for it, or one of the few things that are told. */
export function callClassOf(
  { kind, view, inGroup }: Pick<Told, 'kind' | 'view' | 'inGroup'>,
  follows?: number,
): CallClass {
  if (follows !== undefined) return 'own';
  switch (view) {
    case 'digest':
      return 'digest';
    case 'review.day':
    case 'review.answer':
    case 'review.fraud':
    case 'inspection.findings':
      return 'result';
    case 'association.request':
    case 'association.waiting':
    case 'association.invitations':
    case 'account.request':
    case 'account.given':
    case 'help.question':
    case 'help.answered':
    case 'team.left':
      return 'approval';
    case 'review.reminder':
    case 'team.limitNotice':
    case 'team.farAbove':
    case 'team.sites':
    case 'team.dataNotice':
    case 'team.refusedWords':
      return 'deadline';
    default:
      // a line that answers nobody tells of work, or a place, that is theirs from now on
      return kind === 'line' && !inGroup ? 'deadline' : 'own';
  }
}

/**
 * Of several look-ups of one person the last one's answer is the truth, and a to-do is brought to what is so then; an invitation, and a
 * file, asks itself whether it still makes sense.
 */
export function jobWanted({ kind, id }: OutboxJob): Pick<Wanted, 'to' | 'series'> {
  if (kind === 'todo') return { series: `todo/${id}` };
  return kind === 'lookup' ? { to: id, series: `lookup/${id}` } : {};
}
