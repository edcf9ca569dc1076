import { signal } from '@preact/signals';
import { postNextDay, RefusedError } from './api.ts';
import { demoNow } from './demo-clock.ts';
import { dayOf, timeOfDay } from './message-time.ts';
import { showToast } from './toasts.ts';
import { words } from './words.ts';

/** Whether a night is passing just now. */
export const nightPasses = signal(false);

const BROUGHT: readonly (readonly [start: string, what: 'results' | 'tasks' | 'fees'])[] = [
  ['review_', 'results'],
  ['inspection-tasks_', 'tasks'],
  ['settlement_', 'fees'],
];

/** Goes to tomorrow morning, and says what the night brought. */
export async function passNight(): Promise<void> {
  if (nightPasses.value) return;
  nightPasses.value = true;
  try {
    const { files } = await postNextDay();
    showToast(`${words.value.day.is(dayOf(demoNow()), timeOfDay(demoNow()))} ${whatCame(files)}`);
  } catch (problem) {
    const text = problem instanceof RefusedError ? problem.message : words.value.day.failed;
    showToast(text, () => void passNight());
  } finally {
    nightPasses.value = false;
  }
}

/** One sentence about the files that came in. */
export function whatCame(files: readonly string[]): string {
  const { day } = words.value;
  const came = BROUGHT.filter(([start]) => files.some((file) => file.startsWith(start))).map(([, what]) => day[what]);
  if (came.length === 0) return day.nothing;
  return day.came(came.join(', '));
}
