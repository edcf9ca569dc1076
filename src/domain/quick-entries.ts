/** What the navigation at the bottom of the chat leads to, in its order. */
export const QUICK_ENTRIES = ['products', 'tasks', 'results', 'language'] as const;
export type QuickEntry = (typeof QUICK_ENTRIES)[number];

/** Nothing in an address is trusted. */
export function isQuickEntry(value: unknown): value is QuickEntry {
  return QUICK_ENTRIES.some((entry) => entry === value);
}
