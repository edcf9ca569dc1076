import { danger, menuButton } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type InvitationModel, named } from './invitations.ts';

export interface MoveModel extends InvitationModel {
  /** The ISO that the person works for. */
  readonly from: string;
  /** Nobody would be left to decide there. */
  readonly lastAdmin: boolean;
}

/** *Leave and join?*: said once more, since what is left does not come along. */
export function move(model: MoveModel, t: T): CardView {
  const { from, iso, lastAdmin } = model;
  const title = t('move.title');
  const old = shorten(from, 20);
  if (lastAdmin) {
    return {
      title,
      body: [markdownText(t, 'leave.lastAdmin', { iso: old }), t('leave.lastAdmin.do')],
      actions: [menuButton(t)],
    };
  }
  return {
    title,
    body: [
      markdownText(t, 'move.from', { from: old, iso: shorten(iso, 20) }),
      markdownText(t, 'leave.stays', { iso: old }),
      t('leave.reads'),
    ],
    actions: [danger(t('button.leaveAndJoin'), 'association.move', named(model)), menuButton(t)],
  };
}
