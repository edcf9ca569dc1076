import { dayOf } from '@field/kit/calendar';

/** How long a quota of sites is for (policy P1). */
export const QUOTA_PERIODS = ['month', 'quarter', 'year'] as const;
export type QuotaPer = (typeof QUOTA_PERIODS)[number];

/** Admins are told when so much of a quota is used, percent. */
const NEAR = 80;

/** How many sites an ISO agreed on for a period, and how many are taken. */
export interface SitesUsed {
  readonly agreed: number;
  readonly used: number;
}

/** The period in which an instant falls where the ISO is: `2026-11`, `2026-Q4`, `2026`. */
export function periodOf(at: number, per: QuotaPer, timeZone: string): string {
  const day = dayOf(at, timeZone);
  const [year, month] = [day.slice(0, 4), day.slice(4, 6)];
  switch (per) {
    case 'month':
      return `${year}-${month}`;
    case 'quarter':
      return `${year}-Q${Math.ceil(Number(month) / 3)}`;
    case 'year':
      return year;
  }
}

/** How many sites may still be begun. */
export function sitesLeft({ agreed, used }: SitesUsed): number {
  return Math.max(0, agreed - used);
}

/** Whether the end of a quota is near, or reached. */
export function isNearlyUsed({ agreed, used }: SitesUsed): boolean {
  return used * 100 >= agreed * NEAR;
}
