import { signal } from '@preact/signals';

/** Who is looking, and at which chat; empty strings before that is chosen. */
export interface Place {
  readonly viewer: string;
  readonly conversation: string;
  /** What to try there (`tries.ts`); empty for nothing in particular. */
  readonly attempt: string;
}

export const place = signal<Place>(readPlace(location.hash));

let openedWithoutPlace = place.value.viewer === '';

/** The hash of a place, `#staff1/staff1`, so that a reload and a link land at the same chat. */
export function placeHash(viewer: string, conversation = '', attempt = ''): string {
  const parts = [viewer, conversation, attempt].filter((part) => part !== '');
  return `#${parts.map(encodeURIComponent).join('/')}`;
}

/** Takes up a person where the address named nobody when the page was opened; whoever leaves a chat later is left alone. */
export function openAs(userId: string): void {
  if (!openedWithoutPlace) return;
  openedWithoutPlace = false;
  location.replace(placeHash(userId, userId));
}

/** Everything begins afresh: to the chat of whom the story is about, or to the people. */
export function openAtBeginning(userId: string | undefined): void {
  location.hash = userId === undefined ? '' : placeHash(userId, userId);
}

/** Keeps `place` in step with the address. */
export function followAddress(): void {
  addEventListener('hashchange', () => {
    openedWithoutPlace = false;
    place.value = readPlace(location.hash);
  });
}

function readPlace(hash: string): Place {
  const [viewer = '', conversation = '', attempt = ''] = hash.replace(/^#/, '').split('/').map(decoded);
  return { viewer, conversation, attempt };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
