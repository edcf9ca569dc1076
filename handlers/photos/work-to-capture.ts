import type { CaptureAskModel } from '../../cards/capture/asks.ts';
import type { CaptureFormModel } from '../../cards/capture/forms.ts';
import type { Person } from '../../models/people.ts';
import type { Subject } from '../../src/platform/subject.ts';
import type { PhotoWork } from './photo-work.ts';
import { photoTargetOf } from './targets.ts';
import { workAtHand } from './work-at-hand.ts';

/** What somebody has in hand, and everything of it that can be photographed, scanned or filled in now. */
export interface CapturedWork {
  readonly work: Subject;
  readonly found: PhotoWork;
  readonly asks: readonly CaptureAskModel[];
  readonly forms: readonly CaptureFormModel[];
}

/** Undefined where nothing is in hand that photos are sent for, or it has ended. */
export async function workToCapture(person: Person, now: number): Promise<CapturedWork | undefined> {
  const at = await workAtHand({ person, now }, person.currentWork);
  if (at === undefined || at.found.ended !== undefined) return undefined;
  const { work, found, target } = at;
  const asking = { person, now };
  const [asks, forms] = await Promise.all([target.asks(asking, work.id), target.forms(asking, work.id)]);
  return { work, found, asks, forms };
}

/** How the work stands now that something was taken for at `takenAt`; undefined for what is not this person's, nor was then. */
export async function workCapturedFor(
  person: Person,
  work: Subject,
  { now, takenAt }: { readonly now: number; readonly takenAt: number },
): Promise<PhotoWork | undefined> {
  return await photoTargetOf(work.kind)?.find({ person, now }, work.id, takenAt);
}
