import { danger, menuButton, plain } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface LeaveModel {
  readonly iso: string;
  /** Nobody would be left to decide there. */
  readonly lastAdmin: boolean;
  /** Asked for the second time. */
  readonly again: boolean;
}

/** *Leave your ISO?*, and the same once more: what is left stays behind, and only the ISO can let one in again. */
export function leave({ iso, lastAdmin, again }: LeaveModel, t: T): CardView {
  const name = { iso: shorten(iso, 20) };
  const title = t(again ? 'leave.title.again' : 'leave.title');
  if (lastAdmin) {
    const body = [markdownText(t, 'leave.lastAdmin', name), t('leave.lastAdmin.do')];
    return { title, body, actions: [menuButton(t)] };
  }
  if (again) {
    return {
      title,
      body: [markdownText(t, 'leave.sure', name)],
      actions: [danger(t('button.leaveForGood'), 'association.leaveSure'), menuButton(t)],
    };
  }
  return {
    title,
    body: [markdownText(t, 'leave.stays', name), t('leave.reads'), markdownText(t, 'leave.back', name)],
    actions: [plain(t('button.leave'), 'association.leaveAgain'), menuButton(t)],
  };
}
