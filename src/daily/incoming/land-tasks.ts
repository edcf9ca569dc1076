import { z } from 'zod';
import { foreseeTask, landTask, type TaskRow } from '../inspection-tasks.ts';
import { flag, instant, key, list, oneOf, optional } from './columns.ts';
import type { LandingKind, Outcome } from './kind.ts';
import { areOfKnownIsos } from './known-isos.ts';

const LONGEST_TEXT = 300;
const text = z.string().max(LONGEST_TEXT, `is longer than ${LONGEST_TEXT} characters`);
const USUAL_PRIORITY = 2;

const taskRow = z
  .object({
    sourceKey: key,
    isoId: key,
    assignee: optional(key),
    storeRef: key,
    storeName: text.min(1, 'is empty'),
    address: text,
    countryRegion: z.string().regex(/^[A-Z]{2}$/, 'is not a country of two letters'),
    acceptsOnlyAlipay: flag,
    spotRefs: list,
    dueAt: instant,
    priority: optional(oneOf(['1', '2', '3'])),
  })
  .transform(({ assignee, priority, ...row }): TaskRow => {
    return { ...row, namedAssignee: assignee, priority: Number(priority ?? USUAL_PRIORITY) };
  });

/** `inspection-tasks_*.csv`: what somebody is to verify on the spot. */
export const TASKS: LandingKind<TaskRow> = {
  columns: {
    required: [
      'sourceKey',
      'isoId',
      'storeRef',
      'storeName',
      'address',
      'countryRegion',
      'acceptsOnlyAlipay',
      'spotRefs',
      'dueAt',
    ],
    optional: ['assignee', 'priority'],
  },
  spellings: {
    sourceKey: 'key',
    isoId: 'key',
    assignee: 'key',
    storeRef: 'key',
    countryRegion: 'word',
    acceptsOnlyAlipay: 'flag',
    spotRefs: 'list',
    dueAt: 'time',
    priority: 'whole',
  },
  rowsAtOnce: 10,
  keyColumn: 'sourceKey',
  schema: taskRow,
  known: areOfKnownIsos,
  // a row may be about what the one before it began: each is decided as it is written
  plan: async (rows, from) => ({
    read: [],
    changed: [],
    async write(tx) {
      const outcomes: Outcome[] = [];
      for (const [index, row] of rows.entries())
        outcomes.push(await landTask(row, { ...from, row: from.lines?.[index] }, tx));
      return outcomes;
    },
    async foresee(foreseen) {
      const outcomes: Outcome[] = [];
      for (const row of rows) outcomes.push(await foreseeTask(row, from, foreseen));
      return outcomes;
    },
  }),
};
