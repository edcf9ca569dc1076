import { signal } from '@preact/signals';
import { postNextDay, RefusedError } from './api.ts';
import { demoNow } from './demo-clock.ts';
import { dayOf, timeOfDay } from './message-time.ts';
import { showToast } from './toasts.ts';

/** Whether a night is passing just now. */
export const nightPasses = signal(false);

const BROUGHT: readonly (readonly [start: string, what: string])[] = [
  ['review_', 'results'],
  ['inspection-tasks_', 'inspection tasks'],
  ['settlement_', 'fees'],
];

/** Goes to tomorrow morning, and says what the night brought. */
export async function passNight(): Promise<void> {
  if (nightPasses.value) return;
  nightPasses.value = true;
  try {
    const { files } = await postNextDay();
    showToast(`It is ${dayOf(demoNow())}, ${timeOfDay(demoNow())}. ${whatCame(files)}`);
  } catch (problem) {
    const text = problem instanceof RefusedError ? problem.message : 'The night did not pass.';
    showToast(text, () => void passNight());
  } finally {
    nightPasses.value = false;
  }
}

/** One sentence about the files that came in. */
export function whatCame(files: readonly string[]): string {
  const came = BROUGHT.filter(([start]) => files.some((file) => file.startsWith(start))).map(([, what]) => what);
  if (came.length === 0) return 'Nothing was submitted, so nothing came in.';
  return `Came in: ${came.join(', ')}.`;
}
