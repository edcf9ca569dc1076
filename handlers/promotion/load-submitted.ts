import type { LoadCard } from '../../src/delivery/render-cards.ts';
export const loadSubmitted = async (..._: unknown[]): ReturnType<LoadCard> => ({
  name: 'notice',
  model: { kind: 'oldCard' },
  version: 0,
});
