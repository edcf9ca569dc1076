import type { AppealModel } from '../../cards/review/appeal.ts';
import type { Appeal } from '../../models/appeals.ts';
import type { Card } from '../../models/cards.ts';
import { findIso } from '../../models/isos.ts';
import { readUnder } from '../../models/item-rows.ts';
import type { Person } from '../../models/people.ts';
import { programmeAt } from '../../models/programme-in-use.ts';
import type { Reads } from '../../models/single-write.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { readStatement } from '../../src/domain/appeal-statement.ts';
import { openRemedies, stateAt } from '../../src/domain/item-standing.ts';
import { answerDue } from './answer-due.ts';
import { ownAppeal } from './appeal-at-hand.ts';
import { failedState, nameOf } from './item-model.ts';
import { loadItem } from './load-item.ts';
import { reasonsOfItem } from './reasons-of-item.ts';

/** An appeal that is being written: `why` with the form open, else what is still to be said. How the item stands, once it is over. */
export async function loadAppeal(
  card: Card,
  viewer: Person,
  now: number,
  { seen, why = false }: { readonly seen?: Reads | undefined; readonly why?: boolean | undefined } = {},
): ReturnType<LoadCard> {
  const found = await ownAppeal(card.subject.id, viewer, seen);
  if (found === undefined) return OLD_CARD;
  const { appeal, item } = found;
  if (appeal.state !== 'DRAFT' || stateAt(item, now, true) !== 'APPEALING') {
    return await loadItem(appeal.itemRef, viewer, now, { seen });
  }
  const { statement, evidence, note, version } = appeal;
  const kept = evidence.filter(({ sha256 }) => sha256 !== undefined).length;
  return {
    name: 'review.appeal',
    model: {
      name: nameOf(item),
      statement,
      photos: kept,
      evidence: [...new Set((await reasonsOfItem(item)).flatMap((reason) => reason.evidence))],
      canModify: openRemedies({ ...item, state: failedState(item) }, now).includes('MODIFY'),
      note,
      form: why || statement === '' ? formModel(appeal) : undefined,
    },
    programme: await programmeAt(readUnder(item)),
    version,
    line: kept < evidence.length ? { key: 'notice.checking' } : undefined,
  };
}

function formModel({ typed, statement }: Appeal): NonNullable<AppealModel['form']> {
  if (typed === undefined) return { why: statement };
  const reading = readStatement(typed);
  return { why: typed, problems: reading.ok ? undefined : [{ ...reading.problem, field: 'why' }] };
}

/** *Appeal sent*, and what became of it. */
export const loadAppealSent: LoadCard = async (card, viewer, now, seen) => {
  const found = await ownAppeal(card.subject.id, viewer, seen);
  if (found === undefined) return OLD_CARD;
  const { appeal, item } = found;
  const { state, itemRef, version } = appeal;
  const canWithdraw = state === 'FILED' && stateAt(item, now, true) === 'APPEALING';
  const programme = await programmeAt(readUnder(item));
  const iso = state === 'FILED' ? await findIso(appeal.isoId, seen) : undefined;
  const answer = { answerBy: iso && (await answerDue(appeal, iso)), now, timeZone: iso?.timeZone ?? 'UTC' };
  const model = { name: nameOf(item), itemRef, state, canWithdraw, ...answer };
  return { name: 'review.appealSent', model, programme, version };
};

/** What was answered to an appeal. */
export const loadAppealAnswer: LoadCard = async (card, viewer, _now, seen) => {
  const found = await ownAppeal(card.subject.id, viewer, seen);
  if (found === undefined) return OLD_CARD;
  const { state, itemRef, version, answer, answerLanguage } = found.appeal;
  const words = answer === undefined ? undefined : { text: answer, language: answerLanguage };
  return {
    name: 'review.answer',
    model: {
      name: nameOf(found.item),
      itemRef,
      accepted: state === 'ACCEPTED',
      words,
    },
    programme: await programmeAt(readUnder(found.item)),
    version,
  };
};
