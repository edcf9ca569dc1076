import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@field/kit/clock';
import { AppError, asAppError } from '@field/kit/errors';
import { recordUpdates } from '../../models/inbox.ts';
import type { Recorded } from '../../models/recorded-update.ts';
import { STORE_SILENT_MS, type StorePulse, whileHeard } from '../../models/store-pulse.ts';

export interface RecordQueueOptions {
  readonly clock: Clock;
  readonly pulse: StorePulse;
}

/** Records updates for their lanes, tried again for some seconds; throws when the store takes nothing for longer. */
export type RecordUpdate = (update: Recorded, lane: string) => Promise<void>;

interface Waiting {
  readonly update: Recorded;
  /** By `machine()`. */
  readonly since: number;
  readonly done: () => void;
  readonly failed: (error: AppError) => void;
}

/** Writes under way at once: others' taps wait in the store behind these, and behind no more. */
const AT_ONCE = 2;
/** What one lane has recorded with one write. */
const BATCH = 100;
/** So long is what DingTalk would push again in a minute tried here. */
const PATIENCE_MS = 4_000;
const PAUSE_MS = 100;
/** What is pushed beyond this is left to DingTalk to push again. */
const MOST_WAITING = 10_000;

/**
 * The lanes take turns, each with all that waits for it, up to a batch: a flood of one person's messages is a few large writes, and
 * nobody else's message stands behind it.
 */
export function createRecordQueue({ clock, pulse }: RecordQueueOptions): RecordUpdate {
  const lines = new Map<string, Waiting[]>();
  let waiting = 0;
  let writing = 0;

  function begin(): void {
    for (const [lane, line] of lines) {
      if (writing >= AT_ONCE) return;
      lines.delete(lane);
      const batch = line.splice(0, BATCH);
      if (line.length > 0) lines.set(lane, line);
      writing += 1;
      void write(lane, batch).finally(() => {
        writing -= 1;
        waiting -= batch.length;
        begin();
      });
    }
  }

  async function write(lane: string, batch: readonly Waiting[]): Promise<void> {
    const until = Math.min(...batch.map(({ since }) => since)) + PATIENCE_MS;
    try {
      await insist(lane, batch, until);
      for (const { done } of batch) done();
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.kind === 'retryable' || batch.length === 1) for (const { failed } of batch) failed(error);
      // one of them may be what no write takes: the others are not lost with it
      else for (const one of batch) await write(lane, [one]);
    }
  }

  async function insist(lane: string, batch: readonly Waiting[], until: number): Promise<void> {
    for (let pause = PAUSE_MS; ; pause *= 2) {
      try {
        const updates = batch.map(({ update }) => update);
        const written = await whileHeard(pulse, recordUpdates(updates, lane, clock.now()));
        if (written !== 'silent') return;
        throw new AppError('store.cannotSave', { why: 'silent' });
      } catch (thrown) {
        if (asAppError(thrown).kind !== 'retryable' || clock.machine() + pause > until) throw thrown;
      }
      await sleep(pause);
    }
  }

  return (update, lane) => {
    const silent = pulse.silentForMs() >= STORE_SILENT_MS;
    if (silent || waiting >= MOST_WAITING)
      return Promise.reject(new AppError('store.cannotSave', { why: silent ? 'silent' : 'busy' }));
    return new Promise((done, failed) => {
      const line = lines.get(lane) ?? [];
      line.push({ update, since: clock.machine(), done, failed });
      lines.set(lane, line);
      waiting += 1;
      begin();
    });
  };
}
