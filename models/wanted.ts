import type { ViewName } from '../cards/views.ts';
import { monthEnd, monthOf } from '../src/domain/limits.ts';
import type { ContactJob, Wanted } from './outbox.ts';

/** A sentence about what somebody wrote or tapped: an hour later nobody waits for it, and their card says how things stand. */
const LINE_WANTED_MS = 60 * 60_000;

interface Told {
  readonly to: string;
  readonly view: ViewName;
  readonly kind: 'record' | 'line';
  readonly inGroup?: true | undefined;
}

type Superfluous = Pick<Wanted, 'series' | 'wantedUntil'>;

/**
 * What makes a card superfluous that could not be sent yet (architecture 7 has the table). All that is not named here is wanted for as
 * long as it takes: a request, what was submitted, what became of an appeal, a suspicion of fraud. A working card is overtaken by the
 * next one, which would fold it (`addToOutbox`). `at` by `clock.now()`; `follows`: it answers what somebody did then.
 */
export function recordWanted({ kind, view, to, inGroup }: Told, at: number, follows?: number): Superfluous {
  switch (view) {
    case 'review.day':
    case 'digest':
      return { series: `${view}/${to}` };
    case 'team.limitNotice':
      return { wantedUntil: monthEnd(monthOf(at)) };
    default:
      return kind === 'line' && (inGroup || follows !== undefined) ? { wantedUntil: at + LINE_WANTED_MS } : {};
  }
}

/** Of several look-ups of one person the last one's answer is the truth; an invitation itself asks whether it still makes sense. */
export function contactJobWanted({ kind, id }: ContactJob): Pick<Wanted, 'to' | 'series'> {
  return kind === 'lookup' ? { to: id, series: `lookup/${id}` } : {};
}
