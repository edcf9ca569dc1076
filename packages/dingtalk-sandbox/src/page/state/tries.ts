import { computed, signal } from '@preact/signals';
import type { Entry } from '../../protocol/page-protocol.ts';
import { hero, people } from './chats.ts';
import { place } from './place.ts';
import { begun, TRIES } from './try-steps.ts';

/** What can be tried: all of it once the story is told, nothing where there is none. */
export const tries = computed(() => {
  const ready = people.value.some(({ userId, preparing }) => userId === hero.value && !preparing);
  return ready ? TRIES : [];
});

/** What is being tried, while its person is. */
export const attempt = computed(() =>
  tries.value.find(({ name, userId }) => name === place.value.attempt && userId === place.value.viewer),
);

/** Counts how often a try was asked for, so that its card is sought again. */
export const searches = signal(0);

/** Where the present attempt begins among these entries. */
export function soughtIn(entries: readonly Entry[]): Entry | undefined {
  const present = attempt.value;
  return present && begun(present, entries);
}
