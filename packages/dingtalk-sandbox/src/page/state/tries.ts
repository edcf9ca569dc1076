import { computed, signal } from '@preact/signals';
import type { Entry } from '../../protocol/page-protocol.ts';
import { hero, people } from './chats.ts';
import { place } from './place.ts';
import { actionsOf } from './samples.ts';

/** One of the things that the story has made ready (architecture 9). */
export interface Try {
  /** In the address, `#nok/nok/fix`. */
  readonly name: string;
  readonly label: string;
  /** Whose phone it is. */
  readonly userId: string;
  /** One line: what to do there. */
  readonly hint: string;
  /** The card to begin at: the lowest that does the first of these, by routing key. */
  readonly begins: readonly RegExp[];
}

const TRIES: readonly Try[] = [
  {
    name: 'promote',
    label: '① Promote a shop',
    userId: 'nok',
    hint: 'Lotus Tea is half done. Say where its code is, send the sample photos, and submit.',
    begins: [/^promotion\.answer$/, /^promotion\./, /^menu\.open$/],
  },
  {
    name: 'fix',
    label: '② Fix a failed spot',
    userId: 'nok',
    hint: 'One spot of Baan Coffee failed. Open it here, tap Modify, and send a better close-up.',
    begins: [/^review\.open$/, /^review\./, /^menu\.open$/],
  },
  {
    name: 'inspect',
    label: '③ Inspect',
    userId: 'nok',
    hint: 'Two shops wait for you: tap Menu, Spot Inspection, Verification Tasks.',
    begins: [/^inspection\.tasks$/, /^menu\.open$/],
  },
  {
    name: 'approve',
    label: '④ Approve a colleague',
    userId: 'ploy',
    hint: 'Mai wants to join. Tap Approve, then be Mai and see her menu.',
    begins: [/^association\.approve$/, /^team\./, /^menu\.open$/],
  },
];

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
  for (const begin of attempt.value?.begins ?? []) {
    const found = entries.findLast((entry) => actionsOf(entry).some((action) => begin.test(action)));
    if (found) return found;
  }
  return undefined;
}
