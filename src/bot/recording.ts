import type { Clock } from '@field/kit/clock';
import type { Logger } from '@field/kit/log';
import { recordUpdate } from '../../models/inbox.ts';
import type { OrganisationEvent } from '../platform/event.ts';
import type { MessageUpdate } from '../platform/update.ts';

export interface RecorderOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Wakes the lane in which something was recorded. */
  readonly wake: (lane: string) => void;
}

/** Records what DingTalk pushes, before it is acked; it is applied afterwards, in the lane of the person whom it concerns. */
export interface Recorder {
  message(update: MessageUpdate): Promise<void>;
  /** An event that names several people is recorded once for each. */
  event(event: OrganisationEvent): Promise<void>;
}

export function createRecorder({ clock, log, wake }: RecorderOptions): Recorder {
  return {
    async message(update) {
      if (update.from.outside) return log.info({ messageId: update.id }, 'message.fromOutside');
      await recordUpdate(update, update.from.userId, clock.now());
      wake(update.from.userId);
    },
    async event({ type, id, at, userIds }) {
      for (const userId of userIds) {
        await recordUpdate({ kind: 'event', type, id: `${id}:${userId}`, at }, userId, clock.now());
        wake(userId);
      }
    },
  };
}
