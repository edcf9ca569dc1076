import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { forgetProcess, type OtherProcess, otherProcesses, sayAlive } from '../../models/processes.ts';
import { endTransactionsIn, transactionSessions } from '../../models/sessions.ts';
import { takeOver } from './take-over.ts';

export interface OtherProcessesOptions {
  /** This process, as its leases name it. */
  readonly process: string;
  readonly log: Logger;
  /** What another one held is free now. */
  readonly tookOver: () => void;
}

/** Says that this process is alive, and takes over what one held that says so no more (architecture 8). */
export interface OtherProcesses {
  /** Says it and looks once; done every second. */
  look(): Promise<void>;
  start(): void;
  /** Says no more; nothing may be held any more. */
  close(): Promise<void>;
}

/** How often each says so, and looks. */
export const EVERY_MS = 1_000;
/**
 * Looks in a row that found the same beat. Counted, not timed: no two clocks are compared, and who stood still itself takes nobody
 * for dead.
 */
export const DEAD_AFTER_LOOKS = 5;

export function watchOtherProcesses({ process, log, tookOver }: OtherProcessesOptions): OtherProcesses {
  let heard = new Map<string, { readonly beat: number; readonly unchanged: number }>();
  let known = false;
  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const isNew = await sayAlive(process, transactionSessions());
    // whoever took it for dead has ended its transactions and taken what it held: each of its steps finds that out by itself
    if (isNew && known) log.warn({ process }, 'process.wasTakenForDead');
    known = true;
    const others = await otherProcesses(process);
    heard = new Map(others.map((other) => [other.process, { beat: other.beat, unchanged: looksUnchanged(other) }]));
    for (const other of others) {
      if ((heard.get(other.process)?.unchanged ?? 0) >= DEAD_AFTER_LOOKS) await bury(other);
    }
  }

  function looksUnchanged({ process: other, beat }: OtherProcess): number {
    const before = heard.get(other);
    return before?.beat === beat ? before.unchanged + 1 : 0;
  }

  async function bury({ process: dead, sessions }: OtherProcess): Promise<void> {
    try {
      await endTransactionsIn(sessions);
    } catch (err) {
      // then what it left open ends by the server's own limit
      log.warn({ process: dead, err }, 'process.transactionsNotEnded');
    }
    await takeOver(dead);
    await forgetProcess(dead);
    log.warn({ process: dead }, 'process.takenOver');
    tookOver();
  }

  return {
    look,
    start() {
      timer = setInterval(() => {
        looking ??= look()
          .catch((error: unknown) => log.warn({ code: asAppError(error).code, err: error }, 'process.notHeard'))
          .finally(() => {
            looking = undefined;
          });
      }, EVERY_MS);
    },
    async close() {
      clearInterval(timer);
      await looking;
      await forgetProcess(process);
    },
  };
}
