import type { ItemModel } from '../../cards/review/item.ts';
import { type Appeal, latestAppealOf } from '../../models/appeals.ts';
import { findIso } from '../../models/isos.ts';
import { findItem } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import { openRemedies, stateAt } from '../../src/domain/item-standing.ts';
import { loadFees } from './fees.ts';
import { happeningsOf } from './happenings.ts';
import { isPromoted, nameOf } from './item-model.ts';
import { photoInQuestion } from './photo-in-question.ts';

/** A store, spot or POSM and how its review stands; `opened` with what happened. */
export async function loadItem(itemRef: string, viewer: Person, now: number, opened = false): ReturnType<LoadCard> {
  const item = await findItem(itemRef);
  if (item === undefined || item.staffId !== viewer.userId || !isPromoted(item)) {
    return { name: 'notice', model: { kind: 'oldCard' }, version: 0 };
  }
  const iso = await findIso(item.isoId);
  const appeal = await latestAppealOf(item.itemRef);
  const state = stateAt(item, now, appeal?.state === 'DRAFT');
  const { judgement, deadlineAt } = item;
  const remedies = openRemedies(item, now);
  const photo = remedies.length > 0 ? await photoInQuestion(item) : undefined;
  return {
    name: 'review.item',
    model: {
      ...{ name: nameOf(item), state, revision: item.revision, submittedAt: item.submittedAt },
      ...{ reasons: judgement?.reasonCodes ?? [], remedies, now, timeZone: iso?.timeZone ?? 'UTC' },
      fee: (await loadFees([item])).get(item.itemRef) ?? 'NOT_ELIGIBLE',
      ...(judgement?.text !== undefined && { words: wordsOf(judgement.text, judgement.language) }),
      ...(deadlineAt !== undefined && { deadlineAt }),
      ...(state === 'APPEALING' && { appeal: stageOf(appeal) }),
      ...(photo !== undefined && { photo }),
      ...(opened && { history: await happeningsOf(item, appeal) }),
    },
    version: item.version,
  };
}

function wordsOf(text: string, language: string | undefined): NonNullable<ItemModel['words']> {
  return { text, ...(language !== undefined && { language }) };
}

function stageOf(appeal: Appeal | undefined): 'draft' | 'filed' {
  return appeal?.state === 'DRAFT' ? 'draft' : 'filed';
}
