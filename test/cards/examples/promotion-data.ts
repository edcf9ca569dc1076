import type { Faces } from './faces.ts';

export const PROMOTION_DATA_EXAMPLES: Faces<'team.promotionData'> = {
  'team.promotionData': {
    month: {
      time: '202611',
      before: '202610',
      other: '20261124',
      people: 2,
      all: { stores: 14, spots: 1_030, posms: 1_030, codes: 12 },
      rows: [
        {
          name: 'Nok Suda',
          firstAt: Date.UTC(2026, 10, 3, 2),
          lastAt: Date.UTC(2026, 10, 24, 10),
          stores: 13,
          spots: 1_029,
          posms: 1_029,
          codes: 12,
        },
        {
          firstAt: Date.UTC(2026, 10, 3, 2),
          lastAt: Date.UTC(2026, 10, 3, 2),
          stores: 1,
          spots: 1,
          posms: 1,
          codes: 0,
        },
        { name: 'Lek Boonmee', stores: 0, spots: 0, posms: 0, codes: 0 },
      ],
      page: 1,
      pages: 7,
      timeZone: 'Asia/Bangkok',
    },
    day: {
      time: '20261123',
      before: '20261122',
      after: '20261124',
      other: '202611',
      people: 1,
      all: { stores: 4, spots: 9, posms: 9, codes: 5 },
      rows: [
        {
          name: 'Nok Suda',
          firstAt: Date.UTC(2026, 10, 23, 1, 12),
          lastAt: Date.UTC(2026, 10, 23, 10, 40),
          stores: 4,
          spots: 9,
          posms: 9,
          codes: 5,
        },
      ],
      page: 1,
      pages: 1,
      timeZone: 'Asia/Bangkok',
    },
    none: {
      time: '202611',
      before: '202610',
      other: '20261124',
      people: 0,
      all: { stores: 0, spots: 0, posms: 0, codes: 0 },
      rows: [{ name: 'Lek Boonmee', stores: 0, spots: 0, posms: 0, codes: 0 }],
      page: 1,
      pages: 1,
      timeZone: 'Asia/Bangkok',
    },
  },
};
