import { signal } from '@preact/signals';

/** Who is looking, and at which chat; empty strings before that is chosen. */
export interface Place {
  readonly viewer: string;
  readonly conversation: string;
}

export const place = signal<Place>(readPlace(location.hash));

/** The hash of a place, `#staff1/staff1`, so that a reload and a link land at the same chat. */
export function placeHash(viewer: string, conversation = ''): string {
  const parts = [viewer, conversation].filter((part) => part !== '');
  return `#${parts.map(encodeURIComponent).join('/')}`;
}

/** Keeps `place` in step with the address. */
export function followAddress(): void {
  addEventListener('hashchange', () => {
    place.value = readPlace(location.hash);
  });
}

function readPlace(hash: string): Place {
  const [viewer = '', conversation = ''] = hash.replace(/^#/, '').split('/').map(decoded);
  return { viewer, conversation };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
