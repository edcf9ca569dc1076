/** More tasks that wait are not counted, and not listed before some of these are done. */
export const MOST_COUNTED = 99;

/** How many tasks wait; beyond 99 it is `99+`. */
export function shownTasks(count: number): string {
  return count > MOST_COUNTED ? `${MOST_COUNTED}+` : String(count);
}
