import type { Clock } from '@field/kit/clock';
import mongoose from 'mongoose';

/**
 * Whether the database answers, as its driver tells of every command: nothing waits for it. Something is asked for it alone only
 * while a command waits long, as one does for its turn to write: a database that is busy is not one that says nothing.
 */
export interface StorePulse {
  /** How long something has been asked and nothing was heard, or nobody has been there to ask, milliseconds; 0 when neither is so. */
  silentForMs(): number;
}

/** One that listens to the database, until it is closed. */
export interface FeltPulse extends StorePulse {
  close(): void;
}

/** So long without a word, and nobody is kept waiting for the next one. */
export const STORE_SILENT_MS = 1_000;
const LOOKED_AT_EACH_MS = STORE_SILENT_MS / 4;

/** What comes of work on the store, or that the store has said nothing for too long meanwhile: what comes of it later is heard by nobody. */
export async function whileHeard<T>(pulse: StorePulse, work: Promise<T>): Promise<T | 'silent'> {
  let looking: NodeJS.Timeout | undefined;
  const silence = new Promise<'silent'>((resolve) => {
    const look = (): void => {
      if (pulse.silentForMs() >= STORE_SILENT_MS) resolve('silent');
      else looking = setTimeout(look, LOOKED_AT_EACH_MS).unref();
    };
    look();
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(looking);
  }
}

const WRITABLE: ReadonlySet<string> = new Set(['RSPrimary', 'Mongos', 'Standalone', 'LoadBalanced']);

/** Listens to the connected database from now on. */
export function feelPulse(clock: Pick<Clock, 'machine'>): FeltPulse {
  const client = mongoose.connection.getClient();
  let asked = 0;
  let since = 0;
  /** Since when nobody is there: while another primary is chosen, for a moment. */
  let goneSince: number | undefined;
  let isWatched = false;
  let isPinged = false;
  const watch = (): void => {
    isWatched = asked > 0;
    if (!isWatched) return;
    if (!isPinged && clock.machine() - since >= LOOKED_AT_EACH_MS) ping();
    setTimeout(watch, LOOKED_AT_EACH_MS).unref();
  };
  const ping = (): void => {
    isPinged = true;
    const pinged = client.db('admin').command({ ping: 1 });
    // whether it is answered is heard as of any command
    pinged.catch(() => undefined).finally(() => (isPinged = false));
  };
  const ask = (): void => {
    if (asked === 0) since = clock.machine();
    asked += 1;
    if (isWatched) return;
    isWatched = true;
    setTimeout(watch, LOOKED_AT_EACH_MS).unref();
  };
  const hear = (): void => {
    asked = Math.max(0, asked - 1);
    since = clock.machine();
  };
  const see = ({ newDescription }: mongoose.mongo.TopologyDescriptionChangedEvent): void => {
    const isThere = [...newDescription.servers.values()].some(({ type }) => WRITABLE.has(type));
    goneSince = isThere ? undefined : (goneSince ?? clock.machine());
  };
  client.on('connectionCheckOutStarted', ask);
  client.on('connectionCheckOutFailed', hear);
  client.on('connectionCheckedIn', hear);
  client.on('topologyDescriptionChanged', see);
  return {
    silentForMs() {
      const begun = [goneSince ?? [], asked === 0 ? [] : since].flat();
      return begun.length === 0 ? 0 : clock.machine() - Math.min(...begun);
    },
    close() {
      client.off('connectionCheckOutStarted', ask);
      client.off('connectionCheckOutFailed', hear);
      client.off('connectionCheckedIn', hear);
      client.off('topologyDescriptionChanged', see);
      asked = 0;
    },
  };
}
