/** Every list that an ISO can take away. */
export const LIST_NAMES = ['promotions', 'failures', 'tasks', 'people', 'fees', 'digests', 'stock'] as const;
export type ListName = (typeof LIST_NAMES)[number];
