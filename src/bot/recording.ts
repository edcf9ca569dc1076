import type { Clock } from '@field/kit/clock';
import type { Logger } from '@field/kit/log';
import { recordUpdate } from '../../models/inbox.ts';
import type { EventUpdate, MessageUpdate } from '../platform/update.ts';
import type { Router } from './router.ts';

export interface RecorderOptions {
  readonly router: Pick<Router, 'forEvent'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Wakes the lane in which something was recorded. */
  readonly poke: (lane: string) => void;
}

/** Records what DingTalk pushes, before it is acked; it is applied afterwards, in the lane of the person whom it concerns. */
export interface Recorder {
  message(update: MessageUpdate): Promise<void>;
  /** An event that names several people is recorded once for each. What no handler wants is only acked. */
  event(update: EventUpdate): Promise<void>;
}

export function createRecorder({ router, clock, log, poke }: RecorderOptions): Recorder {
  return {
    async message(update) {
      if (update.from.outside) return log.info({ messageId: update.id }, 'message.fromOutside');
      await recordUpdate(update, update.from.userId, clock.now());
      poke(update.from.userId);
    },
    async event(update) {
      if (router.forEvent(update.type) === undefined) return;
      for (const userId of update.userIds) {
        await recordUpdate({ ...update, id: `${update.id}:${userId}`, userIds: [userId] }, userId, clock.now());
        poke(userId);
      }
    },
  };
}
