import { findResultDay } from '../../models/result-days.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import { nameOf, reasonOfItem } from './item-model.ts';
import { itemsToDo } from './items-to-do.ts';
import { photoInQuestion } from './photo-in-question.ts';

/** *Results up to Mon 23 Nov*: the numbers as they were told, the most urgent of that day's failures as it stands now. */
export const loadResultDay: LoadCard = async (card, viewer, now) => {
  const day = await findResultDay(card.subject.id);
  if (day?.userId !== viewer.userId) return { name: 'notice', model: { kind: 'oldCard' }, version: 0 };
  const { dataDate, stores, spots, version } = day;
  const urgent = (await itemsToDo(viewer.userId, now)).find(({ itemRef }) => day.failed.includes(itemRef));
  const photo = urgent === undefined ? undefined : await photoInQuestion(urgent);
  return {
    name: 'review.day',
    model: {
      ...{ dataDate, stores, spots, now },
      ...(urgent !== undefined && {
        failure: {
          ...{ itemRef: urgent.itemRef, name: nameOf(urgent), reason: reasonOfItem(urgent) },
          deadlineAt: urgent.deadlineAt,
        },
      }),
    },
    version,
    // `Fix Door` shows it
    ...(photo !== undefined && { soon: [{ kind: 'photo', sha256: photo.sha256 }] }),
  };
};
