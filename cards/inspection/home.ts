import { menuButton, plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type DueModel, whenDue } from './due.ts';
import { shownTasks } from './shown-count.ts';

export interface InspectionHomeModel {
  /** How many tasks wait, also those that are begun; beyond 99 it need not be right. */
  readonly count: number;
  /** The most urgent one. */
  readonly first?: (DueModel & { readonly shop: string }) | undefined;
  /** Whether the person has a test account. */
  readonly account: boolean;
  readonly timeZone: string;
}

/** *Spot Inspection*: what is due, and the guide's two ways in. */
export function inspectionHome({ count, first, account, timeZone }: InspectionHomeModel, t: T): CardView {
  return {
    title: t('name.SPOT_INSPECTION'),
    body: [
      count === 0 ? t('tasks.none.tasks') : t('tasks.due', { count, shown: shownTasks(count) }),
      ...(first === undefined
        ? []
        : [markdownText(t, 'tasks.first', { shop: first.shop, when: whenDue(t, first, timeZone) })]),
    ],
    actions: [
      primary(t('name.verificationTasks'), 'inspection.tasks'),
      plain(t('name.paymentVerification'), 'inspection.tasks', { of: 'payments' }),
      plain(t('button.myInspections'), 'inspection.tasks', { of: 'submitted' }),
      ...(account ? [plain(t('button.myAccount'), 'account.mine')] : []),
      menuButton(t),
    ],
  };
}
