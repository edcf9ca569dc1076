import { signal } from '@preact/signals';

const offset = signal(0);

/** The sandbox said what time it is in the demo (milliseconds since the epoch). */
export function setDemoTime(now: number): void {
  offset.value = now - Date.now();
}

/** Now, by the demo's clock. */
export function demoNow(): number {
  return Date.now() + offset.value;
}
