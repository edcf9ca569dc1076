import type { LoadCard } from '../../src/delivery/render-cards.ts';
import { itemsToDo } from './items-to-do.ts';
import { urgentFailure } from './urgent-failure.ts';

/** *Still to do*: what failed and waits for the person, as it stands when the card is drawn. */
export const loadReminder: LoadCard = async (_card, viewer, now) => {
  const toDo = await itemsToDo(viewer.userId, now);
  const { failure, timeZone, soon } = await urgentFailure(toDo[0]);
  return { name: 'review.reminder', model: { failure, failed: toDo.length, timeZone }, version: 0, soon };
};
