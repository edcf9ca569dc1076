import { monthOf } from '../src/domain/limits.ts';
import { type Hours, hourOfMonth } from '../src/domain/personal-budget.ts';
import { collection, type RecordOf } from './collection.ts';
import { number, text, value } from './fields.ts';
import type { Transaction } from './transaction.ts';

const Usage = collection('personalusage', {
  /** See `idOf`. */
  id: 'usageId',
  fields: {
    /** `2026-11`. */
    month: text(),
    userId: text(),
    /** The ISO that they worked for when something of it was counted last. */
    isoId: text().optional(),
    pushes: number().optional(),
    calls: value<Hours>().optional(),
    opened: value<Hours>().optional(),
    /** When admins were told that it is far more than everybody's. */
    notedAt: number().optional(),
  },
  indexes: [[{ month: 1, pushes: 1 }], [{ userId: 1 }]],
});

type Row = RecordOf<typeof Usage>;

/** What DingTalk pushed to the bot because of a person in a month; what was called because of them, and the cards that they opened below. */
export interface PersonalUsage extends Pick<Row, 'month' | 'userId' | 'isoId'> {
  readonly pushes: number;
  readonly calls: Hours;
  readonly opened: Hours;
}

/** What is counted at one moment. */
export type PersonalCounts = Readonly<Record<'pushes' | 'calls' | 'opened', number>>;

/** Adds what a person caused at `at` (`clock.now()`); many processes add up. Answers their month as it is then. */
export async function addPersonal(
  { userId, isoId, at }: { userId: string; isoId: string | undefined; at: number },
  { pushes, calls, opened }: PersonalCounts,
): Promise<PersonalUsage> {
  const [month, hour] = [monthOf(at), hourOfMonth(at)];
  const inc = {
    pushes,
    [`calls.${hour}`]: calls > 0 ? calls : undefined,
    [`opened.${hour}`]: opened > 0 ? opened : undefined,
  } as const;
  const change = { set: { month, userId, isoId: isoId ?? null }, inc };
  const row = await Usage.change({ usageId: idOf(month, userId) }, change, { upsert: true });
  return toUsage(row ?? { usageId: '', month, userId });
}

/** Who caused something in a month. */
export async function personalUsage(month: string): Promise<readonly PersonalUsage[]> {
  return (await Usage.find({ month })).map(toUsage);
}

export async function personalUsageOf(month: string, userId: string): Promise<PersonalUsage | undefined> {
  const row = await Usage.get(idOf(month, userId));
  return row && toUsage(row);
}

/** Who has so many pushes in a month, and nobody was told. */
export async function notNotedFrom(month: string, pushes: number): Promise<readonly PersonalUsage[]> {
  const rows = await Usage.find({ month, pushes: { $gte: pushes } });
  return rows.filter(({ notedAt }) => notedAt === undefined).map(toUsage);
}

/** Notes that admins are told; `false` if they were before, by whatever process. */
export async function noteFarAbove(month: string, userId: string, at: number, tx: Transaction): Promise<boolean> {
  const notTold = { usageId: idOf(month, userId), notedAt: { $exists: false } } as const;
  return (await Usage.update(notTold, { set: { notedAt: at } }, { tx })).modifiedCount === 1;
}

/** Forgets who caused what in months before this one (`2026-11`). */
export async function forgetPersonalUsage(beforeMonth: string): Promise<number> {
  return await Usage.removeAll({ month: { $lt: beforeMonth } });
}

/** Forgets what these people caused, in any month. */
export async function forgetUsageOf(userIds: readonly string[]): Promise<void> {
  await Usage.removeAll({ userId: { $in: userIds } });
}

function toUsage({ month, userId, isoId, pushes = 0, calls = {}, opened = {} }: Row): PersonalUsage {
  return { month, userId, isoId, pushes, calls, opened };
}

function idOf(month: string, userId: string): string {
  return `${month}/${userId}`;
}
