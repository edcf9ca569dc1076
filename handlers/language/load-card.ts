import type { LoadCard } from '../../src/delivery/render-cards.ts';

export const loadLanguage: LoadCard = async (_card, viewer) => ({
  name: 'language',
  model: { back: viewer.state === 'ACTIVE' },
  version: 0,
});
