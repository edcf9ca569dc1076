import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import type { Card } from '../../models/cards.ts';
import { recordUpdate } from '../../models/inbox.ts';
import type { CardParams } from '../platform/platform.ts';
import type { Renderer } from './renderer.ts';

export interface RefusedWordsOptions {
  readonly renderer: Pick<Renderer, 'withoutWords'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
  /** Wakes the lane in which it is applied that a card was refused. */
  readonly recorded: (lane: string) => void;
}

/**
 * Sends a card as it is drawn; one of which DingTalk refuses a word (`param.contentUnsafe`) goes out once more without anything that
 * was typed, and the admins of the person or group hear of it, once a card. Any other failure is the caller's.
 */
export async function sendShowable<Answer>(
  options: RefusedWordsOptions,
  card: Card,
  params: CardParams,
  send: (params: CardParams) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send(params);
  } catch (thrown) {
    if (asAppError(thrown).code !== 'dingtalk.contentUnsafe') throw thrown;
    options.log.warn({ outTrackId: card.outTrackId }, 'card.refused');
    const answer = await send(await options.renderer.withoutWords(card));
    // what says so may be refused for the same word, a name: then it was said
    if (card.view !== 'team.refusedWords') await record(options, card);
    return answer;
  }
}

async function record({ clock, recorded }: RefusedWordsOptions, { outTrackId, viewer }: Card): Promise<void> {
  const at = clock.now();
  const refused = { type: 'card.refused', facts: { outTrackId } } as const;
  if (await recordUpdate({ ...refused, kind: 'event', id: `card-refused:${outTrackId}`, at }, viewer, at))
    recorded(viewer);
}
