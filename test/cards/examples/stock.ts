import type { Faces } from './faces.ts';

const people = [
  { userId: 'dao', name: 'Dao Wong' },
  { userId: 'lek', name: 'Lek Boonmee' },
];
const rows = [
  { hash: 'h1', product: 'MARKETING_CODE', serial: 'ABCDEFGH2345' },
  { hash: 'h2', product: 'MARKETING_CODE', serial: 'ABCDEFGH2346' },
];
const codes = { userId: 'nok', rows, count: 2, iso: 'Lotus Partners', people, search: false, find: '' } as const;
const batches = [
  { key: 'MARKETING_CODE/B-17', product: 'MARKETING_CODE', batchId: 'B-17', left: 240 },
  { key: 'MARKETING_CODE/B-18', product: 'MARKETING_CODE', batchId: 'B-18', left: 1_000 },
];
const stockRow = { product: 'MARKETING_CODE', here: 240, held: 31, down: 0, lost: 0, paceDays: 30 } as const;
const stock = {
  products: [stockRow],
  people: [
    { userId: 'dao', name: 'Dao Wong', codes: 0 },
    { userId: 'nok', name: 'Nok Suda', codes: 31 },
  ],
  bookedOver: 0,
  page: 1,
  pages: 1,
} as const;

export const STOCK: Faces<'stock' | 'team.stock' | 'team.allot' | 'team.allotPhotos' | 'team.bookedOver'> = {
  stock: {
    own: codes,
    others: { ...codes, name: 'Nok Suda' },
    many: { ...codes, count: 43, search: true },
    notFound: { ...codes, count: 43, search: true, find: 'Somebody', people: [] },
    none: { ...codes, rows: [], count: 0 },
  },
  'team.stock': {
    some: { ...stock, products: [{ ...stockRow, days: 12 }] },
    all: {
      ...stock,
      products: [{ ...stockRow, down: 3, lost: 2, days: 1 }],
      people: Array.from({ length: 4 }, (_, n) => ({ userId: `p${n}`, name: 'Nok Suda Boonmee', codes: 120 })),
      bookedOver: 2,
      pages: 3,
    },
  },
  'team.allot': {
    batches: { batches, down: 0, ordered: false, people, search: false, find: '' },
    ordered: { batches, down: 0, ordered: true, people, search: true, find: 'lek' },
    none: { batches: [], down: 0, ordered: false, people, search: false, find: '' },
    takenDown: { batches: [], down: 3, ordered: false, people, search: false, find: '' },
  },
  'team.allotPhotos': {
    begun: { name: 'Nok Suda' },
    counted: { name: 'Nok Suda Boonmee', counted: { given: 24, before: 2, notInStock: 1, others: 1 } },
    nothing: { name: 'Nok Suda', counted: { given: 0, before: 24, notInStock: 0, others: 0 }, note: 'noCode' },
  },
  'team.bookedOver': {
    some: {
      rows: [
        {
          serial: 'ABCDEFGH2345',
          shop: 'Baan Coffee',
          from: 'Nok Suda',
          by: 'Lek Boonmee',
          at: Date.UTC(2026, 10, 24, 3),
        },
      ],
      page: 1,
      pages: 2,
      timeZone: 'Asia/Bangkok',
    },
  },
};
