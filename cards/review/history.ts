import type { Product } from '../../src/domain/flows/definition.ts';
import { shownDate } from '../dates.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { policyLine } from '../vocabulary.ts';

/** One thing that happened to an item. */
export type Happening =
  | { readonly what: 'sent'; readonly at: number; readonly revision: number }
  | { readonly what: 'approved' | 'failed' | 'invalidated'; readonly at: number }
  | { readonly what: 'appealSent' | 'appealAccepted' | 'appealDenied'; readonly at: number }
  /** Not an event: the clause of the policy behind the reason. */
  | { readonly what: 'policy'; readonly clause: string; readonly product: Product };

const EVENTS: Readonly<Record<Exclude<Happening['what'], 'policy'>, TextKey>> = {
  sent: 'history.sent',
  approved: 'history.approved',
  failed: 'history.failed',
  invalidated: 'history.invalidated',
  appealSent: 'history.appealSent',
  appealAccepted: 'history.appealAccepted',
  appealDenied: 'history.appealDenied',
};

/** What happened, oldest first, as facts: what, and on which day. */
export function historyFacts(t: T, history: readonly Happening[], timeZone: string): NonNullable<CardView['facts']> {
  return history.map((one) => {
    if (one.what === 'policy') return { label: t('history.policy'), value: policyLine(t, one.clause, one.product) };
    const label = t(EVENTS[one.what], one.what === 'sent' ? { revision: one.revision } : {});
    return { label, value: shownDate(t.language, one.at, timeZone) };
  });
}
