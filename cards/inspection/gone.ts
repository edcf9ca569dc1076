import { menuButton, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';

/** A task that is not this person's to work on, or not any more. */
export interface TaskGoneModel {
  readonly why: 'moved' | 'expired' | 'unknown';
  readonly shop: string;
}

const WHY: Readonly<Record<TaskGoneModel['why'], TextKey>> = {
  moved: 'line.taskMoved',
  expired: 'line.taskExpired',
  unknown: 'inspection.gone.unknown',
};

export function taskGone({ why, shop }: TaskGoneModel, t: T): CardView {
  return {
    title: t('name.SPOT_INSPECTION'),
    body: [markdownText(t, WHY[why], { shop })],
    actions: [primary(t('name.verificationTasks'), 'inspection.tasks'), menuButton(t)],
  };
}
