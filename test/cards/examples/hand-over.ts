import type { WorkRow } from '../../../cards/hand-over.ts';
import type { Faces } from './faces.ts';

const now = Date.UTC(2026, 10, 24, 3);
const DAY_MS = 86_400_000;
const door = { spotType: 'ENTRANCE_DOOR', number: 1 } as const;

const rows: readonly WorkRow[] = [
  { key: 'item:spot1', name: { kind: 'spot', shop: 'Baan Coffee', spot: door }, dueAt: now + DAY_MS },
  {
    key: 'inspection:t1',
    name: { other: 'inspection', shop: 'Som Tam House' },
    dueAt: now + 2 * DAY_MS,
    back: 'TOO_FAR',
  },
  { key: 'draft:d1', name: { other: 'draft', shop: 'The Very Long Name of a Coffee House by the River' } },
  { key: 'draft:d2', name: { other: 'draft', shop: '' } },
];
const people = [
  { userId: 'dao', name: 'Dao Wong' },
  { userId: 'lek', name: 'Lek Boonmee' },
];

export const HAND_OVER: Faces<'handOver' | 'handOver.left'> = {
  handOver: {
    nobodys: { scope: 'nobody', rows, count: 4, people, now },
    many: { scope: 'nobody', rows, count: 43, people, now },
    persons: { scope: 'person', name: 'Nok Suda', rows: rows.slice(0, 1), count: 1, people, now },
    tasks: {
      scope: 'tasks',
      rows: [
        {
          ...(rows[1] ?? rows[0]),
          key: 'inspection:t1',
          name: { other: 'inspection', shop: 'Som Tam House' },
          who: '',
        },
        {
          key: 'inspection:t2',
          name: { other: 'inspection', shop: 'Nine Mart' },
          dueAt: now + DAY_MS,
          who: 'Lek Boonmee',
        },
      ],
      count: 2,
      people,
      now,
    },
    item: { scope: 'item', rows: rows.slice(0, 1), count: 1, people, now },
    alone: { scope: 'nobody', rows, count: 4, people: [], now },
    none: { scope: 'nobody', rows: [], count: 0, people, now },
  },
  'handOver.left': { some: { count: 3 }, none: { count: 0 } },
};
