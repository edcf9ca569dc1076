import type { Logger } from '@field/kit/log';
import type { OrganisationEvent } from '../platform/event.ts';
import type { MessageUpdate } from '../platform/update.ts';
import type { RecordUpdate } from './record-queue.ts';

export interface RecorderOptions {
  readonly log: Logger;
  readonly record: RecordUpdate;
  /** Wakes the lane in which something was recorded. */
  readonly wake: (lane: string) => void;
}

/** Records what DingTalk pushes, before it is acked; it is applied afterwards, in the lane of the person whom it concerns. */
export interface Recorder {
  message(update: MessageUpdate): Promise<void>;
  /** An event that names several people is recorded once for each. */
  event(event: OrganisationEvent): Promise<void>;
}

export function createRecorder({ log, record, wake }: RecorderOptions): Recorder {
  return {
    async message(update) {
      if (update.from.outside) return log.info({ messageId: update.id }, 'message.fromOutside');
      await record(update, update.from.userId);
      wake(update.from.userId);
    },
    async event({ type, id, at, userIds }) {
      for (const userId of userIds) {
        await record({ kind: 'event', type, id: `${id}:${userId}`, at }, userId);
        wake(userId);
      }
    },
  };
}
