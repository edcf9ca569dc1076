import type { Entry } from '@field/dingtalk-sandbox/page-protocol';
import type { StoredRows } from '../world/stored-rows.ts';
import { repeated } from './submissions-whole.ts';
import type { Worker } from './worker.ts';

type CardRow = StoredRows['cards'][number];

/** One working card a person, drawn as it should be; what is history has no buttons; none is delivered twice. */
export async function cardsAskew(rows: StoredRows, workers: readonly Worker[]): Promise<string[]> {
  const askew = [];
  for (const worker of workers) {
    const chat = (await worker.looks()).filter(({ outTrackId }) => outTrackId !== undefined);
    const cards = rows.cards.filter(({ viewer }) => viewer === worker.userId);
    const person = rows.peoples.find(({ _id }) => _id === worker.userId);
    askew.push(
      ...repeated(chat.map(({ outTrackId }) => outTrackId ?? '')).map((card) => `card ${card} was delivered twice`),
      ...workingAskew(worker.userId, cards, String(person?.workingCard)),
      ...cards.flatMap((card) =>
        drawnAskew(
          card,
          chat.find(({ outTrackId }) => outTrackId === card._id),
        ),
      ),
    );
  }
  return askew;
}

function workingAskew(userId: string, cards: readonly CardRow[], workingCard: string): string[] {
  const live = cards.filter(({ kind, folded, delivered }) => kind === 'working' && folded === undefined && delivered);
  const ids = live.map(({ _id }) => String(_id));
  return ids.length === 1 && ids[0] === workingCard
    ? []
    : [`${userId} works on ${workingCard}, live are ${ids.join() || 'none'}`];
}

function drawnAskew(
  { _id, delivered, folded, stale, refused, maybeMade }: CardRow,
  drawn: Entry | undefined,
): string[] {
  if (!delivered) return [];
  if (drawn === undefined) return maybeMade ? [] : [`card ${_id} was delivered and is not in the chat`];
  const { forms = [], buttons = [] } = drawn.view ?? {};
  const isLive = forms.some(({ disabled }) => !disabled) || buttons.some(({ disabled }) => !disabled);
  return [
    ...(folded !== undefined && isLive ? [`card ${_id} is history and can still be tapped: ${drawn.view?.title}`] : []),
    ...(refused === undefined ? [] : [`dead: card ${_id} is refused: ${JSON.stringify(refused)}`]),
    ...(stale ? [`stuck: card ${_id} does not show what it should`] : []),
  ];
}
