import { countOf } from '../../cards/review/other-work.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import { itemsToDo } from '../review/items-to-do.ts';
import { urgentFailure } from '../review/urgent-failure.ts';
import { loadOtherWork } from './load-other-work.ts';

/** *Still to do*: what failed, is due or was left and waits for the person, as it stands when the card is drawn. */
export const loadReminder: LoadCard = async (_card, viewer, now, seen) => {
  const [toDo, { other, timeZone }] = await Promise.all([
    itemsToDo(viewer.userId, now),
    loadOtherWork(viewer, now, { seen }),
  ]);
  const { failure, soon } = await urgentFailure(toDo[0], seen);
  const model = { failure, failed: toDo.length, other, timeZone };
  const isOver = toDo.length + countOf(other) === 0;
  return { name: 'review.reminder', model, version: 0, soon, isOver };
};
