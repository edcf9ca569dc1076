import { labelWith, plain, primary } from '../buttons.ts';
import { shownDate, shownTime } from '../dates.ts';
import { whenDue } from '../inspection/due.ts';
import { type OpenDraft, resumeLabel, shopOf } from '../menu.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardAction, CardView } from '../view.ts';

/** An inspection that is due, or to be corrected. */
export interface DueInspection {
  readonly taskId: string;
  readonly shop: string;
  /** Until when, milliseconds, and how that stands to now; a calendar day in the ISO's zone. */
  readonly dueAt: number;
  readonly due: 'overdue' | 'today' | 'later';
  /** It was not approved, and is to be corrected. */
  readonly again: boolean;
}

/** A promotion that was begun and left. */
export interface LeftDraft extends OpenDraft {
  /** Until when it is kept, milliseconds, where that is near. */
  readonly keptUntil?: number | undefined;
}

/** What waits for a person besides what failed: the first few of each, the most urgent first, and how many there are. */
export interface OtherWork {
  readonly inspections: readonly DueInspection[];
  readonly inspectionCount: number;
  readonly drafts: readonly LeftDraft[];
  readonly draftCount: number;
}

/** A card has room for so many of each. */
export const MOST_OF_EACH = 3;
const NAME = 24;

export function countOf({ inspectionCount, draftCount }: OtherWork): number {
  return inspectionCount + draftCount;
}

/** A row for each, and how many more there are. */
export function otherFacts(t: T, work: OtherWork, timeZone: string): NonNullable<CardView['facts']> {
  const { inspections, drafts } = work;
  const more = (label: string, count: number) => (count > 0 ? [{ label, value: t('reminder.more', { count }) }] : []);
  return [
    ...inspections.map((one) => ({ label: shorten(one.shop, NAME), value: howItIsDue(t, one, timeZone) })),
    ...more(t('name.verificationTasks'), work.inspectionCount - inspections.length),
    ...drafts.map((one) => ({
      label: shorten(one.shop || t('movePhoto.unnamed'), NAME),
      value: howFar(t, one, timeZone),
    })),
    ...more(t('reminder.begun'), work.draftCount - drafts.length),
  ];
}

/** One tap each: into the inspection, or on with the promotion; where there are more inspections, to their list. */
export function otherActions(t: T, { inspections, inspectionCount, drafts }: OtherWork, first: boolean): CardAction[] {
  const buttons = [
    ...inspections.map(({ shop, taskId }) => ({
      label: labelWith(t, 'reminder.inspect', shop),
      action: 'inspection.open' as const,
      params: { task: taskId },
    })),
    ...drafts.map((draft) => ({
      label: resumeLabel(t, draft, drafts),
      action: 'promotion.resume' as const,
      params: { draft: draft.draftId },
    })),
  ];
  const list =
    inspectionCount > inspections.length
      ? [plain(t('name.verificationTasks'), 'inspection.tasks', { of: 'tasks' })]
      : [];
  return [
    ...buttons.map(({ label, action, params }, index) =>
      (first && index === 0 ? primary : plain)(label, action, params),
    ),
    ...list,
  ];
}

/** What a locked phone says of the first of it, and until when; undefined where there is nothing. */
export function otherAlert(
  t: T,
  { inspections: [due], drafts: [left] }: OtherWork,
  timeZone: string,
): string | undefined {
  if (due !== undefined) {
    const name = shorten(due.shop, NAME);
    if (due.again) return t('reminder.alert', { name, ...momentOf(t, due.dueAt, timeZone) });
    return t('reminder.alertInspect', { name, when: whenDue(t, due, timeZone) });
  }
  if (left === undefined) return undefined;
  const { step, of, keptUntil } = left;
  const shop = shorten(shopOf(t, left), NAME);
  if (keptUntil === undefined) return t('menu.unfinished', { shop, step, of });
  return t('reminder.alertGoes', { shop, date: shownDate(t.language, keptUntil, timeZone) });
}

/** `! Inspect · today`, `! Correct it by Thu 26 Nov, 18:00`. */
function howItIsDue(t: T, { again, ...due }: DueInspection, timeZone: string): string {
  if (again) return t('reminder.correct', momentOf(t, due.dueAt, timeZone));
  return t('reminder.inspection', { when: whenDue(t, due, timeZone) });
}

/** `… Begun · step 2 of 4`, `! Step 2 of 4 · kept until Thu 26 Nov`. */
function howFar(t: T, { step, of, keptUntil }: LeftDraft, timeZone: string): string {
  if (keptUntil === undefined) return t('reminder.halfDone', { step, of });
  return t('reminder.goes', { step, of, date: shownDate(t.language, keptUntil, timeZone) });
}

function momentOf(t: T, at: number, timeZone: string): { readonly date: string; readonly time: string } {
  return { date: shownDate(t.language, at, timeZone), time: shownTime(t.language, at, timeZone) };
}
