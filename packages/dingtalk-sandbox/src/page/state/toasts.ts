import { signal } from '@preact/signals';

export interface Toast {
  readonly id: number;
  readonly text: string;
  /** Does again what failed. */
  readonly again?: (() => void) | undefined;
}

const SHOWN_MS = 8_000;
let lastId = 0;

export const toasts = signal<readonly Toast[]>([]);

/** Shows a line over the chat for a while; at most two stand at once. */
export function showToast(text: string, again?: () => void): void {
  lastId += 1;
  const id = lastId;
  toasts.value = [...toasts.value.slice(-1), { id, text, again }];
  setTimeout(() => dismissToast(id), SHOWN_MS);
}

/** Takes a line away. */
export function dismissToast(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
