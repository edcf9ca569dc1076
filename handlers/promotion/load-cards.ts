import type { LoadCard } from '../../src/delivery/render-cards.ts';

export const loadIntro: LoadCard = async () => ({
  name: 'promotion.intro',
  model: { product: 'MARKETING_CODE' },
  version: 0,
});

export const loadPolicy: LoadCard = async () => ({
  name: 'promotion.policy',
  model: { product: 'MARKETING_CODE' },
  version: 0,
});

export const loadPromotion: LoadCard = async () => ({ name: 'notice', model: { kind: 'oldCard' }, version: 0 });
