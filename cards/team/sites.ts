import { isNearlyUsed, type SitesUsed } from '../../src/domain/site-quota.ts';
import { menuButton } from '../buttons.ts';
import { shownNumber, shownPeriod } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface SitesModel extends SitesUsed {
  /** `2026-11`, `2026-Q4`, `2026`. */
  readonly period: string;
}

/** What admins are told once when the sites that their ISO agreed on are nearly used; it goes on saying how they stand. */
export function sites({ agreed, used, period }: SitesModel, t: T): CardView {
  const isUsedUp = used >= agreed;
  return {
    title: t('sites.title'),
    tag: isNearlyUsed({ agreed, used })
      ? { text: t(isUsedUp ? 'limits.tag.reached' : 'limits.tag.near'), tone: isUsedUp ? 'danger' : 'warning' }
      : undefined,
    body: [sitesUsed({ agreed, used, period }, t), t('sites.beyond'), t('sites.agreeMore')],
    actions: [menuButton(t)],
  };
}

/** `4 of 5 sites of November 2026 are in use.` */
export function sitesUsed({ agreed, used, period }: SitesModel, t: T): string {
  const numbers = { used: shownNumber(t.language, used), agreed: shownNumber(t.language, agreed), count: agreed };
  return markdownText(t, 'sites.used', { ...numbers, period: shownPeriod(t.language, period) });
}
