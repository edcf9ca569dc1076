import { EVERYTHING, type WorkRow } from '../../../cards/hand-over.ts';
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

const all = rows.map(({ key }) => key);
const found = { people, find: '', search: false, now, timeZone: 'Asia/Bangkok' } as const;

export const HAND_OVER: Faces<'handOver' | 'handOver.left'> = {
  handOver: {
    nobodys: { ...found, scope: 'nobody', rows, count: 4, ticked: all, soon: false },
    many: { ...found, scope: 'nobody', rows, count: 43, ticked: [EVERYTHING], soon: false },
    persons: {
      ...found,
      scope: 'person',
      name: 'Nok Suda',
      rows: rows.slice(0, 1),
      count: 1,
      ticked: all.slice(0, 1),
      soon: false,
    },
    paused: { ...found, scope: 'person', name: 'Nok Suda', rows, count: 4, ticked: all.slice(0, 2), soon: true },
    tasks: {
      ...found,
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
      ticked: [],
      soon: false,
    },
    item: { ...found, scope: 'item', rows: rows.slice(0, 1), count: 1, ticked: all.slice(0, 1), soon: false },
    amongMany: { ...found, scope: 'nobody', rows, count: 4, ticked: all, soon: false, search: true },
    lookedFor: {
      ...found,
      scope: 'nobody',
      rows,
      count: 4,
      ticked: all.slice(1),
      soon: false,
      search: true,
      find: 'lek',
      people: people.slice(1),
    },
    notFound: {
      ...found,
      scope: 'nobody',
      rows,
      count: 4,
      ticked: all,
      soon: false,
      search: true,
      find: 'The Very Long Name of Somebody',
      people: [],
    },
    alone: { ...found, scope: 'nobody', rows, count: 4, people: [], ticked: all, soon: false },
    none: { ...found, scope: 'nobody', rows: [], count: 0, ticked: [], soon: false },
  },
  'handOver.left': { some: { count: 3 }, none: { count: 0 } },
};
