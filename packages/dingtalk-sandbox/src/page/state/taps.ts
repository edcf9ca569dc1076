import { signal } from '@preact/signals';
import { postTap, RefusedError, type Tap, type TapAnswer } from './api.ts';
import { followTap } from './samples.ts';
import { showToast } from './toasts.ts';
import { words } from './words.ts';

/** The controls that wait for their answer, as `outTrackId control`. */
export const waitingTaps = signal<ReadonlySet<string>>(new Set());
/** The card whose form was sent last, until it has changed. */
export const sentForm = signal('');
/** Counts taps as they are made and as they are answered: what they bring is followed. */
export const tapsMoved = signal(0);
/** The card that was tapped last: where the keyboard returns to when its control has gone. */
export const lastTapped = signal('');

/**
 * Taps one control of a card: it alone waits until the ack. A failure is said, with the offer to tap again; whether a
 * tap counts is the server's to decide. Answers what the sandbox did, or undefined when nothing was sent.
 */
export async function tap(outTrackId: string, control: string, what: Tap): Promise<TapAnswer | undefined> {
  const key = tapKey(outTrackId, control);
  if (waitingTaps.value.has(key)) return undefined;
  waitingTaps.value = new Set(waitingTaps.value).add(key);
  lastTapped.value = outTrackId;
  tapsMoved.value += 1;
  const again = (): void => void tap(outTrackId, control, what);
  try {
    const answer = await postTap(outTrackId, what);
    tapsMoved.value += 1;
    if (answer.applied) followTap(what);
    else showToast(words.value.problem[answer.reason ?? 'late'], again);
    return answer;
  } catch (problem) {
    if (!(problem instanceof RefusedError)) throw problem;
    showToast(problem.message, again);
    return undefined;
  } finally {
    const left = new Set(waitingTaps.value);
    left.delete(key);
    waitingTaps.value = left;
  }
}

/** Names one control of one card. */
export function tapKey(outTrackId: string, control: string): string {
  return `${outTrackId} ${control}`;
}
